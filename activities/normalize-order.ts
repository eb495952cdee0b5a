import type { Db } from '../db/database';
import { recordAudit } from '../db/queries/audit';
import { moveDispatch } from '../db/queries/dispatch-states';
import { freeUnits, type LockedDispatch, lockDispatchesOf } from '../db/queries/dispatches';
import { type LockedOrder, lockOrder, markApplied, orderWithNewestRecord } from '../db/queries/orders';
import { newestRecordsOfOrder } from '../db/queries/raw-records';
import { type RecordName, writeStandardOrder } from '../db/queries/standard-order';
import { giveBack } from '../db/queries/stock';
import { openTask, unparkOrder } from '../db/queries/tasks';
import { inTransaction } from '../db/transaction';
import { type Claim, isClaim } from '../domain/claim';
import { isOver, isUnsent } from '../domain/dispatch-protocol';
import { isCancelled, mergeParts } from '../domain/merge-parts';
import type { OrderPart, StandardOrder } from '../domain/order';
import { isAtRest, type Stage, type Standing } from '../domain/stage';
import type { Deps } from './deps';
import { nudgeShort } from './nudge-short';

interface Reading {
  readonly order: StandardOrder;
  readonly newestRecord: number;
  /** The record that told of each line, by its number. */
  readonly tellers: ReadonlyMap<string, RecordName>;
}

/**
 * Brings what a source said of an order to the standard form: at first, and again when a newer record
 * has come. Before the WMS has the order a change is applied, afterwards it comes too late.
 */
export async function normalizeOrder(deps: Deps, orderKey: string): Promise<Standing> {
  const { db } = deps.database;
  for (;;) {
    const row = await orderWithNewestRecord(db, orderKey);
    if (row === undefined) throw new RangeError(`No order ${orderKey}`);
    if (row.newestRecord === 0) throw new RangeError(`No record tells of ${orderKey}`);
    if (row.newestRecord <= row.appliedRecord) return { stage: row.stage };
    const reading = await read(deps, orderKey);
    const standing = await inTransaction(deps.database, (tx) => apply(tx, row, orderKey, reading));
    if (standing === undefined) continue;
    // What a change gave back is there for others now.
    if (row.appliedRecord > 0) await nudgeShort(deps);
    return standing;
  }
}

/** @returns undefined when another attempt at this step was faster: what it wrote must not be undone. */
async function apply(
  tx: Db,
  seen: { appliedRecord: number },
  orderKey: string,
  reading: Reading,
): Promise<Standing | undefined> {
  const isFirst = seen.appliedRecord === 0;
  const dispatches = isFirst ? [] : await lockDispatchesOf(tx, orderKey);
  const current = await lockOrder(tx, orderKey);
  if (current?.appliedRecord !== seen.appliedRecord) return undefined;
  if (isAtRest({ stage: current.stage })) return afterTheEnd(tx, current, reading);
  if (isFirst) return write(tx, reading);
  const live = dispatches.filter((dispatch) => !isOver(dispatch.state));
  return change(tx, current, live, reading);
}

/** The same order may have come by several sources: each record is read by the one it came from. */
async function read(deps: Deps, orderKey: string): Promise<Reading> {
  const records = await newestRecordsOfOrder(deps.database.db, orderKey);
  const parts: OrderPart[] = [];
  const claims: Claim[] = [];
  const tellers = new Map<string, RecordName>();
  for (const { connectionId, recordId, body } of records) {
    const source = await deps.connections.decoder(connectionId);
    const told = source.decode(body);
    if (isClaim(told)) {
      claims.push(told);
      continue;
    }
    parts.push(told);
    for (const line of told.lines) tellers.set(line.lineNumber, { connectionId, recordId });
  }
  const order = mergeParts(parts, claims);
  if (order.key !== orderKey) throw new RangeError(`The records of ${orderKey} are of another order now`);
  return {
    order,
    newestRecord: records.at(-1)?.id ?? 0,
    tellers,
  };
}

async function write(tx: Db, { order, newestRecord, tellers }: Reading): Promise<Standing> {
  const stage: Stage = isCancelled(order) ? 'cancelled' : 'normalized';
  await writeStandardOrder(tx, order, tellers, newestRecord, stage);
  return { stage };
}

async function change(
  tx: Db,
  { key, stage }: LockedOrder,
  live: readonly LockedDispatch[],
  reading: Reading,
): Promise<Standing> {
  if (live.every((dispatch) => isUnsent(dispatch.state))) {
    await giveUp(tx, live);
    await unparkOrder(tx, key, 'boosta');
    return write(tx, reading);
  }
  // Whether the WMS has it will turn out: until then the change is neither applied nor too late.
  const inDoubt = live.some(({ state }) => state === 'sending' || state === 'unknown');
  // Whoever asks the WMS to cancel marks it as dealt with: until then a repeat must come here again.
  if (isCancelled(reading.order)) return { stage, waiting: 'cancellation', upTo: reading.newestRecord };
  if (!inDoubt) await markApplied(tx, key, reading.newestRecord);
  if (!inDoubt) await changedTooLate(tx, key, 'The channel changed the order after the WMS had it');
  return { stage };
}

/** The journey is over: what changes now is recorded, and for a person to settle with the customer. */
async function afterTheEnd(tx: Db, current: LockedOrder, reading: Reading): Promise<Standing> {
  const { key, stage, appliedRecord } = current;
  await markApplied(tx, key, reading.newestRecord);
  const cancelled = isCancelled(reading.order);
  if (stage === 'done' && cancelled) {
    const command = { by: 'channel', reason: 'The customer cancelled' };
    await recordAudit(tx, {
      ...command,
      action: 'order.cancel',
      subject: key,
      detail: { outcome: 'too late' },
    });
  } else if (!cancelled && appliedRecord > 0) {
    await changedTooLate(tx, key, `The channel changed the order after it was ${stage}`);
  }
  return { stage };
}

async function changedTooLate(tx: Db, orderKey: string, reason: string): Promise<void> {
  await openTask(tx, 'changed_too_late', { orderKey }, reason);
}

/** Nothing of these can have reached the WMS; what they held is free again. */
export async function giveUp(tx: Db, unsent: readonly LockedDispatch[]): Promise<void> {
  for (const dispatch of unsent) {
    await moveDispatch(tx, dispatch, 'cancelled');
    await freeUnits(tx, dispatch.id);
    await giveBack(tx, dispatch.id);
  }
}
