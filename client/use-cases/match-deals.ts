import type { Db } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import { versionsOf } from '../../db/queries/deals';
import {
  configurationCodes,
  configurationExists,
  decisionsFor,
  findMatch,
  listMatches,
  ordersToRematch,
  saveLineMatch,
  saveMatch,
  unknownDeals,
} from '../../db/queries/matches';
import { linesOf, lockOrder } from '../../db/queries/orders';
import { inTransaction } from '../../db/transaction';
import type { Deal } from '../../domain/deal';
import type { Servers } from '../connect';
import { editDistance, requireOrder } from './find-order';
import { nudgeOrders } from './nudge-orders';
import { ChangedMeanwhile, UseCaseError } from './use-case-error';

/** Deals that nobody has decided with the orders that wait for them, and those that are known. */
export async function listDeals(db: Db, limit: number) {
  const [unknown, known] = await Promise.all([unknownDeals(db), listMatches(db, limit)]);
  return { unknown, known };
}

export interface Matched {
  readonly version: number;
  /** The configuration that was in force before. */
  readonly before: string | null;
  /** Orders of this deal that nobody had matched. */
  readonly orders: number;
  /** Those whose journey looks again now; the sweep sees to the others. */
  readonly rematched: number;
}

/**
 * Remembers what a deal stands for, and lets every order that waits for it look again.
 *
 * @param seen the version that it was decided on, 0: nobody had decided it; left out where that does not matter.
 * @throws UseCaseError; ChangedMeanwhile where another version is in force.
 */
export async function addMatch(
  { database, temporal }: Servers,
  deal: Deal,
  configuration: string,
  command: Command,
  seen?: number,
): Promise<Matched> {
  const { db } = database;
  await requireConfiguration(db, configuration);
  const before = (await findMatch(db, deal))?.configuration ?? null;
  const { dealKey, version } = await inTransaction(database, async (tx) => {
    const saved = await saveMatch(tx, deal, configuration, command);
    if (seen !== undefined && saved.version !== seen + 1) throw await decidedMeanwhile(tx, saved);
    const detail = { ...deal, configuration, version: saved.version, before };
    await recordAudit(tx, { ...command, action: 'match.save', subject: `deal/${saved.dealKey}`, detail });
    return saved;
  });
  // Read after the commit: an order that is being matched this moment has read the old decision, and
  // stands at `normalized` until it is parked.
  const keys = await ordersToRematch(db, dealKey);
  return { version, before, orders: keys.length, rematched: await nudgeOrders(temporal, keys) };
}

async function decidedMeanwhile(
  tx: Db,
  { dealKey, version }: { dealKey: string; version: number },
): Promise<ChangedMeanwhile> {
  const other = (await versionsOf(tx, dealKey)).find((decision) => decision.version === version - 1);
  return new ChangedMeanwhile(
    other === undefined
      ? 'Nobody has decided this deal: look at it again.'
      : `${other.madeBy} has decided this deal meanwhile: ${other.configuration} (version ${other.version}). Look at it again.`,
  );
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
    if (ifOpen) await requireOpen(tx, orderKey, line.key);
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
  const all = await linesOf(db, orderKey);
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

async function requireConfiguration(db: Db, code: string): Promise<void> {
  if (await configurationExists(db, code)) return;
  const similar = (await configurationCodes(db))
    .toSorted((a, b) => editDistance(a, code) - editDistance(b, code))
    .slice(0, 3);
  throw new UseCaseError(
    `There is no configuration ${code}: boosta match configurations lists them` +
      (similar.length === 0 ? '.' : ` (${similar.join(', ')}, …).`),
  );
}
