import type { Database, Db } from '../../db/database';
import { auditOf, type Command, recordAudit } from '../../db/queries/audit';
import {
  addItem,
  type CataloguePage,
  changeItem,
  configurationsWith,
  findConfiguration,
  findItem,
  type ItemRow,
  itemCodes,
  pageOfConfigurations,
  piecesOf,
} from '../../db/queries/catalogue';
import {
  bundlesOf,
  type GivenConfiguration,
  holdersInForce,
  holdingInForce,
  lockConfigurations,
  type NewVersion,
  saveConfiguration,
} from '../../db/queries/configurations';
import { matchesFor } from '../../db/queries/matches';
import { inTransaction } from '../../db/transaction';
import { cycleThrough } from '../../domain/bundle';
import { groupBy } from '../../domain/group-by';
import { ChangedMeanwhile, NotFound, UseCaseError } from './use-case-error';

const MATCHES_SHOWN = 100;

/** An item, who changed it, and the configurations that hold it. @throws NotFound. */
export async function showItem(db: Db, code: string) {
  const item = await findItem(db, code);
  if (item === undefined) throw new NotFound(`There is no item ${code}.`);
  const [history, configurations] = await Promise.all([
    auditOf(db, `item/${code}`),
    configurationsWith(db, code),
  ]);
  return { ...item, configurations, history: history.map(editOf).toReversed() };
}

/**
 * Adds an item (`version` 0) or changes the one that was seen at this version.
 *
 * @throws ChangedMeanwhile, NotFound.
 */
export async function setItem(database: Database, given: ItemRow, command: Command): Promise<number> {
  return inTransaction(database, (tx) => writeItem(tx, given, command));
}

/** {@link setItem}, within a transaction. */
export async function writeItem(tx: Db, given: ItemRow, command: Command): Promise<number> {
  const { code, name, referencePrice, version } = given;
  const isSaved =
    version === 0 ? await addItem(tx, { code, name, referencePrice }) : await changeItem(tx, given);
  const now = await findItem(tx, code);
  if (now === undefined) throw new NotFound(`There is no item ${code}.`);
  if (!isSaved) throw changed(`item ${code}`, now.version);
  const detail = { version: now.version, name, referencePrice: referencePrice.toString() };
  await recordAudit(tx, { ...command, action: 'item.set', subject: `item/${code}`, detail });
  return now.version;
}

/** A part of the configurations with the items of their newest versions. */
export async function listConfigurations(db: Db, page: CataloguePage) {
  const rows = await pageOfConfigurations(db, page);
  const pieces = groupBy(
    await piecesOf(
      db,
      rows.map(({ code }) => code),
    ),
    (piece) => `${piece.configuration}@${piece.version}`,
  );
  return rows.map((row) => ({ ...row, items: pieces.get(`${row.code}@${row.version}`) ?? [] }));
}

/** A configuration with all its versions, who made them, and the matches that stand for it. @throws NotFound. */
export async function showConfiguration(db: Db, code: string) {
  const configuration = await findConfiguration(db, code);
  if (configuration === undefined) throw new NotFound(`There is no configuration ${code}.`);
  const [pieces, bundles, holders, history, matches] = await Promise.all([
    piecesOf(db, [code]),
    bundlesOf(db, code),
    holdersInForce(db, code),
    auditOf(db, `configuration/${code}`),
    matchesFor(db, code, MATCHES_SHOWN),
  ]);
  const edits = new Map(history.map((event) => [event.detail?.['version'], editOf(event)]));
  const versions = [...groupBy(pieces, (piece) => piece.version)].map(([version, items]) => ({
    version,
    items,
    bundles: bundles.filter((bundle) => bundle.version === version),
    edit: edits.get(version) ?? null,
  }));
  return { ...configuration, matches, versions, holders };
}

function editOf({ at, actor, reason }: Awaited<ReturnType<typeof auditOf>>[number]) {
  return { at, by: actor, reason: reason ?? '' };
}

export interface NewConfiguration extends GivenConfiguration {
  /** The one that was seen; 0: there was none. */
  readonly version: number;
}

/** Pieces of one item in one unit of a configuration. */
const MOST_PIECES = 99_999;

/**
 * Adds a configuration or a new version of it. Those that hold it get new versions with it; orders that are matched
 * keep the version they were matched with.
 *
 * @returns the version in force then.
 * @throws ChangedMeanwhile, NotFound, UseCaseError.
 */
export async function setConfiguration(
  database: Database,
  given: NewConfiguration,
  command: Command,
): Promise<number> {
  return inTransaction(database, (tx) => writeConfiguration(tx, given, command));
}

/** {@link setConfiguration}, within a transaction. */
export async function writeConfiguration(
  tx: Db,
  { version, ...given }: NewConfiguration,
  command: Command,
): Promise<number> {
  await requireItems(tx, given.items);
  const known = await lockConfigurations(tx);
  const there = known.get(given.code)?.version ?? 0;
  if (there === 0 && version > 0) throw new NotFound(`There is no configuration ${given.code}.`);
  if (there !== version) throw changed(`configuration ${given.code}`, there);
  await requireBundles(tx, given, known);
  const written = await saveConfiguration(tx, given);
  await requireFewPieces(tx, written);
  for (const { code, version: saved } of written) {
    const isOwn = code === given.code;
    const detail = isOwn ? { ...given, version: saved } : { version: saved, because: given.code };
    await recordAudit(tx, {
      ...command,
      action: 'configuration.set',
      subject: `configuration/${code}`,
      detail,
    });
  }
  return written[0]?.version ?? there;
}

async function requireItems(db: Db, items: NewConfiguration['items']): Promise<void> {
  const known = new Set(await itemCodes(db));
  const unknown = items.filter(({ itemCode }) => !known.has(itemCode)).map(({ itemCode }) => itemCode);
  if (unknown.length > 0) throw new UseCaseError(`There is no item ${unknown.join(', ')}.`);
  if (new Set(items.map(({ itemCode }) => itemCode)).size < items.length)
    throw new UseCaseError('An item is named twice: give it once, with all its pieces.');
}

async function requireBundles(
  tx: Db,
  { code, items, bundles = [] }: GivenConfiguration,
  known: ReadonlyMap<string, unknown>,
): Promise<void> {
  const parts = bundles.map(({ configuration }) => configuration);
  if (items.length + parts.length === 0)
    throw new UseCaseError(`${code} would hold nothing: put something in.`);
  const unknown = parts.filter((part) => part !== code && !known.has(part));
  if (unknown.length > 0) throw new UseCaseError(`There is no configuration ${unknown.join(', ')}.`);
  if (new Set(parts).size < parts.length)
    throw new UseCaseError('A configuration is named twice: give it once, with how many of it.');
  const cycle = cycleThrough(code, new Map([...(await holdingInForce(tx)), [code, parts]]));
  if (cycle !== undefined)
    throw new UseCaseError(`${code} would hold itself: ${cycle.join(' → ')}. Take one of them out.`);
}

/** Sets of sets multiply: what nobody could mean is refused before it is sent. */
async function requireFewPieces(tx: Db, written: readonly NewVersion[]): Promise<void> {
  const versions = new Map(written.map(({ code, version }) => [code, version]));
  const pieces = await piecesOf(tx, [...versions.keys()]);
  const most = pieces.find((p) => p.version === versions.get(p.configuration) && p.quantity > MOST_PIECES);
  if (most === undefined) return;
  const { configuration, quantity, itemCode } = most;
  throw new UseCaseError(
    `One ${configuration} would be ${quantity} pieces of ${itemCode}: ${MOST_PIECES} at most.`,
  );
}

function changed(what: string, version: number): ChangedMeanwhile {
  return new ChangedMeanwhile(
    `Somebody else has changed ${what} meanwhile (version ${version} now): look at it again.`,
  );
}
