import { z } from 'zod';
import { HOLDS, KEEP_DAYS_LEAST, KEEP_DAYS_MOST, LOOKED_AT_MOST } from '../../../domain/retention';
import { contract } from './route';
import { nothing, reason, time } from './values';

const keepDays = z.number().int().min(KEEP_DAYS_LEAST).max(KEEP_DAYS_MOST);

export const showRetention = contract({
  method: 'GET',
  path: '/api/retention',
  summary: "How long after an order's end its personal data is kept",
  role: 'administrator',
  response: z.object({
    keepDays,
    version: z.number().int(),
    /** Null: nobody has decided, and it is what Boosta comes with. */
    changedBy: z.string().nullable(),
    changedAt: time.nullable(),
    /** When all that was older had last been erased. */
    doneAt: time.nullable(),
  }),
});

export const previewErasure = contract({
  method: 'GET',
  path: '/api/retention/preview',
  summary: `How many orders would be erased now, of the ${LOOKED_AT_MOST} that ended first; nothing is`,
  role: 'administrator',
  perMinute: 20,
  query: z.object({
    /** As long as it is kept now, unless given. */
    keepDays: z.coerce.number().pipe(keepDays).optional(),
  }),
  response: z.object({
    keepDays,
    before: time,
    orders: z.number().int(),
    /** When the first of them has ended. */
    oldest: time.nullable(),
    /** As old, but kept: an open task, a claim, a return, or something that was told and not read yet. */
    held: z.record(z.enum(HOLDS), z.number().int()),
    /** Others have ended before it, too: it is at least `orders`. */
    more: z.boolean(),
  }),
});

export const setRetention = contract({
  method: 'PUT',
  path: '/api/retention',
  summary: "Keep personal data for so many days after an order's end",
  role: 'administrator',
  body: z.object({ keepDays, version: z.number().int(), reason }),
  response: nothing,
});

export const eraseNow = contract({
  method: 'POST',
  path: '/api/retention/erase',
  summary: 'Erase now what is older than it is kept, for good; answers once it is done',
  role: 'administrator',
  body: z.object({ reason }),
  response: z.object({
    orders: z.number().int(),
    /** Records of orders that we never had. */
    strayRecords: z.number().int(),
    sessions: z.number().int(),
    requests: z.number().int(),
  }),
});
