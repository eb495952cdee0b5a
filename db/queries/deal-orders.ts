import { and, asc, eq, gt, inArray, isNull, ne, sql } from 'drizzle-orm';
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
import { unitPrice, WAITS_FOR_DEALS } from './deal-drift';
import { isBought } from './gifts';
import { findVersion, pricesOf, versionInForce } from './match-versions';

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

/** Only what is not matched yet can wait for more than one deal. */
function waitsOtherwise(dealKey: string) {
  return sql<boolean>`${order.stage} = 'normalized' and (${order.heldReason} is not null or exists (
    select 1 from ${orderLine} other left join ${lineMatch} once on once.line_key = other.line_key
    where other.order_key = ${order.key} and other.deal_key <> ${dealKey}
      and other.gift_rule is null and other.quantity > other.cancelled_quantity and once.line_key is null
      and not exists (select 1 from ${matchVersion} v
        where v.deal_key = other.deal_key and v.undone_at is null
          and (v.holds_from is null or v.holds_from <= ${order.orderedAt}))))`.mapWith(
    (is) => Number(is) !== 0,
  );
}

/**
 * The orders that have lines of a deal, oldest first, with what the deal stands for after a change.
 *
 * @param orderKey only this one.
 */
export async function ordersOfDeal(
  db: Db,
  dealKey: string,
  change: DealChange,
  orderKey?: string,
): Promise<FoundDealOrder[]> {
  const rows = await db
    .select({
      key: order.key,
      orderedAt: order.orderedAt,
      stage: order.stage,
      states: statesList,
      waitsOtherwise: waitsOtherwise(dealKey),
      lineKey: orderLine.key,
      units: sql<number>`${orderLine.quantity} - ${orderLine.cancelledQuantity}`.mapWith(Number),
      onceFor: lineMatch.lineKey,
      configuration: orderLine.configuration,
      configurationVersion: orderLine.configurationVersion,
      matchVersion: orderLine.matchVersion,
      unitPrice: unitPrice(),
      priceFrom: matchVersion.priceFrom,
      priceTo: matchVersion.priceTo,
      inForce: {
        configuration: configuration.code,
        configurationVersion: configuration.version,
        matchVersion: matchVersion.version,
      },
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
      matchVersion,
      and(
        eq(matchVersion.dealKey, orderLine.dealKey),
        eq(matchVersion.version, versionInForce(change.kind === 'undo' ? change.version : 0)),
      ),
    )
    .leftJoin(configuration, eq(configuration.code, matchVersion.configuration))
    .leftJoin(
      replacedMeaning,
      and(eq(replacedMeaning.lineKey, orderLine.key), eq(replacedMeaning.replacedBy, change.version)),
    )
    .where(and(eq(orderLine.dealKey, dealKey), orderKey === undefined ? undefined : eq(order.key, orderKey)))
    .orderBy(asc(order.orderedAt), asc(orderLine.key));
  const drifting = await waitForOtherPrices(db, dealKey);
  const holdsFrom = change.kind === 'undo' ? await holdsFromOf(db, dealKey, change.version) : null;
  return [...groupBy(rows, (row) => row.key).values()].flatMap((lines) => {
    const [first] = lines;
    if (first === undefined) return [];
    const { key, orderedAt, stage, waitsOtherwise: waits } = first;
    return [
      {
        key,
        orderedAt,
        stage,
        states: statesIn(first.states),
        isWithin: holdsFrom === null || holdsFrom <= orderedAt,
        waitsOtherwise: waits || drifting.has(key),
        lines: lines.map(lineOf),
      },
    ];
  });
}

async function holdsFromOf(db: Db, dealKey: string, version: number): Promise<Date | null> {
  return (await findVersion(db, dealKey, version))?.holdsFrom ?? null;
}

/** The orders of a deal that wait since another deal of theirs costs something else than when it was decided. */
async function waitForOtherPrices(db: Db, dealKey: string): Promise<Set<string>> {
  const rows = await db
    .select({
      key: order.key,
      unitPrice: unitPrice(),
      priceFrom: matchVersion.priceFrom,
      priceTo: matchVersion.priceTo,
    })
    .from(order)
    .innerJoin(orderLine, eq(orderLine.orderKey, order.key))
    .innerJoin(
      matchVersion,
      and(eq(matchVersion.dealKey, orderLine.dealKey), eq(matchVersion.version, versionInForce())),
    )
    .leftJoin(lineMatch, eq(lineMatch.lineKey, orderLine.key))
    .where(
      and(
        inArray(order.waiting, [...WAITS_FOR_DEALS]),
        ne(orderLine.dealKey, dealKey),
        isNull(lineMatch.lineKey),
        gt(orderLine.quantity, orderLine.cancelledQuantity),
        sql`exists (select 1 from ${orderLine} own where own.order_key = ${order.key} and own.deal_key = ${dealKey})`,
      ),
    );
  const drifting = rows.filter((row) => isOtherPrice(pricesOf(row), only(row.unitPrice)));
  return new Set(drifting.map(({ key }) => key));
}

function statesIn(list: string | null): DispatchState[] {
  const names = new Set((list ?? '').split(','));
  return DISPATCH_STATES.filter((state) => names.has(state) && !isOver(state));
}

type Read = { readonly [Key in keyof Meaning]: Meaning[Key] | null };
interface Row extends Pick<DealLine, 'lineKey' | 'units'>, Read {
  readonly onceFor: string | null;
  readonly unitPrice: bigint | null;
  readonly priceFrom: bigint | null;
  readonly priceTo: bigint | null;
  readonly inForce: Read;
  readonly replaced: Read | null;
}

function lineOf({ lineKey, units, onceFor, inForce, replaced, ...row }: Row): DealLine {
  return {
    lineKey,
    units,
    isOnce: onceFor !== null,
    written: meaningOf(row),
    inForce: meaningOf(inForce),
    isOtherPrice: isOtherPrice(pricesOf(row), only(row.unitPrice)),
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

/** What was bought of an order and is in a dispatch. */
export async function partOf(tx: Db, dispatchId: string) {
  return tx
    .select({ lineKey: dispatchLine.lineKey, quantity: dispatchLine.quantity })
    .from(dispatchLine)
    .innerJoin(orderLine, eq(orderLine.key, dispatchLine.lineKey))
    .where(and(eq(dispatchLine.dispatchId, dispatchId), gt(dispatchLine.quantity, 0), isBought))
    .orderBy(asc(dispatchLine.lineKey));
}
