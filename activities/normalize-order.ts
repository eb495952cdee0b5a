import type { Db } from '../db/database';
import { openAcknowledgements } from '../db/queries/acknowledgements';
import { recordAudit } from '../db/queries/audit';
import { decideCancellations } from '../db/queries/claims';
import { type LockedDispatch, lockDispatchesOf } from '../db/queries/dispatches';
import { retellGifts } from '../db/queries/gifts';
import { type LockedOrder, lockOrder, markApplied, orderWithNewestRecord } from '../db/queries/orders';
import { type RecordName, writeStandardOrder } from '../db/queries/standard-order';
import { openTask, unparkOrder } from '../db/queries/tasks';
import { inTransaction } from '../db/transaction';
import { isOver, isUnsent } from '../domain/dispatch-protocol';
import { isCancelled } from '../domain/merge-parts';
import { changeOf, type OrderChange } from '../domain/order-change';
import { type ShippingRule, shipByOf } from '../domain/ship-by';
import { isAtRest, type Stage, type Standing } from '../domain/stage';
import type { Deps } from './deps';
import { takeBackGifts } from './give-gifts';
import { giveUp } from './give-up';
import { noteClaims } from './note-claims';
import { nudgeShort } from './nudge-short';
import { type Reading, readOrder } from './read-order';

/** A newer reading, and what it changes of the one before; nothing where it is the first. */
interface News {
  readonly reading: Reading;
  readonly change: OrderChange | undefined;
  readonly shipBy: Date | null;
}

/** The same news by the word that counts now, and by that of the source from which the order was read before. */
interface Told {
  readonly now: News;
  readonly asBefore: News;
}

/** Goes on with an order whose row is locked, in the same transaction. */
type GoOn = (tx: Db, order: LockedOrder) => Promise<Standing>;

/**
 * Brings what a source said of an order to the standard form: at first, and again when a newer record
 * has come. Before the WMS has the order a change is applied, afterwards it is a race with the warehouse.
 *
 * @param goOn what comes next for an order that was read for the first time.
 */
export async function normalizeOrder(
  deps: Deps,
  orderKey: string,
  goOn: GoOn = async (_tx, { stage }) => ({ stage }),
): Promise<Standing> {
  const { db } = deps.database;
  for (;;) {
    const row = await orderWithNewestRecord(db, orderKey);
    if (row === undefined) throw new RangeError(`No order ${orderKey}`);
    if (row.newestRecord === 0) throw new RangeError(`No record tells of ${orderKey}`);
    if (row.newestRecord <= row.appliedRecord) return { stage: row.stage };
    if (row.erasedAt !== null) {
      // Whatever is told of it now was not kept, so that there is nothing to read.
      await markApplied(db, orderKey, row.newestRecord);
      return { stage: row.stage };
    }
    const told = await readTold(deps, orderKey, row);
    const { reading } = told.now;
    if (!isOurs(row) && !isCancelled(reading.order) && (await waitsForItsSource(db, orderKey, reading)))
      return { stage: row.stage, waiting: 'acknowledgement' };
    const standing = await inTransaction(deps.database, (tx) => apply(tx, row, orderKey, told, goOn));
    if (standing === undefined) continue;
    // What a change gave back is there for others now.
    if (row.appliedRecord > 0) await nudgeShort(deps);
    return standing;
  }
}

/**
 * Until its source has handed it over, the customer may change it; a refusal of a late line is a task only. What is
 * over when a second source begins to tell of it waits for no one: the first has been told all there is to tell.
 */
function isOurs({
  stage,
  appliedRecord,
  acknowledgement,
}: NonNullable<Awaited<ReturnType<typeof orderWithNewestRecord>>>): boolean {
  if (acknowledgement === null || isAtRest({ stage })) return true;
  return appliedRecord > 0 && acknowledgement === 'refused';
}

/** Whether a source has not handed over something that is wanted: what was taken back of an order it never will. */
async function waitsForItsSource(db: Db, orderKey: string, { order, tellers }: Reading): Promise<boolean> {
  const nameOf = ({ connectionId, recordId }: RecordName) => `${connectionId} ${recordId}`;
  const wanted = new Set<string>();
  for (const { lineNumber, quantity, cancelledQuantity } of order.lines) {
    const teller = tellers.get(lineNumber);
    if (teller !== undefined && cancelledQuantity < quantity) wanted.add(nameOf(teller));
  }
  const takenBack = new Set([...tellers.values()].map(nameOf).filter((name) => !wanted.has(name)));
  const open = await openAcknowledgements(db, orderKey);
  return open.some((record) => !takenBack.has(nameOf(record)));
}

async function readTold(
  deps: Deps,
  orderKey: string,
  row: { appliedRecord: number; newestRecord: number; rule: ShippingRule | null },
): Promise<Told> {
  const { appliedRecord, newestRecord, rule } = row;
  // What comes later has its own source to be told, of which this look knows nothing: it is read by the next one.
  const seen = { upTo: newestRecord };
  const reading = await readOrder(deps, orderKey, seen);
  const before = appliedRecord === 0 ? undefined : await readOrder(deps, orderKey, { upTo: appliedRecord });
  const newsOf = (read: Reading): News => ({
    reading: read,
    change: before && changeOf(before.order, read.order),
    shipBy: read.order.shipBy ?? (rule && shipByOf(read.order.orderedAt, rule)),
  });
  const now = newsOf(reading);
  if (before === undefined || before.leading === reading.leading) return { now, asBefore: now };
  return { now, asBefore: newsOf(await readOrder(deps, orderKey, { ...seen, leading: before.leading })) };
}

/** @returns undefined when another attempt at this step was faster, or the erasing: what it wrote must not be undone. */
async function apply(
  tx: Db,
  seen: { appliedRecord: number },
  orderKey: string,
  told: Told,
  goOn: GoOn,
): Promise<Standing | undefined> {
  const dispatches = seen.appliedRecord === 0 ? [] : await lockDispatchesOf(tx, orderKey);
  const current = await lockOrder(tx, orderKey);
  if (current?.appliedRecord !== seen.appliedRecord || current.erasedAt !== null) return undefined;
  const live = dispatches.filter((dispatch) => !isOver(dispatch.state));
  // That another source words it otherwise is no change of what has been sent.
  const isOpen = !isAtRest({ stage: current.stage }) && live.every(({ state }) => isUnsent(state));
  const news = isOpen ? told.now : told.asBefore;
  await noteClaims(tx, orderKey, news.reading);
  if (isAtRest({ stage: current.stage })) return afterTheEnd(tx, current, news);
  if (news.change === undefined) {
    if (current.waiting === 'not_acknowledged') await unparkOrder(tx, orderKey, 'boosta');
    const { stage } = await write(tx, current, news);
    return stage === 'normalized' ? goOn(tx, { ...current, stage }) : { stage };
  }
  return change(tx, current, live, news, news.change);
}

/** What the customer takes back is cancelled before anybody has begun to send it. */
async function write(
  tx: Db,
  { appliedRecord: before }: LockedOrder,
  { reading, shipBy }: News,
): Promise<Standing> {
  const { order, tellers, newestRecord } = reading;
  const stage: Stage = isCancelled(order) ? 'cancelled' : 'normalized';
  await writeStandardOrder(tx, { ...order, shipBy }, tellers, { stage, before, appliedRecord: newestRecord });
  if (stage === 'cancelled') await takeBackGifts(tx, order.key);
  if (reading.claims.length > 0) await decideCancellations(tx, order.key, 'stopped');
  return { stage };
}

async function change(
  tx: Db,
  current: LockedOrder,
  live: readonly LockedDispatch[],
  news: News,
  { altered, added }: OrderChange,
): Promise<Standing> {
  const { key, stage } = current;
  const { order, newestRecord, tellers } = news.reading;
  const isWanted = altered.length > 0 || added.length > 0;
  if (live.every((dispatch) => isUnsent(dispatch.state))) {
    if (!isWanted) {
      const read = { stage, before: current.appliedRecord, appliedRecord: newestRecord };
      await writeStandardOrder(tx, { ...order, shipBy: news.shipBy }, tellers, read);
      await retellGifts(tx, key);
      return { stage };
    }
    await giveUp(tx, key, live);
    await unparkOrder(tx, key, 'boosta');
    return write(tx, current, news);
  }
  // Whoever asks the WMS marks it as dealt with: until then a repeat must come here again.
  if (altered.length > 0 && isCancelled(order)) return { stage, waiting: 'cancellation', upTo: newestRecord };
  // Whether the WMS has it will turn out: until then the change is neither applied nor too late.
  const inDoubt = live.some(({ state }) => state === 'sending' || state === 'unknown');
  if (isWanted && inDoubt) return { stage };
  if (altered.length > 0) return { stage, waiting: 'recall', upTo: newestRecord };
  await markApplied(tx, key, newestRecord);
  if (added.length > 0) {
    const reason = `Line ${added.join(', ')} came after the WMS had the others`;
    await openTask(tx, 'late_line', { orderKey: key }, reason);
  }
  return { stage };
}

/** The journey is over: what changes now is recorded, and for a person to settle with the customer. */
async function afterTheEnd(
  tx: Db,
  { key, stage }: LockedOrder,
  { reading: { order, newestRecord }, change: { altered, added } = { altered: [], added: [] } }: News,
): Promise<Standing> {
  await markApplied(tx, key, newestRecord);
  await decideCancellations(tx, key, stage === 'cancelled' ? 'stopped' : 'too late');
  const changes = [...altered, ...added.map((number) => `line ${number} is new`)];
  if (changes.length === 0) return { stage };
  if (stage === 'done' && isCancelled(order)) {
    const command = { by: 'channel', reason: 'The customer cancelled' };
    const detail = { outcome: 'too late' };
    await recordAudit(tx, { ...command, action: 'order.cancel', subject: key, detail });
  } else if (!isCancelled(order)) {
    const reason = `The channel changed the order after it was ${stage}: ${changes.join('; ')}`;
    await openTask(tx, 'changed_too_late', { orderKey: key }, reason);
  }
  return { stage };
}
