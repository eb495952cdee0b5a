import {
  boolean,
  index,
  int,
  mysqlEnum,
  mysqlTable,
  primaryKey,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/mysql-core';
import { BOUGHT_KINDS, GIFT_STATES, STACKINGS, WHEN_SHORT } from '../../domain/gift';
import { ascii, code, krw, lineKeyColumn, orderKeyColumn, rowId, utc } from './columns';

/** 사은품 규칙: its row is what whoever gives by it locks, or shares where it gives to all. */
export const giftRule = mysqlTable('gift_rule', {
  id: rowId('id').autoincrement().primaryKey(),
  version: int('version').notNull(),
  endedAt: utc('ended_at'),
  endedBy: varchar('ended_by', { length: 100 }),
  endedReason: varchar('ended_reason', { length: 300 }),
  /** To how many orders it has given, together with its `gift_count`: what was taken back is not among them. */
  given: int('given_orders').notNull().default(0),
});

/**
 * To how many orders a rule that gives to all has given since its last version: several rows a rule, so that those who
 * share it do not wait for one another to count.
 */
export const giftCount = mysqlTable(
  'gift_count',
  {
    ruleId: rowId('rule_id').notNull(),
    part: int('part').notNull(),
    given: int('given_orders').notNull(),
  },
  (t) => [primaryKey({ columns: [t.ruleId, t.part] })],
);

/** Every version of the rules, never changed. */
export const giftRuleVersion = mysqlTable(
  'gift_rule_version',
  {
    ruleId: rowId('rule_id').notNull(),
    version: int('version').notNull(),
    name: varchar('name', { length: 100 }).notNull(),
    priority: int('priority').notNull(),
    stacking: mysqlEnum('stacking', STACKINGS).notNull(),
    channel: code('channel').notNull(),
    bought: mysqlEnum('bought', BOUGHT_KINDS).notNull(),
    boughtCode: code('bought_code').notNull(),
    amountFrom: krw('amount_from').notNull(),
    quantityFrom: int('quantity_from').notNull(),
    dayFrom: ascii('day_from', { length: 10 }),
    dayTo: ascii('day_to', { length: 10 }),
    firstN: int('first_n'),
    oncePerReceiver: boolean('once_per_receiver').notNull(),
    configuration: code('configuration').notNull(),
    quantity: int('quantity').notNull(),
    whenShort: mysqlEnum('when_short', WHEN_SHORT).notNull(),
    madeBy: varchar('made_by', { length: 100 }).notNull(),
    madeAt: utc('made_at').notNull(),
    reason: varchar('reason', { length: 300 }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.ruleId, t.version] })],
);

/** What a rule gave to an order, as a line of it. */
export const gift = mysqlTable(
  'gift',
  {
    lineKey: lineKeyColumn('line_key').primaryKey(),
    orderKey: orderKeyColumn('order_key').notNull(),
    ruleId: rowId('rule_id').notNull(),
    ruleVersion: int('rule_version').notNull(),
    state: mysqlEnum('state', GIFT_STATES).notNull(),
    whenShort: mysqlEnum('when_short', WHEN_SHORT).notNull(),
    /** A keyed digest of who has it, where the rule gives once to each; null while nobody has. */
    receiver: ascii('receiver', { length: 64 }),
    changedAt: utc('changed_at').notNull(),
  },
  (t) => [
    index('gift_order').on(t.orderKey),
    index('gift_rule_state').on(t.ruleId, t.state, t.changedAt),
    // The database alone keeps a rule from giving twice to one receiver.
    uniqueIndex('gift_receiver').on(t.ruleId, t.receiver),
  ],
);
