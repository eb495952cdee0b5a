import type { Db } from '../db/database';
import { type Command, recordAudit } from '../db/queries/audit';
import {
  createDispatch,
  type DispatchLine,
  type LockedDispatch,
  linesOfDispatches,
  lockDispatchesOf,
} from '../db/queries/dispatches';
import { type LockedOrder, lockOrders, recipientsOf } from '../db/queries/orders';
import { bansInForce, listWindows, markPackedAlone, packedPieces } from '../db/queries/packing';
import { markReceivers, receiversOf } from '../db/queries/receivers';
import { unparkOrder } from '../db/queries/tasks';
import { inTransaction } from '../db/transaction';
import { groupBy } from '../domain/group-by';
import { type Apart, isSameReceiver, keptApart, nearReceiver, windowOf } from '../domain/packing';
import type { Answer } from './answer';
import type { Deps } from './deps';
import { dissolve } from './give-up';

/** Which others an order is to go with, by their keys. */
export type CombineCommand = Command & { readonly with: readonly string[] };

const refused = (says: string): Answer => ({ done: false, says });

/** Packs orders together, as a person says whose receivers are the same or nearly so; no rule may keep them apart. */
export async function combineOrders(
  deps: Deps,
  orderKey: string,
  { with: others, ...command }: CombineCommand,
): Promise<Answer> {
  const keys = [...new Set([orderKey, ...others])];
  if (keys.length < 2) return refused('One order alone is not packed with anything');
  const { members, ...answer } = await inTransaction(deps.database, (tx) => combine(tx, keys, command));
  for (const key of members) if (key !== orderKey) await deps.journeys.nudge(key, 'rematch');
  return answer;
}

async function combine(
  tx: Db,
  keys: readonly string[],
  command: Command,
): Promise<Answer & { members: readonly string[] }> {
  const not = (says: string) => ({ ...refused(says), members: [] });
  const group = await lockGroup(tx, keys);
  const chosen = new Map<string, LockedDispatch>();
  for (const key of keys) {
    if (!group.orders.some((order) => order.key === key)) return not(`There is no order ${key}`);
    const ready = group.ready.find(({ id }) => group.membersOf(id).includes(key));
    if (ready === undefined) return not(`Nothing of ${key} waits to be sent`);
    chosen.set(ready.id, ready);
  }
  const dispatches = [...chosen.values()];
  if (dispatches.length === 1) return { done: true, says: 'They go together already', members: [] };
  const members = membersOfAll(group, dispatches);
  const why = (await whoKeepsApart(tx, group, dispatches)) ?? (await notForOne(tx, members));
  if (why !== undefined) return not(why);
  await markPackedAlone(tx, keys, false);
  await packTogether(tx, group, dispatches, command);
  return { done: true, says: `${members.length} orders go together`, members };
}

/** The dispatches of some orders, and whatever other orders are in them: all locked. */
export interface Group {
  /** Those that nobody has claimed yet. */
  readonly ready: readonly LockedDispatch[];
  readonly orders: readonly LockedOrder[];
  readonly lines: readonly (DispatchLine & { readonly dispatchId: string })[];
  membersOf(dispatchId: string): readonly string[];
}

export async function lockGroup(tx: Db, orderKeys: readonly string[]): Promise<Group> {
  const locked = await lockDispatchesOf(tx, ...orderKeys);
  const ready = locked.filter(({ state, wms }) => state === 'ready' && wms === null);
  const lines = await linesOfDispatches(
    tx,
    ready.map(({ id }) => id),
  );
  const orders = await lockOrders(tx, [...new Set([...orderKeys, ...lines.map((line) => line.orderKey)])]);
  const members = groupBy(lines, ({ dispatchId }) => dispatchId);
  const membersOf = (id: string) => [...new Set((members.get(id) ?? []).map(({ orderKey }) => orderKey))];
  return { ready, orders, lines, membersOf };
}

function membersOfAll(group: Group, dispatches: readonly LockedDispatch[]): string[] {
  return dispatches.flatMap(({ id }) => group.membersOf(id));
}

/** @returns why these dispatches cannot be one, whoever they are for. */
export async function whoKeepsApart(
  tx: Db,
  group: Group,
  dispatches: readonly LockedDispatch[],
): Promise<string | undefined> {
  const keys = membersOfAll(group, dispatches);
  // What was split is not put together again: a part of it is to go with another order, or by itself.
  if (new Set(keys).size < keys.length) return 'Parts of one order would come together again';
  const members = group.orders.filter(({ key }) => keys.includes(key));
  const held = members.find(({ heldReason, stage }) => heldReason !== null || stage !== 'matched');
  if (held !== undefined) return `${held.key} is on hold, or not ready to be sent`;
  const pieces = await packedPieces(
    tx,
    dispatches.map(({ id }) => id),
  );
  const windows = await listWindows(tx);
  const bans = await bansInForce(tx);
  for (const { channel } of members) {
    const apart = keptApart(pieces, bans, windowOf(windows, channel));
    if (apart !== undefined) return inWords(apart);
  }
  return undefined;
}

function inWords(apart: Apart): string {
  switch (apart.why) {
    case 'banned':
      return `Rule ${apart.ban.id} keeps them apart: ${apart.ban.reason}`;
    case 'wms':
      return 'They do not go to one WMS';
    case 'too-many':
      return 'They are more than go into one parcel, by the setting';
  }
}

/** A person may take nearly the same for the same, and nothing else: one's goods would go to the other. */
async function notForOne(tx: Db, keys: readonly string[]): Promise<string | undefined> {
  await markReceivers(tx, keys);
  const marks = await receiversOf(tx, keys);
  const people = await recipientsOf(tx, keys);
  const [first = '', ...others] = keys;
  const [mark, person] = [marks.get(first), people.get(first)];
  for (const key of others) {
    const [other, them] = [marks.get(key), people.get(key)];
    const isSame = mark !== undefined && other !== undefined && isSameReceiver(mark, other);
    const isNear = person !== undefined && them !== undefined && nearReceiver(person, them) !== undefined;
    if (!isSame && !isNear) return `${key} goes to another receiver than ${first}`;
  }
  return undefined;
}

/** Makes one dispatch of several. Whoever had one of them in hand finds it given up, and looks again. */
export async function packTogether(
  tx: Db,
  group: Group,
  dispatches: readonly LockedDispatch[],
  command: Command,
): Promise<string> {
  const [first] = dispatches;
  if (first === undefined) throw new RangeError('Nothing is to be packed');
  const ids = dispatches.map(({ id }) => id);
  for (const dispatch of dispatches) await dissolve(tx, dispatch);
  const members = membersOfAll(group, dispatches);
  const id = await createDispatch(tx, {
    orderKey: first.leadOrderKey,
    lines: group.lines.filter((line) => ids.includes(line.dispatchId)),
    supersedes: { ...first, packsUntil: earliest(dispatches) },
    directedTo: first.directedTo,
  });
  for (const key of members) {
    // It waited for what its own dispatch lacked.
    if (group.orders.some((order) => order.key === key && order.waiting !== null))
      await unparkOrder(tx, key, command.by);
    const detail = { with: members.filter((other) => other !== key), dispatch: id };
    await recordAudit(tx, { ...command, action: 'order.combine', subject: key, detail });
  }
  return id;
}

/** From when the first was ready. */
function earliest(dispatches: readonly LockedDispatch[]): Date | null {
  const ends = dispatches.flatMap(({ packsUntil }) => (packsUntil === null ? [] : [packsUntil.getTime()]));
  return ends.length === 0 ? null : new Date(Math.min(...ends));
}
