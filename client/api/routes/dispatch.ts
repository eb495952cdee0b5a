import type { FastifyInstance } from 'fastify';
import { listDispatches, listDoubtful } from '../../../db/queries/dispatch-lists';
import { settleDispatch, wmsOverview } from '../../use-cases/dispatches';
import { listDifferences, reconcileNow } from '../../use-cases/reconcile';
import { shadowRun } from '../../use-cases/shadow-run';
import { showDispatches } from '../../use-cases/show-dispatch';
import type { ApiContext } from '../context';
import * as contract from '../contract/dispatch';
import { keyOf } from '../contract/values';
import { pageOfRows, readCursor, timeMark } from '../cursor';
import { serve } from '../serve';
import { addPacking } from './packing';
import { addRouting } from './routing';

/** Of a shadow run, so that one WMS that takes nothing does not fill the page. */
const DIFFERENCES_SHOWN = 500;

export function addDispatch(api: FastifyInstance, context: ApiContext): void {
  addLists(api, context);
  addEvidence(api, context);
  addComparisons(api, context);
  addRouting(api, context);
  addPacking(api, context);
}

function addLists(api: FastifyInstance, { database: { db } }: ApiContext): void {
  const markOf = ({ mark, id }: { mark: string; id: string }) => ({ at: mark, id });
  serve(api, contract.wmsOverview, () => wmsOverview(db));
  serve(api, contract.listDispatches, async ({ query: { wms = null, state, cursor, limit } }) => {
    const after = readCursor(timeMark, cursor);
    return pageOfRows(await listDispatches(db, { wms, state, after, limit: limit + 1 }), limit, markOf);
  });
  serve(api, contract.listDoubtful, async ({ query: { cursor, limit } }) => {
    const after = readCursor(timeMark, cursor);
    return pageOfRows(await listDoubtful(db, { after, limit: limit + 1 }), limit, markOf);
  });
}

function addEvidence(api: FastifyInstance, context: ApiContext): void {
  const { database } = context;
  serve(api, contract.showEvidence, ({ params }) => showDispatches(database, keyOf(params)));
  serve(api, contract.revealEvidence, ({ params, body, caller }) =>
    showDispatches(database, keyOf(params), { by: caller.name, reason: body.reason }),
  );
  serve(api, contract.settleDispatch, async ({ params, body: { reason, ...said }, caller }) => ({
    says: await settleDispatch(context, { orderKey: keyOf(params), ...said }, { by: caller.name, reason }),
  }));
}

function addComparisons(api: FastifyInstance, context: ApiContext): void {
  const { db } = context.database;
  serve(api, contract.shadowRun, async ({ body: { to, since = new Date(0) } }) => {
    const run = await shadowRun(db, to, since);
    const orders = new Set(run.differences.map(({ orderKey }) => orderKey)).size;
    return {
      ...run,
      short: [...run.short],
      orders,
      differences: run.differences.slice(0, DIFFERENCES_SHOWN),
    };
  });
  serve(api, contract.listDifferences, async () => ({ differences: await listDifferences(db) }));
  serve(api, contract.reconcile, async ({ body: { wms } }) => {
    const { differences, ...asked } = await reconcileNow(context, wms);
    return { ...asked, differences: differences.length };
  });
}
