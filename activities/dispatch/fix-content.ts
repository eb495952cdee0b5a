import type { Db } from '../../db/database';
import { moveDispatch } from '../../db/queries/dispatch-states';
import { type Content, contentOf, type LockedDispatch } from '../../db/queries/dispatches';
import { holdByRule, rulesInForce } from '../../db/queries/hold-rules';
import { reserve, type Short } from '../../db/queries/reservations';
import { type Demand, sumDemand } from '../../db/queries/stock';
import type { DispatchState } from '../../domain/dispatch-protocol';
import { groupBy } from '../../domain/group-by';
import { ruleThatHolds } from '../../domain/hold-rule';
import { type WmsOrder, wmsOrderOf } from '../../domain/wms-order';
import type { WmsConnection } from '../connections';

export type Fixed =
  | { readonly order: WmsOrder; readonly waited: boolean }
  | { readonly step: 'elsewhere' }
  | { readonly step: 'stop'; readonly state: DispatchState }
  | { readonly step: 'short'; readonly short: readonly Short[] };

/** A dispatch, what is in it, and what that takes from the stock. */
interface Filled {
  readonly row: LockedDispatch;
  readonly content: Content;
  readonly demand: readonly Demand[];
}

/** What locked dispatches are going to send, and its reservation, or what keeps it in the house. */
export async function fixContent(
  tx: Db,
  rows: readonly LockedDispatch[],
  to: WmsConnection,
): Promise<Map<string, Fixed>> {
  const fixed = new Map<string, Fixed>();
  const filled: Filled[] = [];
  for (const one of await fill(tx, rows)) {
    const kept = await keptIn(tx, one, to);
    if (kept === undefined) filled.push(one);
    else fixed.set(one.row.id, kept);
  }
  const claims = filled.map(({ row: { id }, content, demand }) => ({
    id,
    orderedAt: oldest(content),
    demand,
  }));
  const hasStock = to.wms.capabilities.stock !== 'none' && claims.length > 0;
  const lacking: ReadonlyMap<string, readonly Short[]> = hasStock
    ? await reserve(tx, to.id, claims)
    : new Map();
  for (const { row, content, demand } of filled) {
    const short = lacking.get(row.id);
    const waited = content.some((line) => line.waiting !== null);
    const sends = { order: wmsOrderOf(row.code, content, demand), waited };
    fixed.set(row.id, short === undefined ? sends : { step: 'short', short });
  }
  return fixed;
}

async function fill(tx: Db, rows: readonly LockedDispatch[]): Promise<Filled[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const contents = groupBy(await contentOf(tx, ids), (line) => line.dispatchId);
  return rows.map((row) => {
    const content = contents.get(row.id) ?? [];
    const demand = sumDemand(content.map(({ itemCode, pieces: quantity }) => ({ itemCode, quantity })));
    return { row, content, demand };
  });
}

async function keptIn(
  tx: Db,
  { row, content, demand }: Filled,
  to: WmsConnection,
): Promise<Fixed | undefined> {
  // The routing in force at the claim counts: another may have begun while it waited for its turn.
  if (row.directedTo === null && content.some((line) => line.routed !== to.id)) return { step: 'elsewhere' };
  const isHeld = content.some((line) => line.heldReason !== null) || (await heldByRule(tx, content, demand));
  if (!isHeld) return undefined;
  await moveDispatch(tx, row, 'held');
  return { step: 'stop', state: 'held' };
}

/** Its place in the queue for stock: the age of the oldest order in it. */
function oldest(content: Content): Date {
  return new Date(Math.min(...content.map((line) => line.orderedAt.getTime())));
}

/** @returns whether a rule keeps it in the house; that is written into its orders then. */
async function heldByRule(tx: Db, content: Content, items: readonly Demand[]): Promise<boolean> {
  const [first] = content;
  if (first === undefined || !first.hasRules) return false;
  const released = content.map((line) => line.releasedAt?.getTime() ?? 0);
  const since = Math.min(...released);
  const releasedAt = since === 0 ? null : new Date(since);
  const rule = ruleThatHolds(await rulesInForce(tx), { channel: first.channel, items, releasedAt });
  if (rule === undefined) return false;
  await holdByRule(tx, [...new Set(content.map((line) => line.orderKey))], rule);
  return true;
}
