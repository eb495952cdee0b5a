import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { listRules } from '../../../db/queries/hold-rules';
import { ledgerOf } from '../../../db/queries/stock-ledger';
import { listLevels } from '../../../db/queries/stock-levels';
import { queueFor, shortItems } from '../../../db/queries/stock-queue';
import { addHold, removeHold } from '../../use-cases/holds';
import { setStock, showLevel, showStockAt } from '../../use-cases/stock';
import type { ApiContext } from '../context';
import * as contract from '../contract/stock';
import { pageOfRows, readCursor, timeMark } from '../cursor';
import { serve } from '../serve';

const SHORTAGES_SHOWN = 500;
const place = z.object({ wms: z.string().max(60), itemCode: z.string().max(60) });

export function addStock(api: FastifyInstance, context: ApiContext): void {
  addLevels(api, context);
  addItem(api, context);
  addHolds(api, context);
}

function addLevels(api: FastifyInstance, { database }: ApiContext): void {
  const { db } = database;
  serve(api, contract.listLevels, async ({ query: { cursor, limit, only, ...filter } }) => {
    const after = readCursor(place, cursor);
    const wanted = { ...filter, shortOnly: only === 'short', after, limit: limit + 1 };
    const markOf = ({ wms, itemCode }: z.output<typeof place>) => ({ wms, itemCode });
    return pageOfRows(await listLevels(db, wanted), limit, markOf);
  });
  serve(api, contract.listShortages, async () => ({
    items: await shortItems(db, SHORTAGES_SHOWN),
  }));
  serve(api, contract.setLevels, async ({ params, body: { reason, ...setting }, caller }) => {
    await setStock(database, params, setting, { by: caller.name, reason });
    return {};
  });
}

/** What is told of one item at one WMS. */
function addItem(api: FastifyInstance, { database: { db } }: ApiContext): void {
  serve(api, contract.showLevel, ({ params }) => showLevel(db, params));
  serve(api, contract.stockAt, ({ params, query: { at } }) => showStockAt(db, params, at));
  serve(api, contract.readLedger, async ({ params, query: { cursor, limit } }) => {
    const after = readCursor(timeMark, cursor);
    const rows = await ledgerOf(db, { ...params, after, limit: limit + 1 });
    return pageOfRows(rows, limit, ({ mark, id }) => ({ at: mark, id }));
  });
  serve(api, contract.listWaiting, async ({ params: { wms, itemCode }, query: { cursor, limit } }) => {
    const after = readCursor(timeMark, cursor);
    const rows = await queueFor(db, wms, itemCode, { after, limit: limit + 1 });
    return pageOfRows(rows, limit, ({ mark, dispatchId }) => ({ at: mark, id: dispatchId }));
  });
}

function addHolds(api: FastifyInstance, { database }: ApiContext): void {
  serve(api, contract.listHolds, async () => ({ rules: await listRules(database.db) }));
  serve(api, contract.addHold, async ({ body, caller }) => ({
    id: await addHold(database, { ...body, madeBy: caller.name }),
  }));
  serve(api, contract.endHold, async ({ params, body: { reason }, caller }) => {
    await removeHold(database, params.id, { by: caller.name, reason });
    return {};
  });
}
