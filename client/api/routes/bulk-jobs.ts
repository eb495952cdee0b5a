import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { bulkRows } from '../../../db/queries/bulk';
import { listBulk, previewBulk, readBulk, retryBulk, startBulk } from '../../use-cases/bulk-orders';
import type { ApiContext } from '../context';
import * as contract from '../contract/bulk-jobs';
import { pageOfRows, readCursor } from '../cursor';
import { serve } from '../serve';

const NEWEST = 20;

export function addBulkJobs(api: FastifyInstance, context: ApiContext): void {
  const { database } = context;
  serve(api, contract.previewBulk, async ({ body }) => previewBulk(database, body.selection));
  serve(api, contract.startBulk, async ({ body: { command, selection, reason }, caller }) => {
    const id = await startBulk(context, command, selection, { by: caller.name, reason });
    return readBulk(database.db, id);
  });
  serve(api, contract.listBulk, async () => ({ rows: await listBulk(database.db, NEWEST) }));
  serve(api, contract.readBulk, async ({ params }) => readBulk(database.db, params.id));
  serve(api, contract.retryBulk, async ({ params, body: { reason }, caller }) => {
    await retryBulk(context, params.id, { by: caller.name, reason });
    return readBulk(database.db, params.id);
  });
  serve(api, contract.listBulkRows, async ({ params, query: { cursor, limit, state } }) => {
    const [after = ''] = readCursor(z.tuple([z.string()]), cursor) ?? [];
    const rows = await bulkRows(database.db, params.id, state, after, limit + 1);
    return pageOfRows(rows, limit, ({ orderKey }) => [orderKey]);
  });
}
