import type { Db } from '../../db/database';
import { moveDispatch } from '../../db/queries/dispatch-states';
import { type Content, contentOf, type LockedDispatch, linesOfDispatches } from '../../db/queries/dispatches';
import { holdByRule, rulesInForce } from '../../db/queries/hold-rules';
import { type Extra, reserve, type Short } from '../../db/queries/reservations';
import { type Demand, sumDemand } from '../../db/queries/stock';
import type { DispatchState } from '../../domain/dispatch-protocol';
import { groupBy } from '../../domain/group-by';
import { ruleThatHolds } from '../../domain/hold-rule';
import { type WmsOrder, wmsOrderOf } from '../../domain/wms-order';
import type { WmsConnection } from '../connections';
import { leaveOutGifts, type ShortGift } from '../give-gifts';
import { dissolve, packAnew } from '../give-up';

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
    const canGoWithout = [...groupBy(content, ({ orderKey }) => orderKey).values()].flatMap(spareOf);
    const needed = content.filter((line) => !canGoWithout.includes(line));
    const extras = [...groupBy(canGoWithout, ({ lineKey }) => lineKey)].map(([lineKey, lines]) => ({
      lineKey,
      demand: demandOf(lines),
    }));
    return { row, content, demand: demandOf(content), needed: demandOf(needed), extras };
  });
}

/** What an order goes without where there is none left. With nothing else of it in there, it would not go at all. */
function spareOf(content: Content): Content {
  const spare = content.filter(({ whenShort }) => whenShort === 'leave_out');
  return spare.length < content.length ? spare : [];
}

function demandOf(content: Content): Demand[] {
  return sumDemand(content.map(({ itemCode, pieces: quantity }) => ({ itemCode, quantity })));
}

async function keptIn(tx: Db, { row, content }: Filled, to: WmsConnection): Promise<Fixed | undefined> {
  // The routing in force at the claim counts: another may have begun while it waited for its turn.
  if (row.directedTo === null && content.some((line) => line.routed !== to.id)) return { step: 'elsewhere' };
  const orders = groupBy(content, ({ orderKey }) => orderKey);
  const held: string[] = [];
  for (const [orderKey, lines] of orders)
    if (lines.some(({ heldReason }) => heldReason !== null) || (await heldByRule(tx, orderKey, lines)))
      held.push(orderKey);
  if (held.length === 0) return undefined;
  if (held.length === orders.size) {
    await moveDispatch(tx, row, 'held');
    return { step: 'stop', state: 'held' };
  }
  await takeOut(tx, row, held);
  return { step: 'stop', state: 'cancelled' };
}

/** Some of the orders in it stay in the house: each part is a dispatch of its own, and is looked at again. */
async function takeOut(tx: Db, row: LockedDispatch, orderKeys: readonly string[]): Promise<void> {
  const lines = groupBy(await linesOfDispatches(tx, [row.id]), ({ orderKey }) =>
    orderKeys.includes(orderKey),
  );
  await dissolve(tx, row);
  for (const part of lines.values()) await packAnew(tx, row, part);
}

/** Its place in the queue for stock: the age of the oldest order in it. */
function oldest(content: Content): Date {
  return new Date(Math.min(...content.map((line) => line.orderedAt.getTime())));
}

/** @returns whether a rule keeps an order in the house; that is written into it then. */
async function heldByRule(tx: Db, orderKey: string, content: Content): Promise<boolean> {
  const [first] = content;
  if (first === undefined || !first.hasRules) return false;
  const { channel, releasedAt } = first;
  const rule = ruleThatHolds(await rulesInForce(tx), { channel, items: demandOf(content), releasedAt });
  if (rule === undefined) return false;
  await holdByRule(tx, [orderKey], rule);
  return true;
}
