import { and, asc, desc, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { ResultSetHeader } from 'mysql2';
import type { Db } from '../database';
import {
  channelRule,
  configuration,
  configurationItem,
  item,
  lineMatch,
  match,
  matchVersion,
  order,
  orderLine,
} from '../schema';
import type { Command } from './audit';
import { driftPercent, isItsRule } from './channels';
import { unitPrice } from './deal-drift';
import { isBought, mayHaveGifts } from './gifts';
import { versionInForce } from './match-versions';
import { truth } from './truth';

/** Joins a line's deal with the decision that holds for it; nothing where nobody has decided it. */
const isInForce = and(
  eq(matchVersion.dealKey, orderLine.dealKey),
  eq(matchVersion.version, versionInForce()),
);

/** Each line that was bought with the configuration decided for it: for this line only, or by its deal's match. */
export async function decisionsFor(tx: Db, orderKey: string) {
  return decisionsForAll(tx, [orderKey]);
}

/** The same for the lines of several orders. */
export async function decisionsForAll(tx: Db, orderKeys: readonly string[]) {
  return tx
    .select({
      lineKey: orderLine.key,
      channel: order.channel,
      dealKey: orderLine.dealKey,
      deal: orderLine.deal,
      option: orderLine.option,
      units:
        sql<number>`${orderLine.quantity} - ${orderLine.cancelledQuantity} - ${orderLine.dispatchedQuantity}`.mapWith(
          Number,
        ),
      configuration: configuration.code,
      configurationVersion: configuration.version,
      matchVersion: sql<number | null>`if(${lineMatch.lineKey} is null, ${matchVersion.version}, null)`,
      /** A person has decided it for its order only. */
      onceFor: lineMatch.lineKey,
      unitPrice: unitPrice(),
      /** What a unit cost where its deal was decided. */
      priceFrom: matchVersion.priceFrom,
      priceTo: matchVersion.priceTo,
      driftPercent,
      /** Of the newest decision for its deal, which may hold for later orders only. */
      newestVersion: match.version,
      mayHaveGifts: mayHaveGifts.mapWith(truth),
    })
    .from(orderLine)
    .innerJoin(order, eq(order.key, orderLine.orderKey))
    .leftJoin(lineMatch, eq(lineMatch.lineKey, orderLine.key))
    .leftJoin(match, eq(match.dealKey, orderLine.dealKey))
    .leftJoin(matchVersion, isInForce)
    .leftJoin(channelRule, isItsRule)
    .leftJoin(
      configuration,
      eq(configuration.code, sql`coalesce(${lineMatch.configuration}, ${matchVersion.configuration})`),
    )
    .where(and(inArray(orderLine.orderKey, [...orderKeys]), isBought))
    .orderBy(asc(orderLine.key));
}

export type Decision = Awaited<ReturnType<typeof decisionsFor>>[number];

/**
 * Writes decisions and their versions into their lines: later ones do not change what these meant. The deals'
 * matches are shared until this is committed, so that whoever saves a newer decision finds the lines decided.
 *
 * @returns false where there is a newer decision than one of those that were read.
 */
export async function decideLines(tx: Db, decisions: readonly Decision[]): Promise<boolean> {
  const [done] = await tx.execute<ResultSetHeader>(sql`
    update ${decidedTable(decisions)}
    straight_join ${orderLine} on ${orderLine.key} = decided.line_key
    left join ${match} on ${match.dealKey} = ${orderLine.dealKey}
    set ${orderLine.configuration} = decided.configuration,
      ${orderLine.configurationVersion} = decided.configuration_version,
      ${orderLine.matchVersion} = decided.match_version
    where decided.match_version is null or ${match.version} = decided.newest_version`);
  // Nothing changes where a line says so already, of an earlier matching, or where there is a newer decision.
  if (done.affectedRows === decisions.length) return true;
  const byMatch = decisions.filter(({ matchVersion: version }) => version !== null);
  const keys = byMatch.map(({ lineKey }) => lineKey);
  if (keys.length === 0) return true;
  const rows = await tx
    .select({ lineKey: orderLine.key, version: match.version })
    .from(match)
    .innerJoin(orderLine, eq(orderLine.dealKey, match.dealKey))
    .where(inArray(orderLine.key, keys))
    .for('share');
  const newest = new Map(rows.map(({ lineKey, version }) => [lineKey, version]));
  return byMatch.every(({ lineKey, newestVersion }) => newest.get(lineKey) === newestVersion);
}

/** Decisions as a table: joined to it, lines are found by their primary key, and no others are locked. */
function decidedTable(decisions: readonly Decision[]): SQL {
  const rows = decisions.map(
    ({ lineKey, configuration: code, configurationVersion, matchVersion: version, newestVersion }) => ({
      lineKey,
      code,
      configurationVersion,
      version,
      newestVersion,
    }),
  );
  return sql`json_table(${JSON.stringify(rows)}, '$[*]' columns (
    line_key varchar(255) character set ascii collate ascii_bin path '$.lineKey',
    configuration varchar(60) character set ascii collate ascii_bin path '$.code',
    configuration_version int path '$.configurationVersion',
    match_version int path '$.version',
    newest_version int path '$.newestVersion')) as decided`;
}

export async function saveLineMatch(
  tx: Db,
  lineKey: string,
  configurationCode: string,
  { by, reason }: Command,
): Promise<void> {
  const decision = { configuration: configurationCode, madeBy: by, madeAt: sql`now(6)`, reason };
  await tx
    .insert(lineMatch)
    .values({ lineKey, ...decision })
    .onDuplicateKeyUpdate({ set: decision });
}

export async function configurationExists(db: Db, code: string): Promise<boolean> {
  const rows = await db
    .select({ code: configuration.code })
    .from(configuration)
    .where(eq(configuration.code, code));
  return rows.length > 0;
}

export async function itemExists(db: Db, code: string): Promise<boolean> {
  const rows = await db.select({ code: item.code }).from(item).where(eq(item.code, code));
  return rows.length > 0;
}

export async function configurationCodes(db: Db): Promise<string[]> {
  const rows = await db.select({ code: configuration.code }).from(configuration);
  return rows.map((row) => row.code);
}

/** Every configuration with the items of its newest version: a row for each item. */
export async function listConfigurations(db: Db) {
  return db
    .select({
      code: configuration.code,
      name: configuration.name,
      version: configuration.version,
      itemCode: item.code,
      itemName: item.name,
      quantity: configurationItem.quantity,
    })
    .from(configuration)
    .innerJoin(
      configurationItem,
      and(
        eq(configurationItem.configuration, configuration.code),
        eq(configurationItem.version, configuration.version),
      ),
    )
    .innerJoin(item, eq(item.code, configurationItem.itemCode))
    .orderBy(asc(configuration.code), asc(item.code));
}

/** Who decided the deals of these lines, by version; the decisions for one line only carry no version. */
export async function decisionsBehind(db: Db, dealKeys: readonly string[], lineKeys: readonly string[]) {
  const versions =
    dealKeys.length === 0
      ? []
      : await db
          .select()
          .from(matchVersion)
          .where(inArray(matchVersion.dealKey, [...dealKeys]));
  const once =
    lineKeys.length === 0
      ? []
      : await db
          .select()
          .from(lineMatch)
          .where(inArray(lineMatch.lineKey, [...lineKeys]));
  return { versions, once };
}

export async function listMatches(db: Db, limit: number) {
  return db
    .select()
    .from(match)
    .where(isNotNull(match.configuration))
    .orderBy(asc(match.channel), asc(match.deal))
    .limit(limit);
}

export async function saveItems(
  db: Db,
  items: readonly { code: string; name: string; referencePrice: bigint }[],
): Promise<void> {
  await db
    .insert(item)
    .values([...items])
    .onDuplicateKeyUpdate({ set: { name: sql`values(name)`, referencePrice: sql`values(reference_price)` } });
}

/** The matches that stand for a configuration, the newest decisions first. */
export async function matchesFor(db: Db, configurationCode: string, limit: number) {
  return db
    .select()
    .from(match)
    .where(eq(match.configuration, configurationCode))
    .orderBy(desc(match.madeAt))
    .limit(limit);
}
