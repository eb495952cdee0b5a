import { eq, sql } from 'drizzle-orm';
import { KEEP_DAYS } from '../../domain/retention';
import type { Db } from '../database';
import { retention } from '../schema';

const HOUSE = 1;
const ofHouse = eq(retention.id, HOUSE);

const UNDECIDED = {
  version: 0,
  changedBy: null,
  changedAt: null,
  doneAt: null,
  strayRecord: 0,
};

/** How long personal data is kept, and how far its erasing has come. */
export async function readRetention(db: Db) {
  const [row] = await db.select().from(retention).where(ofHouse);
  const { keepDays, version, changedBy, changedAt, doneAt, strayRecord } = row ?? {
    keepDays: null,
    ...UNDECIDED,
  };
  return { keepDays: keepDays ?? KEEP_DAYS, version, changedBy, changedAt, doneAt, strayRecord };
}

export type Retention = Awaited<ReturnType<typeof readRetention>>;

/** The same, and nobody changes it until the transaction is over. */
export async function lockRetention(tx: Db): Promise<Retention> {
  await tx
    .insert(retention)
    .values({ id: HOUSE })
    .onDuplicateKeyUpdate({ set: { id: HOUSE } });
  return readRetention(tx);
}

/** Of a row that is locked. */
export async function writeKeepDays(tx: Db, keepDays: number, by: string): Promise<void> {
  await tx
    .update(retention)
    .set({ keepDays, version: sql`${retention.version} + 1`, changedBy: by, changedAt: sql`now(6)` })
    .where(ofHouse);
}

/** Of a row that is locked. */
export async function noteStrayRecord(tx: Db, strayRecord: number): Promise<void> {
  await tx.update(retention).set({ strayRecord }).where(ofHouse);
}

/** Everything that was old enough is erased. */
export async function noteErasingDone(db: Db): Promise<void> {
  const doneAt = sql`now(6)`;
  await db.insert(retention).values({ id: HOUSE, doneAt }).onDuplicateKeyUpdate({ set: { doneAt } });
}
