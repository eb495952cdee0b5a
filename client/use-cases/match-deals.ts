import type { Db } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import { claimsOf } from '../../db/queries/deal-claims';
import { waitingDeals } from '../../db/queries/deal-drift';
import {
  configurationCodes,
  configurationExists,
  decisionsFor,
  listMatches,
  saveLineMatch,
} from '../../db/queries/matches';
import { linesOf, lockOrder } from '../../db/queries/orders';
import { inTransaction } from '../../db/transaction';
import type { Deal } from '../../domain/deal';
import type { Servers } from '../connect';
import { changesOf } from './changed-deals';
import { requireUnclaimed } from './claim-deals';
import { editDistance, requireOrder } from './find-order';
import { nudgeOrders } from './nudge-orders';
import { ChangedMeanwhile, UseCaseError } from './use-case-error';

/**
 * The deals for which orders wait, those first that most wait for: those that nobody has decided, and those that
 * the channel has changed since somebody did. With who is at work on each.
 */
export async function listUndecided(db: Db) {
  const deals = await waitingDeals(db);
  const keys = deals.map(({ dealKey }) => dealKey);
  const [claims, changes] = await Promise.all([claimsOf(db, keys), changesOf(db, deals)]);
  return deals.flatMap(({ isDecided, ...deal }) => {
    const change = changes.get(deal.dealKey) ?? null;
    // The order of a decided one waits for a change of another deal.
    if (isDecided && change === null) return [];
    return [{ ...deal, claim: claims.get(deal.dealKey) ?? null, change }];
  });
}

/** The deals that wait for a decision, and those that are decided. */
export async function listDeals(db: Db, limit: number) {
  const [unknown, known] = await Promise.all([listUndecided(db), listMatches(db, limit)]);
  return { unknown, known };
}

/** The wording of an order's line, so that nobody has to copy it. @throws UseCaseError. */
export async function dealOfOrder(db: Db, orderKey: string, lineNumber?: string): Promise<Deal> {
  const { channel } = await requireOrder(db, orderKey);
  const { deal, option } = await pickLine(db, orderKey, lineNumber);
  return { channel, deal, option };
}

/**
 * Decides one line of one order, and nothing else.
 *
 * @param ifOpen only where nobody has decided the line yet.
 * @throws UseCaseError; ChangedMeanwhile where somebody has.
 */
export async function matchOnce(
  { database, temporal }: Servers,
  orderKey: string,
  lineNumber: string | undefined,
  configuration: string,
  command: Command,
  { ifOpen = false }: { readonly ifOpen?: boolean } = {},
): Promise<{ lineKey: string; rematched: boolean }> {
  await requireOrder(database.db, orderKey);
  await requireConfiguration(database.db, configuration);
  const line = await pickLine(database.db, orderKey, lineNumber);
  await inTransaction(database, async (tx) => {
    const order = await lockOrder(tx, orderKey);
    if (order?.stage !== 'normalized')
      throw new UseCaseError(`${orderKey} is ${order?.stage}: only an order that is not matched yet can be.`);
    await requireUnclaimed(tx, line.dealKey, command.by);
    // A line that is decided is open again where its order waits because the channel has changed the deal.
    if (ifOpen && order.waiting !== 'deal_changed') await requireOpen(tx, orderKey, line.key);
    await saveLineMatch(tx, line.key, configuration, command);
    const detail = { line: line.key, configuration };
    await recordAudit(tx, { ...command, action: 'match.once', subject: orderKey, detail });
  });
  return { lineKey: line.key, rematched: (await nudgeOrders(temporal, [orderKey])) === 1 };
}

async function requireOpen(tx: Db, orderKey: string, lineKey: string): Promise<void> {
  const decision = (await decisionsFor(tx, orderKey)).find((one) => one.lineKey === lineKey);
  if (decision === undefined || decision.configuration === null) return;
  throw new ChangedMeanwhile(
    `Somebody has decided this line meanwhile: ${decision.configuration}. Look at it again.`,
  );
}

/** The line that was named, or the only one that nobody has decided. */
async function pickLine(db: Db, orderKey: string, lineNumber: string | undefined) {
  const all = (await linesOf(db, orderKey)).filter(({ giftRule }) => giftRule === null);
  const decisions = await decisionsFor(db, orderKey);
  const open = new Set(decisions.filter((d) => d.configuration === null).map((d) => d.lineKey));
  const lines = all.filter((line) =>
    lineNumber === undefined ? open.size === 0 || open.has(line.key) : line.lineNumber === lineNumber,
  );
  const [only] = lines;
  if (only !== undefined && lines.length === 1) return only;
  const numbers = all.map((line) => `${line.lineNumber} (${line.deal} ${line.option})`).join(', ');
  throw new UseCaseError(
    all.length === 0
      ? `${orderKey} has not been read yet: try again in a moment.`
      : `Say with --line which line of ${orderKey} is meant: ${numbers}.`,
  );
}

/** @throws UseCaseError that names the likeliest ones. */
export async function requireConfiguration(db: Db, code: string): Promise<void> {
  if (await configurationExists(db, code)) return;
  const similar = (await configurationCodes(db))
    .toSorted((a, b) => editDistance(a, code) - editDistance(b, code))
    .slice(0, 3);
  throw new UseCaseError(
    `There is no configuration ${code}: boosta match configurations lists them` +
      (similar.length === 0 ? '.' : ` (${similar.join(', ')}, …).`),
  );
}
