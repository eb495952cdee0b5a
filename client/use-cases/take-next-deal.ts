import type { Database } from '../../db/database';
import type { DealClaim } from '../../domain/deal-claim';
import { claimDeal, letGoOfDeal } from './claim-deals';
import { listUndecided } from './match-deals';
import { ChangedMeanwhile } from './use-case-error';

/**
 * The waiting deal that somebody is to decide next, taken up: one that is theirs already, or else the one that most
 * orders wait for of those that nobody is at.
 *
 * @param skips leaves the one that is theirs to the others, and goes on to the next after it; after the last comes the
 *   first again.
 * @returns undefined: nothing waits, or others are at all that does.
 */
export async function takeNextDeal(
  database: Database,
  by: string,
  { skips = false }: { readonly skips?: boolean | undefined } = {},
): Promise<{ dealKey: string; channel: string; deal: string; option: string } | undefined> {
  const waiting = await listUndecided(database.db);
  const isTheirs = ({ claim }: { readonly claim: DealClaim | null }) => claim?.claimedBy === by;
  const at = waiting.findIndex(isTheirs);
  const current = waiting[at];
  if (current !== undefined && !skips) return current;
  if (current !== undefined) await letGoOfDeal(database, current.dealKey, by);
  for (const next of [...waiting.slice(at + 1), ...waiting.slice(0, at + 1)]) {
    if (next !== current && isTheirs(next)) return next;
    if (next !== current && next.claim !== null) continue;
    try {
      await claimDeal(database, next.dealKey, by);
      return next;
    } catch (error) {
      // Somebody else has just taken it up.
      if (!(error instanceof ChangedMeanwhile)) throw error;
    }
  }
  return undefined;
}
