import type { Db } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import { insertBulkJob } from '../../db/queries/bulk';
import { findConfiguration } from '../../db/queries/catalogue';
import { dropClaim } from '../../db/queries/deal-claims';
import { pricesWaitingFor } from '../../db/queries/deal-drift';
import { type FoundDealOrder, ordersOfDeal } from '../../db/queries/deal-orders';
import {
  addVersion,
  findMatch,
  lockMatch,
  nextVersion,
  undoMatch,
  versionsOf,
} from '../../db/queries/match-versions';
import { inTransaction } from '../../db/transaction';
import { type Deal, dealKey } from '../../domain/deal';
import { type DealChange, FATES, type Fate, fateOf, isChanged, type Meaning } from '../../domain/deal-change';
import type { Prices } from '../../domain/deal-price';
import { type GiftChange, sumGifts } from '../../domain/gift-books';
import type { Servers } from '../connect';
import { driveBulk } from './bulk-orders';
import { changeOfDeal } from './changed-deals';
import { requireUnclaimed } from './claim-deals';
import { foreseeGifts } from './foresee-gifts';
import { requireConfiguration } from './match-deals';
import { ChangedMeanwhile, UseCaseError } from './use-case-error';

/** What a deal is to stand for. */
export interface Decision {
  readonly configuration: string;
  /** For what was ordered from then on; left out: whenever it was ordered. */
  readonly holdsFrom?: Date | undefined;
  /** What a unit costs in the orders that were seen; left out: in those that wait. */
  readonly prices?: Prices | undefined;
}

/** What a decision does to the orders of its deal. */
export interface Effect {
  readonly counts: Readonly<Record<Fate, number>>;
  /** The newest of each fate. */
  readonly orders: {
    readonly orderKey: string;
    readonly orderedAt: Date;
    readonly fate: Fate;
    /** What changes of what it is given; nothing for most. */
    readonly gifts: GiftChange[];
  }[];
  /** To how many orders each rule gives more, and of how many what it gave is taken back. */
  readonly gifts: ReturnType<typeof sumGifts>;
}

export interface Decided {
  /** The decision that is in force now; 0: none. */
  readonly version: number;
  /** The configuration that was in force before. */
  readonly before: string | null;
  readonly counts: Effect['counts'];
  /** Under which the orders are worked off; null where there are none. */
  readonly jobId: number | null;
}

const SHOWN_OF_EACH = 100;
/** As long as the rows of a very popular deal may take on a slow disk. */
const STORE_TIMEOUT_MS = 120_000;

/** What saving a decision would do now; nothing is changed. @throws UseCaseError. */
export async function previewDecision(
  db: Db,
  deal: Deal,
  { configuration, holdsFrom }: Decision,
): Promise<Effect> {
  await requireConfiguration(db, configuration);
  const key = dealKey(deal);
  const configurationVersion = (await findConfiguration(db, configuration))?.version ?? 0;
  const change: DealChange = { kind: 'save', version: await nextVersion(db, key) };
  const decision: Meaning = { configuration, configurationVersion, matchVersion: change.version };
  const found = await ordersOfDeal(db, key, change);
  const asSaved = found.map((order) =>
    holdsFrom !== undefined && order.orderedAt < holdsFrom
      ? order
      : { ...order, lines: order.lines.map((line) => ({ ...line, inForce: decision })) },
  );
  return effectOf(db, change, asSaved);
}

/**
 * Remembers what a deal stands for. Its orders follow in the background: those that wait go on, those that are
 * matched and not sent are matched anew.
 *
 * @param seen the version that it was decided on, 0: nobody had decided it; left out where that does not matter.
 * @throws UseCaseError; ChangedMeanwhile where another version is in force.
 */
export async function addMatch(
  servers: Servers,
  deal: Deal,
  decision: Decision,
  command: Command,
  seen?: number,
): Promise<Decided> {
  await requireConfiguration(servers.database.db, decision.configuration);
  return decide(servers, (tx) => writeDecision(tx, deal, decision, command, { seen }));
}

/**
 * Says that a deal stands for what it stood for before the channel changed its wording or its price. That is a
 * decision as any other: a version with who and why, which can be undone.
 *
 * @throws UseCaseError where nothing has changed; ChangedMeanwhile where another version is in force.
 */
export async function confirmDeal(
  servers: Servers,
  deal: Deal,
  prices: Prices | undefined,
  command: Command,
  seen?: number,
): Promise<Decided> {
  const changed = await changeOfDeal(servers.database.db, deal);
  if (changed === null)
    throw new UseCaseError('The channel has changed nothing of this deal for which an order waits.');
  const decision = { configuration: changed.configuration, prices };
  const terms = { seen, action: 'match.confirm' };
  return decide(servers, (tx) => writeDecision(tx, deal, decision, command, terms));
}

/**
 * Writes a decision, with the job that carries it out, which is to be driven once the transaction is committed.
 *
 * @throws UseCaseError, ChangedMeanwhile.
 */
export async function writeDecision(
  tx: Db,
  deal: Deal,
  { configuration, holdsFrom, prices: given }: Decision,
  command: Command,
  { seen, action = 'match.save' }: { readonly seen?: number | undefined; readonly action?: string } = {},
): Promise<Decided> {
  const { version: known, configuration: before, dealKey: key } = await lockMatch(tx, deal, command);
  await requireUnclaimed(tx, key, command.by);
  if (seen !== undefined && known !== seen) throw await decidedMeanwhile(tx, key);
  const terms = { holdsFrom: holdsFrom ?? null, prices: given ?? (await pricesWaitingFor(tx, key)) };
  const { version, prices } = await addVersion(tx, key, configuration, command, terms);
  const detail = {
    ...deal,
    configuration,
    version,
    before,
    holdsFrom: holdsFrom?.toISOString() ?? null,
    prices: prices && `${prices.from}–${prices.to}`,
  };
  await recordAudit(tx, { ...command, action, subject: `deal/${key}`, detail });
  await dropClaim(tx, key);
  return { ...(await storeJob(tx, key, { kind: 'save', version }, command)), version, before };
}

/** What undoing the newest decision for a deal would do now; nothing is changed. @throws UseCaseError. */
export async function previewUndo(db: Db, deal: Deal): Promise<Effect & { version: number }> {
  const key = dealKey(deal);
  const version = (await findMatch(db, key))?.version ?? 0;
  if (version === 0) throw nothingToUndo();
  const change: DealChange = { kind: 'undo', version };
  return { ...(await effectOf(db, change, await ordersOfDeal(db, key, change))), version };
}

/**
 * Takes back the newest decision for a deal. What it has changed and is not sent stands for what it stood for
 * before; the rest stays as it is.
 *
 * @param seen the version that is to be undone; left out: whichever is in force.
 * @throws UseCaseError; ChangedMeanwhile where another version is in force.
 */
export async function undoDecision(
  servers: Servers,
  deal: Deal,
  command: Command,
  seen?: number,
): Promise<Decided> {
  return decide(servers, async (tx) => {
    const { version, configuration: before, dealKey: key } = await lockMatch(tx, deal, command);
    await requireUnclaimed(tx, key, command.by);
    if (version === 0) throw nothingToUndo();
    if (seen !== undefined && version !== seen) throw await decidedMeanwhile(tx, key);
    await undoMatch(tx, key, version, command);
    const now = await findMatch(tx, key);
    const detail = { ...deal, version, before, configuration: now?.configuration ?? null };
    await recordAudit(tx, { ...command, action: 'match.undo', subject: `deal/${key}`, detail });
    const stored = await storeJob(tx, key, { kind: 'undo', version }, command);
    return { ...stored, version: now?.version ?? 0, before };
  });
}

async function decide(servers: Servers, work: (tx: Db) => Promise<Decided>): Promise<Decided> {
  const decided = await inTransaction(servers.database, work, { timeoutMs: STORE_TIMEOUT_MS });
  if (decided.jobId !== null) await driveBulk(servers, decided.jobId);
  return decided;
}

/** The job stands with the decision itself, so that no order of it is forgotten. */
async function storeJob(tx: Db, key: string, change: DealChange, command: Command) {
  const fates = fatesOf(change, await ordersOfDeal(tx, key, change));
  const changed = fates.filter(({ fate }) => isChanged(fate)).map(({ orderKey }) => orderKey);
  const work = change.kind === 'save' ? 'save-match' : 'undo-match';
  const decision = { dealKey: key, version: change.version };
  const jobId = changed.length === 0 ? null : await insertBulkJob(tx, work, command, changed, decision);
  return { counts: countsOf(fates), jobId };
}

interface Fated extends Omit<Effect['orders'][number], 'gifts'> {}

function fatesOf(change: DealChange, found: readonly FoundDealOrder[]): Fated[] {
  return found.flatMap((order) => {
    const fate = fateOf(change, order);
    return fate === undefined ? [] : [{ orderKey: order.key, orderedAt: order.orderedAt, fate }];
  });
}

const withFate = (fates: readonly Fated[], fate: Fate) => fates.filter((order) => order.fate === fate);

function countsOf(fates: readonly Fated[]): Effect['counts'] {
  const counts = FATES.map((fate) => [fate, withFate(fates, fate).length]);
  return Object.fromEntries(counts) as Record<Fate, number>;
}

async function effectOf(db: Db, change: DealChange, found: readonly FoundDealOrder[]): Promise<Effect> {
  const fates = fatesOf(change, found);
  const gifts = await foreseeGifts(db, change, found);
  const shown = FATES.flatMap((fate) => withFate(fates, fate).toReversed().slice(0, SHOWN_OF_EACH));
  return {
    counts: countsOf(fates),
    orders: shown.map((order) => ({ ...order, gifts: gifts.get(order.orderKey) ?? [] })),
    gifts: sumGifts([...gifts.values()].flat()),
  };
}

function nothingToUndo(): UseCaseError {
  return new UseCaseError('Nobody has decided this deal, or every decision for it is undone.');
}

async function decidedMeanwhile(tx: Db, key: string): Promise<ChangedMeanwhile> {
  const [newest] = await versionsOf(tx, key);
  if (newest === undefined) return new ChangedMeanwhile('Nobody has decided this deal: look at it again.');
  const { madeBy, configuration, version, undoneBy } = newest;
  return new ChangedMeanwhile(
    undoneBy === null
      ? `${madeBy} has decided this deal meanwhile: ${configuration} (version ${version}). Look at it again.`
      : `${undoneBy} has undone version ${version} of this deal meanwhile: look at it again.`,
  );
}
