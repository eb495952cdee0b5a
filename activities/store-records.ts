import type { Db } from '../db/database';
import { expectAcknowledgements } from '../db/queries/acknowledgements';
import { saveListings } from '../db/queries/listings';
import {
  type CollectedOrder,
  existingOrders,
  insertCollected,
  lockErased,
  lockOrders,
} from '../db/queries/orders';
import {
  findRawRecordId,
  insertRawRecords,
  type NewRawRecord,
  newestVersions,
  rewindApplied,
  type StoredVersion,
} from '../db/queries/raw-records';
import { closeTasks, openTask } from '../db/queries/tasks';
import { inTransaction } from '../db/transaction';
import { isClaim, type Told } from '../domain/claim';
import { dealKey } from '../domain/deal';
import { UndecodableRecord } from '../domain/errors';
import { orderKey } from '../domain/order-key';
import type { Deps } from './deps';
import { noteLateClaim } from './note-late-claim';
import type { FetchedRecord, Source } from './sources/source';

/** In place of a record of an order whose personal data is gone: that it came is known, and not what it said. */
const ERASED = Buffer.alloc(0);

/** A record that was not stored before, with what it tells or why it could not be read. */
interface ReadRecord {
  readonly raw: NewRawRecord;
  readonly told: Told | undefined;
  readonly problem: UndecodableRecord | undefined;
}

export interface Stored {
  readonly newRecords: number;
  readonly undecodable: number;
}

/**
 * Stores what is not stored yet; little else is decoded, since most of a window has been read before.
 * Records, their orders and their tasks come together: a record alone would never be new again.
 */
export async function storeNew(
  { database }: Pick<Deps, 'database'>,
  source: Source,
  connectionId: string,
  records: readonly FetchedRecord[],
): Promise<Stored> {
  const fresh = await readNew(database.db, source, connectionId, records);
  if (fresh.length === 0) return { newRecords: 0, undecodable: 0 };
  const claimed = keysOf(fresh, isClaim);
  const known = await existingOrders(database.db, claimed);
  await inTransaction(database, async (tx) => {
    // First, since it locks them: a record with a lower number would be taken for read if it came later.
    await insertCollected(tx, ordersOf(connectionId, fresh));
    await lockOrders(tx, known);
    const erased = await lockErased(tx, keysOf(fresh));
    const isErased = ({ raw }: ReadRecord) => raw.orderKey !== null && erased.has(raw.orderKey);
    await insertRawRecords(
      tx,
      fresh.map((each) => (isErased(each) ? { ...each.raw, body: ERASED } : each.raw)),
    );
    const kept = fresh.filter((each) => !isErased(each));
    await expectOf(tx, source, connectionId, kept);
    await noteErased(tx, source, connectionId, fresh.filter(isErased));
    for (const each of fresh) await reportUndecodable(tx, connectionId, each);
  });
  // An order that came meanwhile could not be locked, and may have been read without its claim.
  const unlocked = claimed.filter((key) => !known.includes(key));
  await rewindApplied(database.db, connectionId, unlocked);
  return {
    newRecords: fresh.length,
    undecodable: fresh.filter(({ problem }) => problem !== undefined).length,
  };
}

async function readNew(
  db: Db,
  source: Source,
  connectionId: string,
  records: readonly FetchedRecord[],
): Promise<ReadRecord[]> {
  const newest = await newestVersions(
    db,
    connectionId,
    records.map((record) => record.recordId),
  );
  return records.flatMap((record) => {
    const before = newest.get(record.recordId);
    const isKnown = before?.contentHash === record.contentHash;
    if (isKnown && before.isReadable) return [];
    const now = read(source, connectionId, record, before);
    // Its task is open; it is a version of its own once settings have been mended so that it can be read.
    return isKnown && now.problem !== undefined ? [] : [now];
  });
}

function read(
  source: Source,
  connectionId: string,
  record: FetchedRecord,
  before?: StoredVersion,
): ReadRecord {
  const { recordId, contentHash } = record;
  const follows = before?.id ?? 0;
  const raw = { connectionId, recordId, contentHash, follows, body: Buffer.from(record.body) };
  try {
    const told = source.decode(record.body);
    const key = orderKey(told.channel, told.orderNumber);
    // Taken for another order, its units would ship twice.
    if (before !== undefined && (before.orderKey ?? key) !== key) {
      throw new UndecodableRecord(
        'order number',
        `the record was of ${before.orderKey}, and is now of ${key}`,
      );
    }
    return { raw: { ...raw, orderKey: key }, told, problem: undefined };
  } catch (error) {
    return { raw: { ...raw, orderKey: null }, told: undefined, problem: asUndecodable(error) };
  }
}

/** An order number that makes no key is as undecodable as a missing one. */
function asUndecodable(error: unknown): UndecodableRecord {
  if (error instanceof UndecodableRecord) return error;
  if (error instanceof RangeError)
    return new UndecodableRecord('order number', error.message, { cause: error });
  throw error;
}

/** A claim of an order whose personal data is gone: its record is not kept, so it is written down at once. */
async function noteErased(
  tx: Db,
  { capabilities }: Source,
  connectionId: string,
  erased: readonly ReadRecord[],
): Promise<void> {
  for (const { raw, told } of erased) {
    if (told === undefined || !isClaim(told) || raw.orderKey === null) continue;
    const isAnswered = capabilities.cancellations.answered;
    const claim = { connectionId, recordId: raw.recordId, claim: told, isAnswered };
    await noteLateClaim(tx, raw.orderKey, claim);
  }
}

/** What the source is to be told of what it gave us: that we have it, and how much of it there is. */
async function expectOf(
  tx: Db,
  { capabilities }: Source,
  connectionId: string,
  fresh: readonly ReadRecord[],
): Promise<void> {
  const orders = fresh.flatMap(({ raw: { recordId, orderKey: key }, told }) =>
    told === undefined || isClaim(told) || key === null ? [] : [{ recordId, orderKey: key, told }],
  );
  if (typeof capabilities.acknowledges === 'object')
    await expectAcknowledgements(
      tx,
      connectionId,
      orders.map(({ recordId, orderKey: key }) => ({ recordId, orderKey: key })),
    );
  if (capabilities.stockPerCall === 0) return;
  const listings = orders.flatMap(({ told: { channel, lines } }) =>
    lines.flatMap(({ listing, deal, option }) =>
      listing === null ? [] : [{ listing, channel, dealKey: dealKey({ channel, deal, option }) }],
    ),
  );
  await saveListings(tx, connectionId, listings);
}

/** One task for a record that cannot be read; it closes when the record's next version comes. */
async function reportUndecodable(tx: Db, connectionId: string, { raw, problem }: ReadRecord): Promise<void> {
  if (raw.follows > 0) {
    await closeTasks(tx, ['undecodable'], { connectionId, rawRecordId: raw.follows }, 'boosta');
  }
  if (problem === undefined) return;
  const rawRecordId = await findRawRecordId(tx, raw);
  const subject = { connectionId, ...(rawRecordId === undefined ? {} : { rawRecordId }) };
  await openTask(tx, 'undecodable', subject, `Record ${raw.recordId}: ${problem.message}`);
}

function ordersOf(source: string, fresh: readonly ReadRecord[]): CollectedOrder[] {
  const orders = new Map<string, CollectedOrder>();
  for (const { raw, told } of fresh) {
    if (told === undefined || isClaim(told) || raw.orderKey === null) continue;
    const { channel, orderNumber, orderedAt } = told;
    orders.set(raw.orderKey, { key: raw.orderKey, channel, orderNumber, orderedAt, source });
  }
  return [...orders.values()];
}

function keysOf(fresh: readonly ReadRecord[], tells: (told: Told) => boolean = () => true): string[] {
  const keys = fresh.flatMap(({ raw, told }) =>
    told !== undefined && tells(told) && raw.orderKey !== null ? [raw.orderKey] : [],
  );
  return [...new Set(keys)];
}
