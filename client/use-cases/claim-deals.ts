import type { Database, Db } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import { dropClaim, lockClaim, saveClaim } from '../../db/queries/deal-claims';
import { listUsers } from '../../db/queries/users';
import { inTransaction } from '../../db/transaction';
import { isEnough, MAY_DECIDE_DEALS } from '../../domain/role';
import { dealOf } from './show-deals';
import { ChangedMeanwhile, UseCaseError } from './use-case-error';

/**
 * Takes up a deal: others are told, and cannot decide it, until it is decided, let go, or left lying.
 *
 * @param takesOver also where somebody else is at it.
 * @throws NotFound; ChangedMeanwhile where somebody else is at it.
 */
export async function claimDeal(
  database: Database,
  dealKey: string,
  by: string,
  { takesOver = false }: { readonly takesOver?: boolean | undefined } = {},
): Promise<void> {
  const command = { by, reason: takesOver ? 'Takes it over' : 'Takes it up' };
  await change(database, dealKey, command, 'deal.claim', async (tx) => {
    if (!takesOver) await requireUnclaimed(tx, dealKey, by);
    await saveClaim(tx, dealKey, { claimedBy: by, handedBy: null, note: null });
  });
}

/** Gives a deal to somebody else, who is to decide it. @throws NotFound, UseCaseError, ChangedMeanwhile. */
export async function handOverDeal(
  database: Database,
  dealKey: string,
  to: string,
  command: Command,
): Promise<void> {
  const people = await listDeciders(database.db);
  if (!people.includes(to))
    throw new UseCaseError(`${to} is nobody who may decide deals: ${people.join(', ') || 'nobody may'}.`);
  const given = { claimedBy: to, handedBy: command.by, note: command.reason };
  await change(
    database,
    dealKey,
    command,
    'deal.hand-over',
    async (tx) => {
      await requireUnclaimed(tx, dealKey, command.by);
      await saveClaim(tx, dealKey, given);
    },
    { to },
  );
}

/** Leaves a deal to the others, undecided. @throws NotFound; ChangedMeanwhile where somebody else is at it. */
export async function letGoOfDeal(database: Database, dealKey: string, by: string): Promise<void> {
  const command = { by, reason: 'Leaves it to others' };
  await change(database, dealKey, command, 'deal.let-go', async (tx) => {
    await requireUnclaimed(tx, dealKey, by);
    await dropClaim(tx, dealKey);
  });
}

/** Those to whom a deal can be handed over. */
export async function listDeciders(db: Db): Promise<string[]> {
  const users = await listUsers(db);
  return users
    .filter(({ role, disabledAt }) => disabledAt === null && isEnough(role, MAY_DECIDE_DEALS))
    .map(({ name }) => name);
}

/** @throws ChangedMeanwhile where somebody else is at work on a deal. */
export async function requireUnclaimed(tx: Db, dealKey: string, by: string): Promise<void> {
  const claim = await lockClaim(tx, dealKey);
  if (claim === undefined || claim.claimedBy === by) return;
  throw new ChangedMeanwhile(
    `${claim.claimedBy} is at work on this deal: leave it to them, or take it over before you decide it.`,
  );
}

async function change(
  database: Database,
  dealKey: string,
  command: Command,
  action: string,
  work: (tx: Db) => Promise<void>,
  detail: Record<string, unknown> = {},
): Promise<void> {
  await dealOf(database.db, dealKey);
  await inTransaction(database, async (tx) => {
    await work(tx);
    await recordAudit(tx, { ...command, action, subject: `deal/${dealKey}`, detail });
  });
}
