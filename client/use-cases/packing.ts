import type { Database, Db } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import { dispatchesOf, linesOfDispatches } from '../../db/queries/dispatches';
import { configurationExists, itemExists } from '../../db/queries/matches';
import { recipientsOf } from '../../db/queries/orders';
import {
  endBan,
  insertBan,
  type NewBan,
  nearOrders,
  saveWindow,
  waitingGroups,
} from '../../db/queries/packing';
import { inTransaction } from '../../db/transaction';
import { type DispatchState, isOver } from '../../domain/dispatch-protocol';
import { groupBy } from '../../domain/group-by';
import { type NearReceiver, nearReceiver, type PackingWindow } from '../../domain/packing';
import { maskName, maskPhone, maskRecipient } from '../mask';
import { requireOrder } from './find-order';
import { UseCaseError } from './use-case-error';

/** What waits for companions, the one first whose window ends first; whom it is for is masked. */
export async function listGroups(db: Db) {
  const rows = await waitingGroups(db);
  const people = await recipientsOf(
    db,
    rows.map(({ orderKey }) => orderKey),
  );
  return [...groupBy(rows, ({ dispatchId }) => dispatchId)].flatMap(([dispatchId, group]) => {
    const [first] = group;
    if (first === undefined) return [];
    const person = people.get(first.orderKey);
    const recipient = person === undefined ? null : maskRecipient(person);
    return [
      { dispatchId, packsUntil: first.packsUntil, recipient, orders: group.map((row) => row.orderKey) },
    ];
  });
}

/** What an order goes, or went, out in with others, or waits in for them; none: it goes by itself. @throws UseCaseError. */
export async function ordersWith(db: Db, orderKey: string): Promise<Together[]> {
  await requireOrder(db, orderKey);
  return packedWith(db, orderKey, await dispatchesOf(db, orderKey));
}

type Dispatch = Awaited<ReturnType<typeof dispatchesOf>>[number];

/** @param dispatches all of the order. */
export async function packedWith(
  db: Db,
  orderKey: string,
  dispatches: readonly Pick<Dispatch, 'id' | 'state' | 'packsUntil'>[],
): Promise<Together[]> {
  const live = dispatches.filter(({ state }) => !isOver(state));
  const lines = await linesOfDispatches(
    db,
    live.map(({ id }) => id),
  );
  const members = groupBy(lines, ({ dispatchId }) => dispatchId);
  const packed = live.map(({ id, state, packsUntil }) => {
    const others = (members.get(id) ?? []).map((line) => line.orderKey).filter((key) => key !== orderKey);
    const isWaiting = state === 'ready' && packsUntil !== null && packsUntil > new Date();
    return {
      dispatchId: id,
      state,
      waitsUntil: isWaiting ? packsUntil : null,
      with: [...new Set(others)].toSorted(),
    };
  });
  return packed.filter(({ waitsUntil, with: others }) => waitsUntil !== null || others.length > 0);
}

/** A dispatch of an order that others are in, or that waits for others. */
export interface Together {
  readonly dispatchId: string;
  readonly state: DispatchState;
  /** Null: it waits for nobody. */
  readonly waitsUntil: Date | null;
  readonly with: string[];
}

/** Two orders that may be for one receiver. */
export interface Proposal {
  readonly orderKey: string;
  readonly other: string;
  /** Masked, but for the words of an address that differ. */
  readonly difference: NearReceiver;
}

/**
 * Orders that a person may pack together with combineOrders, with the one thing in which their receivers differ.
 *
 * @param of only those with this order.
 */
export async function proposeGroups(db: Db, of?: string): Promise<Proposal[]> {
  const pairs = await nearOrders(db, of);
  const people = await recipientsOf(db, [
    ...new Set(pairs.flatMap(({ orderKey, other }) => [orderKey, other])),
  ]);
  return pairs.flatMap(({ orderKey, other }) => {
    const [here, there] = [people.get(orderKey), people.get(other)];
    const difference = here && there && nearReceiver(here, there);
    return difference === undefined ? [] : [{ orderKey, other, difference: maskDifference(difference) }];
  });
}

function maskDifference({ differs, here, there }: NearReceiver): NearReceiver {
  switch (differs) {
    case 'name':
      return { differs, here: maskName(here), there: maskName(there) };
    case 'phones':
      return { differs, here: maskPhones(here), there: maskPhones(there) };
    case 'address':
      return { differs, here, there };
  }
}

function maskPhones(phones: string): string {
  return phones.split(', ').map(maskPhone).join(', ');
}

/** Such orders are packed with no others from now on. @returns the rule's number. @throws UseCaseError. */
export async function addPackingBan(database: Database, ban: NewBan): Promise<number> {
  const { channel, itemCode, configuration, validFrom = new Date(), validTo } = ban;
  if (channel === '' && itemCode === '' && configuration === '')
    throw new UseCaseError(
      'Name a channel, an item or a configuration; a window of 0 minutes packs nothing.',
    );
  if (itemCode !== '' && !(await itemExists(database.db, itemCode)))
    throw new UseCaseError(`There is no item ${itemCode}.`);
  if (configuration !== '' && !(await configurationExists(database.db, configuration)))
    throw new UseCaseError(`There is no configuration ${configuration}.`);
  if (validTo !== undefined && validTo <= validFrom)
    throw new UseCaseError('It would end before it begins: see --from and --to.');
  return inTransaction(database, async (tx) => {
    const id = await insertBan(tx, ban);
    const { madeBy: by, reason } = ban;
    const detail = { channel, itemCode, configuration };
    await recordAudit(tx, { by, reason, action: 'packing.ban', subject: `packing/${id}`, detail });
    return id;
  });
}

/** Ends a rule: from then on such orders are packed with others. @throws UseCaseError. */
export async function endPackingBan(database: Database, id: number, command: Command): Promise<void> {
  await inTransaction(database, async (tx) => {
    if (!(await endBan(tx, id)))
      throw new UseCaseError(`There is no rule ${id}: boosta packing rules names those there are.`);
    await recordAudit(tx, { ...command, action: 'packing.ban-end', subject: `packing/${id}` });
  });
}

/** How long orders of a channel wait for companions from now on; who waits already waits as before. @throws UseCaseError. */
export async function setPackingWindow(
  database: Database,
  window: PackingWindow,
  command: Command,
): Promise<void> {
  const { channel, minutes, mostOrders, mostPieces } = window;
  if (minutes < 0 || minutes > LONGEST_MINUTES)
    throw new UseCaseError(`A window has 0 to ${LONGEST_MINUTES} minutes.`);
  if ((mostOrders ?? 2) < 2 || (mostPieces ?? 1) < 1)
    throw new UseCaseError('At least 2 orders and 1 piece go into a parcel.');
  await inTransaction(database, async (tx) => {
    await saveWindow(tx, { ...window, setBy: command.by });
    const detail = { minutes, mostOrders, mostPieces };
    const subject = `packing/window/${channel}`;
    await recordAudit(tx, { ...command, action: 'packing.window', subject, detail });
  });
}

/** A week: whatever waits longer than that is late everywhere. */
const LONGEST_MINUTES = 7 * 24 * 60;
