import { and, asc, eq, gt, isNull, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/mysql-core';
import type { DealChange, DealLine, DealOrder, Meaning } from '../../domain/deal-change';
import { isOtherPrice } from '../../domain/deal-drift';
import { only } from '../../domain/deal-price';
import { DISPATCH_STATES, type DispatchState, isOver } from '../../domain/dispatch-protocol';
import { groupBy } from '../../domain/group-by';
import type { Db } from '../database';
import {
  configuration,
  dispatch,
  dispatchLine,
  lineMatch,
  matchVersion,
  order,
  orderLine,
  replacedMeaning,
} from '../schema';
import { driftPercents } from './channels';
import { unitPrice } from './deal-drift';
import { isBought } from './gifts';
import { inForceFor, pricesOf, versionInForce } from './match-versions';

/** The orders of a deal, as a change of its match finds them. */

export interface FoundDealOrder extends DealOrder {
  readonly key: string;
  readonly orderedAt: Date;
}

/** Unsent and sent dispatches matter only while an order is between being matched and being booked. */
const statesList = sql<string | null>`if(${order.stage} in ('matched', 'dispatched'), (
  select group_concat(distinct ${dispatch.state}) from ${dispatchLine}
  join ${dispatch} on ${dispatch.id} = ${dispatchLine.dispatchId}
  where ${dispatchLine.orderKey} = ${order.key}), null)`;

/**
 * The orders that have lines of a deal, oldest first, with what the deal stands for after a change. A popular deal has
 * very many: what is the same for all of them is read once.
 *
 * @param orderKey only this one.
 */
export async function ordersOfDeal(
  db: Db,
  dealKey: string,
  change: DealChange,
  orderKey?: string,
): Promise<FoundDealOrder[]> {
  const decisions = await decisionsOf(db, dealKey);
  const isUndo = change.kind === 'undo';
  const holdsFrom = isUndo
    ? (decisions.find((of) => of.version === change.version)?.holdsFrom ?? null)
    : null;
  const left = isUndo ? decisions.filter(({ version }) => version !== change.version) : decisions;
  const percentOf = await driftPercents(db);
  const waiting = await waitOtherwise(db, dealKey, percentOf, orderKey);
  const lines = groupBy(await linesOfDeal(db, dealKey, change, orderKey), (line) => line.key);
  const found = [...lines.values()].flatMap((ofOrder) => {
    const [first] = ofOrder;
    if (first === undefined) return [];
    const { key, channel, orderedAt, stage, heldReason, states } = first;
    const decision = inForceFor(left, orderedAt);
    return [
      {
        key,
        orderedAt,
        stage,
        states: statesIn(states),
        isWithin: holdsFrom === null || holdsFrom <= orderedAt,
        waitsOtherwise: stage === 'normalized' && (heldReason !== null || waiting.has(key)),
        lines: ofOrder
          .toSorted((a, b) => (a.lineKey < b.lineKey ? -1 : 1))
          .map((line) => lineOf(line, decision, percentOf(channel))),
      },
    ];
  });
  // Sorted here: MySQL would carry all that was read through a file.
  return found.toSorted((a, b) => a.orderedAt.getTime() - b.orderedAt.getTime() || (a.key < b.key ? -1 : 1));
}

/** All decisions that there were for a deal, with what they stand for now. */
async function decisionsOf(db: Db, dealKey: string) {
  return db
    .select({
      version: matchVersion.version,
      configuration: matchVersion.configuration,
      configurationVersion: configuration.version,
      holdsFrom: matchVersion.holdsFrom,
      priceFrom: matchVersion.priceFrom,
      priceTo: matchVersion.priceTo,
      undoneAt: matchVersion.undoneAt,
    })
    .from(matchVersion)
    .innerJoin(configuration, eq(configuration.code, matchVersion.configuration))
    .where(eq(matchVersion.dealKey, dealKey));
}

type DealDecision = Awaited<ReturnType<typeof decisionsOf>>[number];

async function linesOfDeal(
  db: Db,
  dealKey: string,
  { kind, version }: DealChange,
  orderKey: string | undefined,
) {
  return db
    .select({
      key: order.key,
      channel: order.channel,
      orderedAt: order.orderedAt,
      stage: order.stage,
      heldReason: order.heldReason,
      states: statesList,
      lineKey: orderLine.key,
      units: sql<number>`${orderLine.quantity} - ${orderLine.cancelledQuantity}`.mapWith(Number),
      onceFor: lineMatch.lineKey,
      configuration: orderLine.configuration,
      configurationVersion: orderLine.configurationVersion,
      matchVersion: orderLine.matchVersion,
      unitPrice: unitPrice(),
      replaced: {
        configuration: replacedMeaning.configuration,
        configurationVersion: replacedMeaning.configurationVersion,
        matchVersion: replacedMeaning.matchVersion,
      },
    })
    .from(orderLine)
    .innerJoin(order, eq(order.key, orderLine.orderKey))
    .leftJoin(lineMatch, eq(lineMatch.lineKey, orderLine.key))
    .leftJoin(
      replacedMeaning,
      // Only what is undone gives anything back.
      kind === 'undo'
        ? and(eq(replacedMeaning.lineKey, orderLine.key), eq(replacedMeaning.replacedBy, version))
        : sql`false`,
    )
    .where(and(eq(orderLine.dealKey, dealKey), isOf(orderKey)));
}

const isOf = (orderKey: string | undefined) => (orderKey === undefined ? undefined : eq(order.key, orderKey));

const own = alias(orderLine, 'own');

/**
 * The orders of a deal, not matched yet, that another deal of theirs keeps waiting: nobody has decided it, or it costs
 * something else than when it was decided.
 */
async function waitOtherwise(
  db: Db,
  dealKey: string,
  percentOf: (channel: string) => number,
  orderKey: string | undefined,
): Promise<Set<string>> {
  const others = await db
    .select({
      // By the deal's own lines: of all that is not matched yet, most may have nothing to do with this deal.
      key: sql<string>`/*+ JOIN_PREFIX(own, order_line, orders) */ ${order.key}`,
      version: matchVersion.version,
      unitPrice: unitPrice(),
      priceFrom: matchVersion.priceFrom,
      priceTo: matchVersion.priceTo,
      channel: order.channel,
    })
    .from(own)
    .innerJoin(order, eq(order.key, own.orderKey))
    .innerJoin(orderLine, and(eq(orderLine.orderKey, own.orderKey), ne(orderLine.dealKey, own.dealKey)))
    .leftJoin(lineMatch, eq(lineMatch.lineKey, orderLine.key))
    .leftJoin(
      matchVersion,
      and(eq(matchVersion.dealKey, orderLine.dealKey), eq(matchVersion.version, versionInForce())),
    )
    .where(
      and(
        eq(own.dealKey, dealKey),
        isOf(orderKey),
        eq(order.stage, 'normalized'),
        isBought,
        isNull(lineMatch.lineKey),
        gt(orderLine.quantity, orderLine.cancelledQuantity),
      ),
    );
  const inTheWay = others.filter(
    (other) =>
      other.version === null ||
      isOtherPrice(pricesOf(other), only(other.unitPrice), percentOf(other.channel)),
  );
  return new Set(inTheWay.map(({ key }) => key));
}

function statesIn(list: string | null): DispatchState[] {
  const names = new Set((list ?? '').split(','));
  return DISPATCH_STATES.filter((state) => names.has(state) && !isOver(state));
}

type Read = { readonly [Key in keyof Meaning]: Meaning[Key] | null };
interface Row extends Pick<DealLine, 'lineKey' | 'units'>, Read {
  readonly onceFor: string | null;
  readonly unitPrice: bigint | null;
  readonly replaced: Read | null;
}

function lineOf(
  { lineKey, units, onceFor, replaced, unitPrice: price, ...row }: Row,
  decision: DealDecision | undefined,
  percent: number,
): DealLine {
  return {
    lineKey,
    units,
    isOnce: onceFor !== null,
    written: meaningOf(row),
    inForce: decision === undefined ? null : meaningOf({ ...decision, matchVersion: decision.version }),
    isOtherPrice: decision !== undefined && isOtherPrice(pricesOf(decision), only(price), percent),
    replaced: replaced && meaningOf(replaced),
  };
}

function meaningOf({
  configuration: code,
  configurationVersion,
  matchVersion: version,
}: Read): Meaning | null {
  return code === null || configurationVersion === null
    ? null
    : { configuration: code, configurationVersion, matchVersion: version };
}

/** Keeps what a line stands for before a decision re-matches it; what was kept already stays. */
export async function keepReplaced(
  tx: Db,
  lineKey: string,
  replacedBy: number,
  meaning: Meaning,
): Promise<void> {
  await tx
    .insert(replacedMeaning)
    .values({ lineKey, replacedBy, ...meaning })
    .onDuplicateKeyUpdate({ set: { lineKey: sql`${replacedMeaning.lineKey}` } });
}

const NOTHING = { configuration: null, configurationVersion: null, matchVersion: null };

/** Writes what a line stands for from now on; null: nobody has decided it. */
export async function writeMeaning(tx: Db, lineKey: string, meaning: Meaning | null): Promise<void> {
  await tx
    .update(orderLine)
    .set(meaning ?? NOTHING)
    .where(eq(orderLine.key, lineKey));
}

/** Of an order that is not matched any more, no bought line stands for anything. */
export async function forgetMeanings(tx: Db, orderKey: string): Promise<void> {
  await tx
    .update(orderLine)
    .set(NOTHING)
    .where(and(eq(orderLine.orderKey, orderKey), isBought));
}

/** What is in a dispatch of an order: of what was bought, and of what was given. */
export async function partOf(tx: Db, orderKey: string, dispatchId: string) {
  const lines = await tx
    .select({
      lineKey: dispatchLine.lineKey,
      quantity: dispatchLine.quantity,
      giftRule: orderLine.giftRule,
    })
    .from(dispatchLine)
    .innerJoin(orderLine, eq(orderLine.key, dispatchLine.lineKey))
    .where(
      and(
        eq(dispatchLine.dispatchId, dispatchId),
        eq(dispatchLine.orderKey, orderKey),
        gt(dispatchLine.quantity, 0),
      ),
    )
    .orderBy(asc(dispatchLine.lineKey));
  const units = (isGift: boolean) =>
    lines
      .filter(({ giftRule }) => (giftRule !== null) === isGift)
      .map(({ lineKey, quantity }) => ({ lineKey, quantity }));
  return { bought: units(false), gifts: units(true) };
}
