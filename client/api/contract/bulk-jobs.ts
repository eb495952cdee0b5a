import { z } from 'zod';
import { BULK_COMMANDS, BULK_ROW_STATES, BULK_WORK } from '../../../domain/bulk';
import { orderFilters } from './orders';
import { contract } from './route';
import { orderKey, pageOf, pageQuery, reason, rowId, time } from './values';

/** The orders named, or all that fit the filters and were there at the moment of the preview. */
const selection = z.union([
  z.strictObject({ keys: z.array(orderKey).min(1).max(1_000) }),
  z.strictObject({ filters: orderFilters, asOf: time.optional() }),
]);

const job = z.object({
  id: z.number().int(),
  command: z.enum(BULK_WORK),
  reason: z.string(),
  madeBy: z.string(),
  madeAt: time,
  tries: z.number().int(),
  total: z.number().int(),
  pending: z.number().int(),
  done: z.number().int(),
  failed: z.number().int(),
});

const jobParams = z.object({ id: rowId });

export const previewBulk = contract({
  method: 'POST',
  path: '/api/bulk-jobs/preview',
  summary: 'How many orders a bulk action would be for',
  role: 'operator',
  body: z.object({ selection }),
  response: z.object({ asOf: time, orders: z.number().int(), isTooMany: z.boolean() }),
});

export const startBulk = contract({
  method: 'POST',
  path: '/api/bulk-jobs',
  summary: 'Give many orders one command; runs in the background',
  role: 'operator',
  body: z.object({ command: z.enum(BULK_COMMANDS), selection, reason }),
  response: job,
});

export const listBulk = contract({
  method: 'GET',
  path: '/api/bulk-jobs',
  summary: 'The newest bulk actions and how far they are',
  role: 'viewer',
  response: z.object({ rows: z.array(job) }),
});

export const readBulk = contract({
  method: 'GET',
  path: '/api/bulk-jobs/:id',
  summary: 'How far a bulk action is',
  role: 'viewer',
  params: jobParams,
  response: job,
});

export const listBulkRows = contract({
  method: 'GET',
  path: '/api/bulk-jobs/:id/rows',
  summary: 'What came of each order of a bulk action',
  role: 'viewer',
  params: jobParams,
  query: pageQuery.extend({ state: z.enum(BULK_ROW_STATES).default('failed') }),
  response: pageOf(
    z.object({ orderKey: z.string(), state: z.enum(BULK_ROW_STATES), says: z.string().nullable() }),
  ),
});

export const retryBulk = contract({
  method: 'POST',
  path: '/api/bulk-jobs/:id/retry',
  summary: 'Try what failed of a bulk action again, and have it go on where it stands still',
  role: 'operator',
  params: jobParams,
  body: z.object({ reason }),
  response: job,
});
