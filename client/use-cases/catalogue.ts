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
  lockConfiguration,
  pageOfConfigurations,
  piecesOf,
} from '../../db/queries/catalogue';
import { matchesFor, saveConfiguration } from '../../db/queries/matches';
import { inTransaction } from '../../db/transaction';
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
  const { code, name, referencePrice, version } = given;
  await inTransaction(database, async (tx) => {
    const isSaved =
      version === 0 ? await addItem(tx, { code, name, referencePrice }) : await changeItem(tx, given);
    const now = await findItem(tx, code);
    if (now === undefined) throw new NotFound(`There is no item ${code}.`);
    if (!isSaved) throw changed(`item ${code}`, now.version);
    const detail = { version: now.version, name, referencePrice: referencePrice.toString() };
    await recordAudit(tx, { ...command, action: 'item.set', subject: `item/${code}`, detail });
  });
  return version + 1;
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
  const [pieces, history, matches] = await Promise.all([
    piecesOf(db, [code]),
    auditOf(db, `configuration/${code}`),
    matchesFor(db, code, MATCHES_SHOWN),
  ]);
  const edits = new Map(history.map((event) => [event.detail?.['version'], editOf(event)]));
  const versions = [...groupBy(pieces, (piece) => piece.version)].map(([version, items]) => ({
    version,
    items,
    edit: edits.get(version) ?? null,
  }));
  return { ...configuration, matches, versions };
}

function editOf({ at, actor, reason }: Awaited<ReturnType<typeof auditOf>>[number]) {
  return { at, by: actor, reason: reason ?? '' };
}

export interface NewConfiguration {
  readonly code: string;
  readonly name: string;
  readonly items: readonly { readonly itemCode: string; readonly quantity: number }[];
  /** The one that was seen; 0: there was none. */
  readonly version: number;
}

/**
 * Adds a configuration or a new version of it. Orders that are matched keep the version they were matched with.
 *
 * @returns the version in force then.
 * @throws ChangedMeanwhile, NotFound, UseCaseError.
 */
export async function setConfiguration(
  database: Database,
  { version, ...given }: NewConfiguration,
  command: Command,
): Promise<number> {
  await requireItems(database.db, given.items);
  return inTransaction(database, async (tx) => {
    const there = await lockConfiguration(tx, given.code);
    if (there === 0 && version > 0) throw new NotFound(`There is no configuration ${given.code}.`);
    if (there !== version) throw changed(`configuration ${given.code}`, there);
    await saveConfiguration(tx, given);
    const saved = await lockConfiguration(tx, given.code);
    if (saved === there) return saved;
    const detail = { version: saved, name: given.name, items: given.items };
    const subject = `configuration/${given.code}`;
    await recordAudit(tx, { ...command, action: 'configuration.set', subject, detail });
    return saved;
  });
}

async function requireItems(db: Db, items: NewConfiguration['items']): Promise<void> {
  const known = new Set(await itemCodes(db));
  const unknown = items.filter(({ itemCode }) => !known.has(itemCode)).map(({ itemCode }) => itemCode);
  if (unknown.length > 0) throw new UseCaseError(`There is no item ${unknown.join(', ')}.`);
  if (new Set(items.map(({ itemCode }) => itemCode)).size < items.length)
    throw new UseCaseError('An item is named twice: give it once, with all its pieces.');
}

function changed(what: string, version: number): ChangedMeanwhile {
  return new ChangedMeanwhile(
    `Somebody else has changed ${what} meanwhile (version ${version} now): look at it again.`,
  );
}
