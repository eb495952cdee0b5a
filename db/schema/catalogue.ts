import { index, int, mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core';
import { ascii, code, krw, lineKeyColumn, utc } from './columns';

/** 품목: what the warehouse stocks. */
export const item = mysqlTable('item', {
  code: code('code').primaryKey(),
  name: varchar('name', { length: 200 }).notNull(),
  /** A configuration's price is split over its items by these. */
  referencePrice: krw('reference_price').notNull(),
  /** Counts its edits: who edits says which one was seen. */
  version: int('version').notNull().default(1),
});

/** 판매 구성안: what we sell, a named set of items, and of other such sets. */
export const configuration = mysqlTable('configuration', {
  code: code('code').primaryKey(),
  name: varchar('name', { length: 200 }).notNull(),
  /** The version that new orders use; an order keeps the one it was matched with. */
  version: int('version').notNull(),
});

export const configurationItem = mysqlTable(
  'configuration_item',
  {
    configuration: code('configuration').notNull(),
    version: int('version').notNull(),
    itemCode: code('item_code').notNull(),
    quantity: int('quantity').notNull(),
    /** How many of them come from configurations in it; the rest are put in directly. */
    inBundles: int('in_bundles').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.configuration, t.version, t.itemCode] })],
);

/** A configuration in another: what it came to at this version is among the other's items. */
export const configurationPart = mysqlTable(
  'configuration_part',
  {
    configuration: code('configuration').notNull(),
    version: int('version').notNull(),
    part: code('part').notNull(),
    partVersion: int('part_version').notNull(),
    quantity: int('quantity').notNull(),
  },
  (t) => [primaryKey({ columns: [t.configuration, t.version, t.part] })],
);

const decision = () => ({
  configuration: code('configuration').notNull(),
  ...maker(),
});

const maker = () => ({
  madeBy: varchar('made_by', { length: 100 }).notNull(),
  madeAt: utc('made_at').notNull(),
  reason: varchar('reason', { length: 300 }).notNull(),
});

/**
 * 매칭: a deal's wording and its newest decision that nobody has undone; version 0 where there is none. Its row
 * is what whoever decides the deal locks, and whoever matches an order by it shares.
 */
export const match = mysqlTable(
  'deal_match',
  {
    dealKey: ascii('deal_key', { length: 64 }).primaryKey(),
    channel: code('channel').notNull(),
    deal: varchar('deal', { length: 500 }).notNull(),
    option: varchar('option_text', { length: 500 }).notNull(),
    version: int('version').notNull(),
    /** What it stands for; null: every decision was undone. */
    configuration: code('configuration'),
    ...maker(),
  },
  (t) => [
    index('deal_match_made').on(t.madeAt),
    index('deal_match_configuration').on(t.configuration, t.madeAt),
  ],
);

/** Every decision that was ever made, never changed but for its undoing. */
export const matchVersion = mysqlTable(
  'deal_match_version',
  {
    dealKey: ascii('deal_key', { length: 64 }).notNull(),
    version: int('version').notNull(),
    ...decision(),
    /** It holds for what was ordered from then on; null: whenever it was ordered. */
    holdsFrom: utc('holds_from'),
    /** What a unit cost in the orders that it was decided for; null: until the first order tells. */
    priceFrom: krw('price_from'),
    priceTo: krw('price_to'),
    undoneAt: utc('undone_at'),
    undoneBy: varchar('undone_by', { length: 100 }),
    undoneReason: varchar('undone_reason', { length: 300 }),
  },
  (t) => [primaryKey({ columns: [t.dealKey, t.version] })],
);

/** What a line stood for until a newer decision of its deal re-matched it: undoing that one gives it back. */
export const replacedMeaning = mysqlTable(
  'replaced_meaning',
  {
    lineKey: lineKeyColumn('line_key').notNull(),
    /** Of the newer decision. */
    replacedBy: int('replaced_by').notNull(),
    configuration: code('configuration').notNull(),
    configurationVersion: int('configuration_version').notNull(),
    matchVersion: int('match_version'),
  },
  (t) => [primaryKey({ columns: [t.lineKey, t.replacedBy] })],
);

/** A decision for one line of one order only. */
export const lineMatch = mysqlTable('line_match', {
  lineKey: lineKeyColumn('line_key').primaryKey(),
  ...decision(),
});

/** Who is at work on a deal that nobody has decided. */
export const dealClaim = mysqlTable('deal_claim', {
  dealKey: ascii('deal_key', { length: 64 }).primaryKey(),
  claimedBy: varchar('claimed_by', { length: 100 }).notNull(),
  claimedAt: utc('claimed_at').notNull(),
  /** Who has handed it over, and what for; null: it was taken up. */
  handedBy: varchar('handed_by', { length: 100 }),
  note: varchar('note', { length: 300 }),
});
