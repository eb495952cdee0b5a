import { and, asc, eq, inArray } from 'drizzle-orm';
import { type Bundle, explode, type Holding, holdersOf, type Piece } from '../../domain/bundle';
import { groupBy } from '../../domain/group-by';
import type { Db } from '../database';
import { configuration, configurationItem, configurationPart } from '../schema';

/** What is in configurations: every version is written once, exploded into items, and never changed. */

export interface GivenConfiguration {
  readonly code: string;
  readonly name: string;
  /** What is put in directly. */
  readonly items: readonly Piece[];
  /** The configurations that it holds. */
  readonly bundles?: readonly Bundle[] | undefined;
}

export interface NewVersion {
  readonly code: string;
  readonly version: number;
}

/** Locks all configurations, so that two people cannot put them into each other. @returns the versions in force. */
export async function lockConfigurations(tx: Db): Promise<Map<string, { name: string; version: number }>> {
  const rows = await tx.select().from(configuration).orderBy(asc(configuration.code)).for('update');
  return new Map(rows.map(({ code, ...rest }) => [code, rest]));
}

/** What the versions in force hold of other configurations. */
export async function bundlesInForce(db: Db) {
  return db
    .select({
      holder: configurationPart.configuration,
      configuration: configurationPart.part,
      quantity: configurationPart.quantity,
    })
    .from(configurationPart)
    .innerJoin(
      configuration,
      and(
        eq(configuration.code, configurationPart.configuration),
        eq(configuration.version, configurationPart.version),
      ),
    )
    .orderBy(asc(configurationPart.configuration), asc(configurationPart.part));
}

/** The configurations in a configuration, in every version of it. */
export async function bundlesOf(db: Db, code: string) {
  return db
    .select({
      version: configurationPart.version,
      configuration: configurationPart.part,
      configurationVersion: configurationPart.partVersion,
      name: configuration.name,
      quantity: configurationPart.quantity,
    })
    .from(configurationPart)
    .innerJoin(configuration, eq(configuration.code, configurationPart.part))
    .where(eq(configurationPart.configuration, code))
    .orderBy(asc(configurationPart.part));
}

/** The configurations that hold one directly. */
export async function holdersInForce(db: Db, code: string): Promise<string[]> {
  const bundles = await bundlesInForce(db);
  return bundles.filter((bundle) => bundle.configuration === code).map(({ holder }) => holder);
}

/** Which configurations the versions in force hold. */
export async function holdingInForce(db: Db): Promise<Map<string, readonly string[]>> {
  const byHolder = groupBy(await bundlesInForce(db), (bundle) => bundle.holder);
  return new Map([...byHolder].map(([holder, bundles]) => [holder, bundles.map((b) => b.configuration)]));
}

/**
 * Adds a configuration, or a new version of it when its name or contents have changed. Those that hold it get
 * new versions, too, where that changes what they come to.
 *
 * @returns the new versions, its own first; none where nothing has changed.
 * @throws RangeError where it would hold nothing, which would silently be left out of the box, or hold what there is not.
 */
export async function saveConfiguration(tx: Db, given: GivenConfiguration): Promise<NewVersion[]> {
  const known = await lockConfigurations(tx);
  const own = await writeIfNew(tx, given, known);
  if (own === undefined) return [];
  const written = [own];
  const holds: Holding = await holdingInForce(tx);
  for (const code of holdersOf(given.code, holds)) {
    const name = known.get(code)?.name ?? '';
    const again = await writeIfNew(
      tx,
      { code, name, ...(await contentsOf(tx, code)) },
      await lockConfigurations(tx),
    );
    if (again !== undefined) written.push(again);
  }
  return written;
}

/** What is in the version of a configuration that is in force, as a person has put it in. */
export async function contentsOf(db: Db, code: string): Promise<{ items: Piece[]; bundles: Bundle[] }> {
  const pieces = await piecesInForce(db, [code]);
  const bundles = (await bundlesInForce(db)).filter(({ holder }) => holder === code);
  return {
    items: directly(pieces),
    bundles: bundles.map(({ configuration: held, quantity }) => ({ configuration: held, quantity })),
  };
}

/** Every configuration with what people have put into the version of it that is in force, by code. */
export async function contentsInForce(db: Db) {
  const rows = await db.select().from(configuration).orderBy(asc(configuration.code));
  const codes = rows.map(({ code }) => code);
  const pieces = groupBy(await piecesInForce(db, codes), (piece) => piece.configuration);
  const bundles = groupBy(await bundlesInForce(db), ({ holder }) => holder);
  return new Map(
    rows.map(({ code, name, version }) => [
      code,
      {
        name,
        version,
        items: directly(pieces.get(code) ?? []),
        bundles: (bundles.get(code) ?? []).map((held) => ({
          configuration: held.configuration,
          quantity: held.quantity,
        })),
      },
    ]),
  );
}

/** What was put in directly, without what comes from configurations. */
function directly(pieces: Awaited<ReturnType<typeof piecesInForce>>): Piece[] {
  return pieces
    .map(({ itemCode, quantity, inBundles }) => ({ itemCode, quantity: quantity - inBundles }))
    .filter(({ quantity }) => quantity > 0);
}

async function piecesInForce(db: Db, codes: readonly string[]) {
  if (codes.length === 0) return [];
  return db
    .select({
      configuration: configurationItem.configuration,
      itemCode: configurationItem.itemCode,
      quantity: configurationItem.quantity,
      inBundles: configurationItem.inBundles,
    })
    .from(configurationItem)
    .innerJoin(
      configuration,
      and(
        eq(configuration.code, configurationItem.configuration),
        eq(configuration.version, configurationItem.version),
      ),
    )
    .where(inArray(configurationItem.configuration, [...codes]));
}

/** @returns undefined where the version in force says the same. */
async function writeIfNew(
  tx: Db,
  { code, name, items, bundles = [] }: GivenConfiguration,
  known: ReadonlyMap<string, { name: string; version: number }>,
): Promise<NewVersion | undefined> {
  const held = groupBy(
    await piecesInForce(
      tx,
      bundles.map((bundle) => bundle.configuration),
    ),
    (piece) => piece.configuration,
  );
  const missing = bundles.find((bundle) => !held.has(bundle.configuration));
  if (missing !== undefined) throw new RangeError(`There is no configuration ${missing.configuration}`);
  const pieces = explode(items, bundles, (part) => held.get(part) ?? []);
  if (pieces.length === 0) throw new RangeError(`Configuration ${code} has no items`);
  const before = known.get(code);
  if (before?.name === name) {
    const [now, bundlesNow] = [await piecesInForce(tx, [code]), (await contentsOf(tx, code)).bundles];
    if (isSame(now, pieces) && isSameBundles(bundlesNow, bundles)) return undefined;
  }
  const version = (before?.version ?? 0) + 1;
  await tx
    .insert(configuration)
    .values({ code, name, version })
    .onDuplicateKeyUpdate({ set: { name, version } });
  await tx
    .insert(configurationItem)
    .values(pieces.map((piece) => ({ configuration: code, version, ...piece })));
  if (bundles.length > 0)
    await tx.insert(configurationPart).values(
      bundles.map(({ configuration: part, quantity }) => ({
        configuration: code,
        version,
        part,
        partVersion: known.get(part)?.version ?? 0,
        quantity,
      })),
    );
  return { code, version };
}

function isSame(a: readonly Piece[], b: readonly Piece[]): boolean {
  const quantities = new Map(a.map(({ itemCode, quantity }) => [itemCode, quantity]));
  return a.length === b.length && b.every((piece) => quantities.get(piece.itemCode) === piece.quantity);
}

function isSameBundles(a: readonly Bundle[], b: readonly Bundle[]): boolean {
  const quantities = new Map(a.map(({ configuration: part, quantity }) => [part, quantity]));
  return (
    a.length === b.length && b.every((bundle) => quantities.get(bundle.configuration) === bundle.quantity)
  );
}
