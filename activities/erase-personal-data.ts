import type { Database, Db } from '../db/database';
import { recordAudit } from '../db/queries/audit';
import { lockDispatchesOf } from '../db/queries/dispatches';
import { eraseBodies, eraseOrders } from '../db/queries/erase-orders';
import { lockOrders } from '../db/queries/orders';
import { type Ended, heldBack, ordersOver } from '../db/queries/orders-to-erase';
import { recordsBefore, unreadableBefore } from '../db/queries/raw-records';
import { lockRetention, noteErasingDone, noteStrayRecord, readRetention } from '../db/queries/retention';
import { openKeyOf, openOfSubjects } from '../db/queries/tasks';
import { inTransaction } from '../db/transaction';
import { keptSince } from '../domain/retention';
import { FINISHED, isAtRest } from '../domain/stage';
import type { Deps } from './deps';
import { FROM_THE_BEGINNING, type Progress } from './progress';

/** What Temporal keeps of it: numbers only. */
export interface Erasing {
  readonly orders: number;
  /** Records of orders that we never had. */
  readonly strayRecords: number;
  /** The time was up: there may be more. */
  readonly more: boolean;
}

const ORDERS_AT_A_TIME = 100;
const RECORDS_AT_A_TIME = 1_000;
/** Well within the activity's time-out; whoever called it calls it again. */
const LONGEST_MS = 5 * 60_000;

/**
 * Erases the personal data of orders that have been over for longer than it is kept, some at a time: each batch is
 * a transaction, and what it erased is in the audit trail with it. Whatever is erased is not found again, so that
 * it may be broken off anywhere, and two of them may run at once.
 *
 * @param progress how much an earlier attempt has erased.
 */
export async function erasePersonalData(
  { database }: Pick<Deps, 'database'>,
  progress: Progress<Erasing> = FROM_THE_BEGINNING,
): Promise<Erasing> {
  const ends = performance.now() + LONGEST_MS;
  const { keepDays } = await readRetention(database.db);
  const before = keptSince(keepDays);
  let erased: Erasing = progress.from ?? { orders: 0, strayRecords: 0, more: false };
  for await (const { orders = 0, strayRecords = 0 } of batches(database, before, keepDays)) {
    erased = {
      orders: erased.orders + orders,
      strayRecords: erased.strayRecords + strayRecords,
      more: false,
    };
    progress.reach(erased);
    if (performance.now() > ends) return { ...erased, more: true };
  }
  await noteErasingDone(database.db);
  return erased;
}

type Batch = Partial<Pick<Erasing, 'orders' | 'strayRecords'>>;

async function* batches(database: Database, before: Date, keepDays: number): AsyncGenerator<Batch> {
  const reason = `Kept for ${keepDays} days after an order's end`;
  for (const stage of FINISHED) {
    let after: Ended | undefined;
    do {
      const over = await ordersOver(database.db, stage, before, after, ORDERS_AT_A_TIME);
      const keys = over.map(({ key }) => key);
      if (keys.length > 0) yield { orders: await eraseSome(database, keys, before, reason) };
      after = over.at(-1);
    } while (after !== undefined);
  }
  yield* eraseStray(database, before, reason);
  yield* eraseUnreadable(database, before, reason);
}

/** @returns of how many. Who has not ended by now, or is held back, is left out. */
async function eraseSome(
  database: Database,
  candidates: readonly string[],
  before: Date,
  reason: string,
): Promise<number> {
  return inTransaction(database, async (tx) => {
    await lockDispatchesOf(tx, ...candidates);
    const locked = await lockOrders(tx, candidates);
    const held = await heldBack(tx, candidates, before);
    const keys = locked
      .filter(
        ({ stage, erasedAt, updatedAt }) => isAtRest({ stage }) && erasedAt === null && updatedAt < before,
      )
      .map(({ key }) => key)
      .filter((key) => !held.has(key));
    if (keys.length === 0) return 0;
    await audit(tx, reason, { before, ...(await eraseOrders(tx, keys)) });
    return keys.length;
  });
}

/** What sources have told of orders that we never had, as claims of those before our time: each is looked at once. */
async function* eraseStray(database: Database, before: Date, reason: string): AsyncGenerator<Batch> {
  for (;;) {
    const looked = await inTransaction(database, async (tx) => {
      const { strayRecord } = await lockRetention(tx);
      const records = await recordsBefore(tx, before, strayRecord, RECORDS_AT_A_TIME);
      const stray = records.filter(({ isStray }) => isStray).map(({ id }) => id);
      const erased = await eraseRecords(tx, stray, before, reason);
      await noteStrayRecord(tx, records.at(-1)?.id ?? strayRecord);
      return { records: records.length, erased };
    });
    if (looked.records === 0) return;
    yield { strayRecords: looked.erased };
  }
}

/** What could not be read, and is nobody's task any more. */
async function* eraseUnreadable(database: Database, before: Date, reason: string): AsyncGenerator<Batch> {
  for (let after = 0; ; ) {
    const records = await unreadableBefore(database.db, before, after, RECORDS_AT_A_TIME);
    const last = records.at(-1);
    if (last === undefined) return;
    const open = await openOfSubjects(database.db, 'undecodable', records.map(subjectOf));
    const closed = records.filter((record) => !open.has(openKeyOf('undecodable', subjectOf(record))));
    const ids = closed.map(({ id }) => id);
    yield {
      strayRecords: await inTransaction(database, (tx) => eraseRecords(tx, ids, before, reason)),
    };
    after = last.id;
  }
}

function subjectOf({ id, connectionId }: { id: number; connectionId: string }) {
  return { connectionId, rawRecordId: id };
}

/** @returns how many still held something. */
async function eraseRecords(tx: Db, ids: readonly number[], before: Date, reason: string): Promise<number> {
  const records = await eraseBodies(tx, ids);
  if (records > 0) await audit(tx, reason, { before, records });
  return records;
}

async function audit(tx: Db, reason: string, detail: Record<string, unknown>): Promise<void> {
  await recordAudit(tx, { by: 'boosta', reason, action: 'retention.erase', subject: 'retention', detail });
}
