import type { Db } from '../db/database';
import { moveDispatch } from '../db/queries/dispatch-states';
import {
  createDispatch,
  type DispatchLine,
  freeUnits,
  type LockedDispatch,
  linesOfDispatches,
  lockDispatch,
} from '../db/queries/dispatches';
import { lockOrders } from '../db/queries/orders';
import { giveBack } from '../db/queries/stock';
import { unparkOrder } from '../db/queries/tasks';
import { isUnsent } from '../domain/dispatch-protocol';

/**
 * Gives up what an order has in dispatches of which nothing can have reached the WMS: its units and stock are free
 * again. Other orders that are packed with it go on, in a dispatch of their own.
 */
export async function giveUp(tx: Db, orderKey: string, unsent: readonly LockedDispatch[]): Promise<void> {
  const lines = await linesOfDispatches(
    tx,
    unsent.map(({ id }) => id),
  );
  for (const dispatch of unsent) {
    await dissolve(tx, dispatch);
    const others = lines.filter((line) => line.dispatchId === dispatch.id && line.orderKey !== orderKey);
    if (others.length > 0) await packAnew(tx, dispatch, others);
  }
}

/** Gives a dispatch up with all that is in it; whoever does so makes new ones of what is still to be sent. */
export async function dissolve(tx: Db, dispatch: LockedDispatch): Promise<void> {
  await moveDispatch(tx, dispatch, 'cancelled');
  await freeUnits(tx, dispatch.id);
  await giveBack(tx, dispatch.id);
}

/**
 * Makes a dispatch of lines that were in another, which is over. It waits as that one did: on hold, or for companions.
 *
 * @returns its id.
 */
export async function packAnew(
  tx: Db,
  old: LockedDispatch,
  lines: readonly DispatchLine[],
  { directedTo = old.directedTo }: { directedTo?: string | null } = {},
): Promise<string> {
  const keys = [...new Set(lines.map(({ orderKey }) => orderKey))];
  const orders = await lockOrders(tx, keys);
  const [first = old.leadOrderKey] = keys;
  const orderKey = keys.includes(old.leadOrderKey) ? old.leadOrderKey : first;
  const id = await createDispatch(tx, { orderKey, lines, supersedes: old, directedTo });
  const made = orders.some(({ heldReason }) => heldReason !== null) ? await lockDispatch(tx, id) : undefined;
  if (made !== undefined) await moveDispatch(tx, made, 'held');
  // The WMS has refused what is no more: it is asked about this one.
  for (const { key, waiting } of orders) if (waiting === 'rejected') await unparkOrder(tx, key, 'boosta');
  return id;
}

/**
 * Takes an order out of what it is packed with, where nothing of that can have reached the WMS: what becomes of it from
 * here on is nobody else's.
 *
 * @returns its dispatches; what it has for itself already, or what the WMS may have, is as it was.
 */
export async function takeApart(
  tx: Db,
  orderKey: string,
  dispatches: readonly LockedDispatch[],
): Promise<LockedDispatch[]> {
  const lines = await linesOfDispatches(
    tx,
    dispatches.map(({ id }) => id),
  );
  const alone: LockedDispatch[] = [];
  for (const dispatch of dispatches) {
    const [own = [], others = []] = [true, false].map((isOwn) =>
      lines.filter((line) => line.dispatchId === dispatch.id && (line.orderKey === orderKey) === isOwn),
    );
    if (others.length === 0 || !isUnsent(dispatch.state)) {
      alone.push(dispatch);
      continue;
    }
    await dissolve(tx, dispatch);
    await packAnew(tx, dispatch, others);
    const made = await lockDispatch(tx, await packAnew(tx, dispatch, own));
    if (made !== undefined) alone.push(made);
  }
  return alone;
}
