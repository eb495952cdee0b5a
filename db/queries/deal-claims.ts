import { eq, inArray, sql } from 'drizzle-orm';
import { type DealClaim, isLive } from '../../domain/deal-claim';
import type { Db } from '../database';
import { dealClaim } from '../schema';
import { databaseNow } from './server';

/** Locks who is at work on a deal. @returns undefined where nobody is, or has left it lying. */
export async function lockClaim(tx: Db, dealKey: string): Promise<DealClaim | undefined> {
  const [claim] = await tx.select().from(dealClaim).where(eq(dealClaim.dealKey, dealKey)).for('update');
  return claim !== undefined && isLive(claim, await databaseNow(tx)) ? claim : undefined;
}

/** Who is at work on each of these deals. */
export async function claimsOf(db: Db, dealKeys: readonly string[]): Promise<Map<string, DealClaim>> {
  if (dealKeys.length === 0) return new Map();
  const isAsked = inArray(dealClaim.dealKey, [...dealKeys]);
  const [rows, now] = await Promise.all([db.select().from(dealClaim).where(isAsked), databaseNow(db)]);
  return new Map(rows.filter((row) => isLive(row, now)).map(({ dealKey, ...claim }) => [dealKey, claim]));
}

export async function saveClaim(
  tx: Db,
  dealKey: string,
  { claimedBy, handedBy, note }: Omit<DealClaim, 'claimedAt'>,
): Promise<void> {
  const claim = { claimedBy, handedBy, note, claimedAt: sql`now(6)` };
  await tx
    .insert(dealClaim)
    .values({ dealKey, ...claim })
    .onDuplicateKeyUpdate({ set: claim });
}

export async function dropClaim(tx: Db, dealKey: string): Promise<void> {
  await tx.delete(dealClaim).where(eq(dealClaim.dealKey, dealKey));
}
