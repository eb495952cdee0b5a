import type { Db } from '../db/database';
import type { LockedDispatch } from '../db/queries/dispatches';
import { companionsOf, listWindows, waitForCompanions } from '../db/queries/packing';
import { markReceivers, receiversOf } from '../db/queries/receivers';
import { inTransaction } from '../db/transaction';
import { isSameReceiver, windowOf } from '../domain/packing';
import { type Group, lockGroup, packTogether, whoKeepsApart } from './combine-orders';
import type { Deps } from './deps';

const PACKS = { by: 'boosta', reason: 'Orders of the same receiver within the window' };

/**
 * Has what waits to be sent of an order wait for companions, where its channel has a window, and packs it with those
 * of the same receiver that wait already. First it is seen to wait, and only then it looks: of two orders that come at
 * once, at least one finds the other.
 *
 * @returns whether its dispatches are others now, or wait.
 */
export async function findCompanions({ database }: Deps, orderKey: string): Promise<boolean> {
  const waits = await inTransaction(database, (tx) => beginWaiting(tx, orderKey));
  if (!waits) return false;
  const companions = await companionsOf(database.db, orderKey);
  if (companions.length > 0) await inTransaction(database, (tx) => join(tx, orderKey, companions));
  return true;
}

/** @returns whether anything of it waits for companions. */
async function beginWaiting(tx: Db, orderKey: string): Promise<boolean> {
  const group = await lockGroup(tx, [orderKey]);
  const order = group.orders.find(({ key }) => key === orderKey);
  if (order === undefined) return false;
  const { minutes } = windowOf(await listWindows(tx), order.channel);
  const fresh: string[] = [];
  for (const dispatch of order.packedAlone || minutes === 0 ? [] : group.ready)
    if (dispatch.packsUntil === null && (await whoKeepsApart(tx, group, [dispatch])) === undefined)
      fresh.push(dispatch.id);
  if (fresh.length > 0) {
    await markReceivers(tx, fresh.flatMap(group.membersOf));
    await waitForCompanions(tx, fresh, minutes);
  }
  return fresh.length > 0 || group.ready.some(({ packsLeftMs }) => packsLeftMs > 0);
}

async function join(tx: Db, orderKey: string, companions: readonly string[]): Promise<void> {
  const group = await lockGroup(tx, [orderKey, ...companions]);
  const waiting = group.ready.filter(({ packsLeftMs }) => packsLeftMs > 0);
  const own = waiting.find(({ id }) => group.membersOf(id).includes(orderKey));
  if (own === undefined) return;
  const chosen: LockedDispatch[] = [own];
  for (const other of waiting) {
    if (chosen.includes(other) || !(await haveOneReceiver(tx, group, [...chosen, other]))) continue;
    if ((await whoKeepsApart(tx, group, [...chosen, other])) === undefined) chosen.push(other);
  }
  if (chosen.length > 1) await packTogether(tx, group, chosen, PACKS);
}

/** Each is the same as each: one with safe numbers only does not make two others one. */
async function haveOneReceiver(
  tx: Db,
  group: Group,
  dispatches: readonly LockedDispatch[],
): Promise<boolean> {
  const keys = dispatches.flatMap(({ id }) => group.membersOf(id));
  if (group.orders.some(({ key, packedAlone }) => packedAlone && keys.includes(key))) return false;
  const marks = [...(await receiversOf(tx, keys)).values()];
  const isComplete = marks.length === new Set(keys).size;
  return isComplete && marks.every((one) => marks.every((other) => isSameReceiver(one, other)));
}
