import type { Db } from '../../db/database';
import { moveDispatch } from '../../db/queries/dispatch-states';
import { type Content, contentOf, type LockedDispatch } from '../../db/queries/dispatches';
import { holdByRule, rulesInForce } from '../../db/queries/hold-rules';
import { type Extra, reserve, type Short } from '../../db/queries/reservations';
import { type Demand, sumDemand } from '../../db/queries/stock';
import type { DispatchState } from '../../domain/dispatch-protocol';
import { groupBy } from '../../domain/group-by';
import { ruleThatHolds } from '../../domain/hold-rule';
import { type WmsOrder, wmsOrderOf } from '../../domain/wms-order';
import type { WmsConnection } from '../connections';
import { leaveOutGifts, type ShortGift } from '../give-gifts';

export type Fixed =
  | { readonly order: WmsOrder; readonly waited: boolean }
  | { readonly step: 'elsewhere' }
  | { readonly step: 'stop'; readonly state: DispatchState }
  | { readonly step: 'short'; readonly short: readonly Short[] };

/** A dispatch, what is in it, and what that takes from the stock: all of it, and what it cannot go without. */
interface Filled {
  readonly row: LockedDispatch;
  readonly content: Content;
  readonly demand: readonly Demand[];
  readonly needed: readonly Demand[];
  readonly extras: readonly Extra[];
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
  const hasStock = to.wms.capabilities.stock !== 'none' && filled.length > 0;
  const reserved = hasStock ? await reserve(tx, to.id, filled.map(claimOf)) : undefined;
  const leftOut: ShortGift[] = [];
  for (const { row, content, demand } of filled) {
    const waited = content.some((line) => line.waiting !== null);
    const made = reserved?.get(row.id) ?? { demand, without: [] };
    if ('short' in made) {
      fixed.set(row.id, { step: 'short', short: made.short });
      continue;
    }
    const sent = content.filter(({ lineKey }) => !made.without.includes(lineKey));
    for (const lineKey of made.without)
      leftOut.push(...content.filter((line) => line.lineKey === lineKey).slice(0, 1));
    fixed.set(row.id, { order: wmsOrderOf(row.code, sent, made.demand), waited });
  }
  await leaveOutGifts(tx, leftOut);
  return fixed;
}

const claimOf = ({ row: { id }, content, needed: demand, extras }: Filled) => ({
  id,
  orderedAt: oldest(content),
  demand,
  extras,
});

async function fill(tx: Db, rows: readonly LockedDispatch[]): Promise<Filled[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const contents = groupBy(await contentOf(tx, ids), (line) => line.dispatchId);
  return rows.map((row) => {
    const content = contents.get(row.id) ?? [];
    const spare = content.filter(({ whenShort }) => whenShort === 'leave_out');
    // With nothing else in it, it would go empty.
    const canGoWithout = spare.length < content.length ? spare : [];
    const needed = content.filter((line) => !canGoWithout.includes(line));
    const extras = [...groupBy(canGoWithout, ({ lineKey }) => lineKey)].map(([lineKey, lines]) => ({
      lineKey,
      demand: demandOf(lines),
    }));
    return { row, content, demand: demandOf(content), needed: demandOf(needed), extras };
  });
}

function demandOf(content: Content): Demand[] {
  return sumDemand(content.map(({ itemCode, pieces: quantity }) => ({ itemCode, quantity })));
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
