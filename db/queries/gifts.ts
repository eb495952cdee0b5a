import { and, asc, eq, gt, gte, inArray, isNotNull, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm';
import type { BoughtLine, GiftOrder, GiftRule } from '../../domain/gift';
import { groupBy } from '../../domain/group-by';
import type { Recipient } from '../../domain/order';
import { lineKey } from '../../domain/order-key';
import { amountOfUnits } from '../../domain/sale';
import { seoulDay } from '../../domain/seoul';
import type { Db } from '../database';
import {
  configuration,
  configurationItem,
  dispatchLine,
  gift,
  giftCount,
  giftRule,
  giftRuleVersion,
  order,
  orderLine,
  recipient,
} from '../schema';
import { isInLine } from './line-items';
import { truth } from './truth';

/** Whether any rule might give to an order, or has: read along with something else, it costs no statement of its own. */
export const mayHaveGifts: SQL<boolean> = sql<boolean>`
  exists (select 1 from ${giftRule} where ${giftRule.endedAt} is null)
  or exists (select 1 from ${gift} where ${gift.orderKey} = ${order.key})`;

/** What was bought, as against what was given. */
export const isBought = isNull(orderLine.giftRule);

/** An order as the rules see it, and whom it goes to. */
export interface FoundGiftOrder extends GiftOrder {
  readonly key: string;
  /** Nobody has decided what some of it stands for. */
  readonly isUndecided: boolean;
  /** All that is wanted of it, {@link lines} and what nobody has decided. */
  readonly wanted: readonly WantedLine[];
  /** Undefined: erased. */
  readonly recipient: Recipient | undefined;
}

/** A bought line; null: nobody has decided what it stands for. */
export interface WantedLine extends Omit<BoughtLine, 'configuration'> {
  readonly lineKey: string;
  readonly configuration: string | null;
}

/** Of lines, those that are decided. */
export function decidedOf(wanted: readonly WantedLine[]): BoughtLine[] {
  return wanted.flatMap(({ configuration: code, units, amount, pieces }) =>
    code === null ? [] : [{ configuration: code, units, amount, pieces }],
  );
}

/** Orders by what their lines stand for, as they are written, in the order of these keys. */
export async function giftOrders(db: Db, keys: readonly string[]): Promise<FoundGiftOrder[]> {
  if (keys.length === 0) return [];
  const rows = await db
    .select({
      key: order.key,
      channel: order.channel,
      orderedAt: order.orderedAt,
      recipient,
      lineKey: orderLine.key,
      configuration: orderLine.configuration,
      quantity: orderLine.quantity,
      units: sql<number>`${orderLine.quantity} - ${orderLine.cancelledQuantity}`.mapWith(Number),
      amount: orderLine.amount,
      discount: orderLine.discount,
      itemCode: configurationItem.itemCode,
      pieces: configurationItem.quantity,
    })
    .from(order)
    .innerJoin(orderLine, eq(orderLine.orderKey, order.key))
    .leftJoin(configurationItem, isInLine)
    .leftJoin(recipient, eq(recipient.orderKey, order.key))
    .where(and(inArray(order.key, [...keys]), isBought, gt(orderLine.quantity, orderLine.cancelledQuantity)))
    .orderBy(asc(orderLine.key), asc(configurationItem.itemCode));
  const byOrder = groupBy(rows, ({ key }) => key);
  return keys.flatMap((key) => {
    const found = byOrder.get(key) ?? [];
    const [first] = found;
    if (first === undefined) return [];
    const wanted = [...groupBy(found, (row) => row.lineKey).values()].flatMap(wantedLine);
    return [
      {
        key,
        channel: first.channel,
        day: seoulDay(first.orderedAt),
        recipient: first.recipient ?? undefined,
        isUndecided: wanted.some((line) => line.configuration === null),
        wanted,
        lines: decidedOf(wanted),
      },
    ];
  });
}

function wantedLine(
  rows: readonly {
    lineKey: string;
    configuration: string | null;
    quantity: number;
    units: number;
    amount: bigint;
    discount: bigint;
    itemCode: string | null;
    pieces: number | null;
  }[],
): WantedLine[] {
  const [line] = rows;
  if (line === undefined) return [];
  const { lineKey: key, units } = line;
  return [
    {
      lineKey: key,
      configuration: line.configuration,
      units,
      amount: amountOfUnits(line.amount - line.discount, line.quantity, 0, units),
      pieces: rows.flatMap(({ itemCode, pieces }) =>
        itemCode === null || pieces === null ? [] : [{ itemCode, quantity: pieces }],
      ),
    },
  ];
}

/** The gifts of an order; `isFree`: in no dispatch, so that nothing keeps it from being taken back. */
export async function giftsOf(db: Db, orderKey: string) {
  return db
    .select({
      ruleId: gift.ruleId,
      version: gift.ruleVersion,
      name: giftRuleVersion.name,
      firstN: giftRuleVersion.firstN,
      oncePerReceiver: giftRuleVersion.oncePerReceiver,
      state: gift.state,
      changedAt: gift.changedAt,
      lineKey: gift.lineKey,
      configuration: orderLine.configuration,
      quantity: orderLine.quantity,
      isFree: sql<boolean>`${orderLine.dispatchedQuantity} = 0`.mapWith(truth),
    })
    .from(gift)
    .innerJoin(orderLine, eq(orderLine.key, gift.lineKey))
    .innerJoin(
      giftRuleVersion,
      and(eq(giftRuleVersion.ruleId, gift.ruleId), eq(giftRuleVersion.version, gift.ruleVersion)),
    )
    .where(eq(gift.orderKey, orderKey))
    .orderBy(asc(gift.ruleId));
}

/** Which of these rules, whose rows are locked, have given to another order of a receiver. */
export async function rulesThatGaveTo(
  tx: Db,
  receiver: string,
  ruleIds: readonly number[],
  except: string,
): Promise<Set<number>> {
  if (ruleIds.length === 0) return new Set();
  const rows = await tx
    .select({ ruleId: gift.ruleId })
    .from(gift, { forceIndex: 'gift_receiver' })
    .where(and(inArray(gift.ruleId, [...ruleIds]), eq(gift.receiver, receiver), ne(gift.orderKey, except)))
    .for('share');
  return new Set(rows.map(({ ruleId }) => ruleId));
}

/** What these orders have now, of which rule, and who has it. */
export async function giftsHeldBy(db: Db, orderKeys: readonly string[]) {
  return holdersWhere(db, inArray(gift.orderKey, [...orderKeys]));
}

/** What these receivers have of rules that give once to each. */
export async function giftsHeldByReceivers(db: Db, ruleIds: readonly number[], receivers: readonly string[]) {
  if (ruleIds.length === 0 || receivers.length === 0) return [];
  return holdersWhere(db, and(inArray(gift.ruleId, [...ruleIds]), inArray(gift.receiver, [...receivers])));
}

async function holdersWhere(db: Db, which: SQL | undefined) {
  return db
    .select({
      orderKey: gift.orderKey,
      ruleId: gift.ruleId,
      receiver: gift.receiver,
      name: giftRuleVersion.name,
      configuration: giftRuleVersion.configuration,
      quantity: giftRuleVersion.quantity,
    })
    .from(gift)
    .innerJoin(
      giftRuleVersion,
      and(eq(giftRuleVersion.ruleId, gift.ruleId), eq(giftRuleVersion.version, gift.ruleVersion)),
    )
    .where(and(eq(gift.state, 'given'), which))
    .orderBy(asc(gift.ruleId));
}

/** To how many orders each limited rule has given. */
export async function countsOfRules(db: Db, ruleIds: readonly number[]): Promise<Map<number, number>> {
  if (ruleIds.length === 0) return new Map();
  const rows = await db
    .select({ id: giftRule.id, given: giftRule.given })
    .from(giftRule)
    .where(inArray(giftRule.id, [...ruleIds]));
  return new Map(rows.map(({ id, given }) => [id, given]));
}

/** A unit of an order that is put into a dispatch. */
export interface GivenLine {
  readonly lineKey: string;
  readonly quantity: number;
}

/**
 * Writes down what a rule whose row is locked gives to an order: as a line of it that costs nothing, told of by the
 * record that its first wanted line came with, so that a parcel with nothing but gifts is told to the channel, too.
 */
export async function writeGift(
  tx: Db,
  orderKey: string,
  rule: GiftRule,
  receiver: string | null,
): Promise<GivenLine> {
  const { id, version, name, configuration: code, quantity, whenShort } = rule;
  const lineNumber = `gift:${id}`;
  const key = lineKey(orderKey, lineNumber);
  await tx.execute(sql`
    insert into ${orderLine} (line_key, order_key, line_number, connection_id, record_id, deal, option_text, deal_key,
      quantity, cancelled_quantity, amount, discount, configuration, configuration_version, gift_rule)
    select ${key}, ${orderKey}, ${lineNumber}, bought.connection_id, bought.record_id, ${name}, '', '',
      ${quantity}, 0, 0, 0, ${configuration.code}, ${configuration.version}, ${id}
    from ${orderLine} bought join ${configuration} on ${configuration.code} = ${code}
    where bought.order_key = ${orderKey} and bought.gift_rule is null
    order by ${TELLS_FIRST} limit 1
    on duplicate key update connection_id = values(connection_id), record_id = values(record_id), deal = values(deal), quantity = values(quantity), cancelled_quantity = 0,
      configuration = values(configuration), configuration_version = values(configuration_version)`);
  const told = {
    ruleVersion: version,
    state: 'given',
    whenShort,
    receiver,
    changedAt: sql`now(6)`,
  } as const;
  await tx
    .insert(gift)
    .values({ lineKey: key, orderKey, ruleId: id, ...told })
    .onDuplicateKeyUpdate({ set: told });
  return { lineKey: key, quantity };
}

/** Of the lines that were `bought`, the first that is still wanted tells of what was given, too. */
const TELLS_FIRST = sql`bought.cancelled_quantity >= bought.quantity, bought.line_key`;

/** Where another source tells of an order by now, its gifts are told to that one, too. */
export async function retellGifts(tx: Db, orderKey: string): Promise<void> {
  await tx.execute(sql`
    update ${orderLine} join (
      select bought.connection_id, bought.record_id from ${orderLine} bought
      where bought.order_key = ${orderKey} and bought.gift_rule is null order by ${TELLS_FIRST} limit 1
    ) teller
    set ${orderLine.connectionId} = teller.connection_id, ${orderLine.recordId} = teller.record_id
    where ${orderLine.orderKey} = ${orderKey} and ${orderLine.giftRule} is not null`);
}

/** In how many rows at most those who share a rule count. */
const PARTS = 16;

/** Rules whose rows are shared have given to one order more; several that do so at once seldom meet. */
export async function countShared(tx: Db, ruleIds: readonly number[]): Promise<void> {
  if (ruleIds.length === 0) return;
  const part = sql`connection_id() % ${PARTS}`;
  await tx
    .insert(giftCount)
    // One order for all, so that those who do meet wait for one another, and never in a circle.
    .values(ruleIds.toSorted((a, b) => a - b).map((ruleId) => ({ ruleId, part, given: 1 })))
    .onDuplicateKeyUpdate({ set: { given: sql`${giftCount.given} + 1` } });
}

/** A rule whose row is locked has given to so many orders more. */
export async function countGiven(tx: Db, ruleId: number, orders: 1 | -1): Promise<void> {
  await tx
    .update(giftRule)
    .set({ given: sql`${giftRule.given} + ${orders}` })
    .where(eq(giftRule.id, ruleId));
}

/** Takes gifts out of the box that are in no dispatch any more. */
export async function withdrawGifts(
  tx: Db,
  lineKeys: readonly string[],
  state: 'taken_back' | 'left_out',
): Promise<void> {
  if (lineKeys.length === 0) return;
  await tx
    .update(gift)
    .set({ state, receiver: null, changedAt: sql`now(6)` })
    .where(inArray(gift.lineKey, [...lineKeys]));
  await tx
    .update(orderLine)
    .set({ cancelledQuantity: sql`${orderLine.quantity}` })
    .where(inArray(orderLine.key, [...lineKeys]));
}

/** Takes a gift out of a dispatch that nobody has claimed yet, for good. */
export async function leaveOutOfDispatch(tx: Db, dispatchId: string, key: string): Promise<void> {
  await tx.execute(sql`
    update ${orderLine} join ${dispatchLine} on ${dispatchLine.lineKey} = ${orderLine.key}
    set ${orderLine.dispatchedQuantity} = ${orderLine.dispatchedQuantity} - ${dispatchLine.quantity},
      ${orderLine.cancelledQuantity} = ${orderLine.cancelledQuantity} + ${dispatchLine.quantity}
    where ${dispatchLine.dispatchId} = ${dispatchId} and ${orderLine.key} = ${key}`);
  await tx
    .delete(dispatchLine)
    .where(and(eq(dispatchLine.dispatchId, dispatchId), eq(dispatchLine.lineKey, key)));
}

/** Who has what was given to these orders is not told any more. */
export async function forgetReceivers(tx: Db, orderKeys: readonly string[]): Promise<void> {
  await tx
    .update(gift)
    .set({ receiver: null })
    .where(and(inArray(gift.orderKey, [...orderKeys]), isNotNull(gift.receiver)));
}

/** Orders that were placed in a stretch and are not cancelled, the oldest first. @param after the last one before. */
export async function ordersPlaced(
  db: Db,
  {
    from,
    to,
    after,
    limit,
  }: { from: Date; to: Date; after: { at: Date; key: string } | undefined; limit: number },
) {
  return db
    .select({ key: order.key, at: order.orderedAt })
    .from(order)
    .where(
      and(
        gte(order.orderedAt, after?.at ?? from),
        lt(order.orderedAt, to),
        ne(order.stage, 'cancelled'),
        after === undefined
          ? undefined
          : or(gt(order.orderedAt, after.at), and(eq(order.orderedAt, after.at), gt(order.key, after.key))),
      ),
    )
    .orderBy(asc(order.orderedAt), asc(order.key))
    .limit(limit);
}
