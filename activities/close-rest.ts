import type { Database, Db } from '../db/database';
import { moveDispatch, noteProblem } from '../db/queries/dispatch-states';
import { type LockedDispatch, lockDispatch } from '../db/queries/dispatches';
import { openPieces, partlyShipped } from '../db/queries/shipments';
import { giveBack } from '../db/queries/stock';
import { inTransaction } from '../db/transaction';
import type { WmsConnection } from './connections';
import type { Deps } from './deps';
import { orUnavailable } from './json-call';
import { OutsideUnavailable } from './outcome';

/** Looks cost calls of the WMS's limit, and a rest that is given up is rare. */
const LOOKS = 5;
const SAID = 'the WMS has closed it';

/**
 * Dispatches of which a part has shipped and whose rest the WMS will not ship. It is to be asked before its
 * shipments are read, so that whatever left before is in what is read.
 */
export async function closedInPart(deps: Deps, { id: wmsId, wms }: WmsConnection): Promise<string[]> {
  if (wms.capabilities.lookup === 'none') return [];
  const closed: string[] = [];
  for (const { id, code } of await partlyShipped(deps.database.db, wmsId, LOOKS)) {
    const found = await orUnavailable(wms.lookup(code));
    if (found instanceof OutsideUnavailable) {
      deps.log.warn({ err: found, dispatch: id }, 'what becomes of the rest could not be looked up');
    } else if (found.length > 0 && found.every((order) => order.state !== 'open')) closed.push(id);
  }
  return closed;
}

/**
 * Ends a dispatch that the WMS has closed. At first sight that is only noted: a parcel may be listed a
 * little later than its order is closed.
 *
 * @returns whether it has ended.
 */
export async function closeRest(database: Database, dispatchId: string): Promise<boolean> {
  return inTransaction(database, async (tx) => {
    const row = await lockDispatch(tx, dispatchId);
    if (row?.state !== 'accepted') return false;
    if (row.problem === SAID) await endWithWhatShipped(tx, row);
    else await noteProblem(tx, row, SAID);
    return row.problem === SAID;
  });
}

/** The rest will not leave any more: what has shipped stands, and the stock of the rest is free. */
export async function endWithWhatShipped(tx: Db, dispatch: LockedDispatch): Promise<void> {
  const rest = (await openPieces(tx, [dispatch.id])).filter(({ quantity }) => quantity > 0);
  const pieces = rest.map(({ itemCode, quantity }) => `${quantity} × ${itemCode}`).join(', ');
  await moveDispatch(tx, dispatch, 'shipped', { problem: `without ${pieces}, which the WMS gave up` });
  await giveBack(tx, dispatch.id);
}
