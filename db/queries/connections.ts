import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { bucketFor } from '../../domain/call-limit';
import type { Database, Db } from '../database';
import { connection, connectionSession, permit } from '../schema';
import { isSealed } from '../vault';

export type ConnectionRow = typeof connection.$inferSelect;

export async function findConnection(db: Db, id: string): Promise<ConnectionRow | undefined> {
  const [row] = await db.select().from(connection).where(eq(connection.id, id));
  return row;
}

export async function listConnections(db: Db): Promise<ConnectionRow[]> {
  return db.select().from(connection).orderBy(asc(connection.kind), asc(connection.id));
}

/** Adds a connection or changes its adapter, settings, secrets and limits. @throws VaultLocked. */
export async function saveConnection(
  { db, vault }: Pick<Database, 'db' | 'vault'>,
  given: typeof connection.$inferInsert,
): Promise<void> {
  const { id, ...rest } = { ...given, secrets: vault.seal(given.id, given.secrets) };
  await db
    .insert(connection)
    .values({ id, ...rest })
    .onDuplicateKeyUpdate({ set: rest });
}

/** What a person may change of a connection; secrets that are not named stay as they are. */
export interface ConnectionEdit {
  readonly settings: Record<string, unknown>;
  readonly secrets: Record<string, unknown>;
  readonly paused: boolean;
  readonly callsPerMinute: number | null;
  readonly onAbsent: ConnectionRow['onAbsent'];
}

/** @returns false when somebody has changed it since that version. @throws VaultLocked. */
export async function editConnection(
  { db, vault }: Pick<Database, 'db' | 'vault'>,
  row: Pick<ConnectionRow, 'id' | 'secrets' | 'version'>,
  { secrets, ...edit }: ConnectionEdit,
): Promise<boolean> {
  const all = { ...vault.open(row.id, row.secrets), ...secrets };
  const [done] = await db
    .update(connection)
    .set({ ...edit, secrets: vault.seal(row.id, all), version: row.version + 1 })
    .where(and(eq(connection.id, row.id), eq(connection.version, row.version)));
  return done.affectedRows === 1;
}

/** Seals what was kept before there was a key. @returns the connections whose secrets were. @throws VaultLocked. */
export async function sealConnections({ db, vault }: Database): Promise<string[]> {
  const plain = (await listConnections(db)).filter(
    ({ secrets }) => Object.keys(secrets).length > 0 && !isSealed(secrets),
  );
  for (const { id, secrets } of plain)
    await db
      .update(connection)
      .set({ secrets: vault.seal(id, secrets) })
      .where(eq(connection.id, id));
  return plain.map(({ id }) => id);
}

/** All that an adapter is given. @throws VaultLocked. */
export function settingsOf({ vault }: Pick<Database, 'vault'>, row: ConnectionRow): Record<string, unknown> {
  return { ...row.settings, ...vault.open(row.id, row.secrets) };
}

/**
 * Takes one permit from a connection's bucket, which holds two seconds' worth: at least two, where the
 * limit is not very low.
 * It refills so much slower than the limit that a full one and a minute's refill keep within it.
 *
 * @param inAdvance how many may be taken that are not there yet.
 * @returns 0 when it was taken, otherwise the milliseconds until one is there.
 */
export async function takePermit(
  db: Db,
  connectionId: string,
  callsPerMinute: number,
  inAdvance = 0,
): Promise<number> {
  const { capacity, perSecond } = bucketFor(callsPerMinute);
  const filled = sql`least(${capacity}, ${permit.tokens} + timestampdiff(microsecond, ${permit.refilledAt}, now(6)) / 1e6 * ${perSecond})`;
  const [taken] = await db
    .update(permit)
    // MySQL assigns from left to right: the tokens first, by the old time.
    .set({ tokens: sql`${filled} - 1`, refilledAt: sql`now(6)` })
    .where(and(eq(permit.connectionId, connectionId), sql`${filled} >= ${1 - inAdvance}`));
  if (taken.affectedRows === 1) return 0;
  const [row] = await db
    .select({ tokens: sql<number>`${filled}`.mapWith(Number) })
    .from(permit)
    .where(eq(permit.connectionId, connectionId));
  if (row === undefined) {
    await db
      .insert(permit)
      .values({ connectionId, tokens: capacity, refilledAt: sql`now(6)` })
      .onDuplicateKeyUpdate({ set: { connectionId } });
    return takePermit(db, connectionId, callsPerMinute, inAdvance);
  }
  return Math.max(1, Math.ceil(((1 - inAdvance - row.tokens) / perSecond) * 1000));
}

/** The session that the workers share, unless it has ended by the database's clock. */
export async function sharedSession(db: Db, connectionId: string): Promise<string | undefined> {
  const [row] = await db
    .select({ session: connectionSession.session })
    .from(connectionSession)
    .where(and(eq(connectionSession.connectionId, connectionId), gt(connectionSession.endsAt, sql`now(6)`)));
  return row?.session;
}

export async function keepSession(
  db: Db,
  connectionId: string,
  session: string,
  endsAt: Date,
): Promise<void> {
  await db
    .insert(connectionSession)
    .values({ connectionId, session, endsAt })
    .onDuplicateKeyUpdate({ set: { session, endsAt } });
}
