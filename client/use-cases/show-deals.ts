import type { Db } from '../../db/database';
import { driftPercents } from '../../db/queries/channels';
import { claimsOf } from '../../db/queries/deal-claims';
import { pricesWaitingFor } from '../../db/queries/deal-drift';
import { findDeal, knownDeals, linesWaitingFor, pricedConfigurations } from '../../db/queries/deals';
import { findMatch, versionsOf } from '../../db/queries/match-versions';
import type { Deal } from '../../domain/deal';
import { candidatesFor } from '../../domain/deal-candidates';
import { differencesOf } from '../../domain/deal-drift';
import { only } from '../../domain/deal-price';
import { changesOf } from './changed-deals';
import { NotFound } from './use-case-error';

const LINES_SHOWN = 50;

/** @throws NotFound. */
export async function dealOf(db: Db, dealKey: string): Promise<Deal> {
  const deal = await findDeal(db, dealKey);
  if (deal === undefined) throw new NotFound('There is no such deal.');
  return deal;
}

/** A deal with what it may stand for, the lines that wait for it, and every decision so far. @throws NotFound. */
export async function showDeal(db: Db, dealKey: string) {
  const deal = await dealOf(db, dealKey);
  const [match, history, lines, claims, prices, known, configurations, percentOf] = await Promise.all([
    findMatch(db, dealKey),
    versionsOf(db, dealKey),
    linesWaitingFor(db, dealKey, LINES_SHOWN),
    claimsOf(db, [dealKey]),
    pricesWaitingFor(db, dealKey),
    knownDeals(db),
    pricedConfigurations(db),
    driftPercents(db),
  ]);
  const change = (await changesOf(db, [{ ...deal, prices }])).get(dealKey) ?? null;
  const isAboutChange = (price: bigint | null) =>
    change !== null &&
    differencesOf(change.decided, { ...deal, prices: only(price) }, percentOf(deal.channel)).length > 0;
  const names = new Map(configurations.map(({ code, name }) => [code, name]));
  const others = known.filter((other) => other.dealKey !== dealKey);
  const candidates = candidatesFor({ ...deal, price: prices?.from ?? null }, others, configurations);
  return {
    dealKey,
    ...deal,
    /** 0: nobody has decided it. */
    version: match?.version ?? 0,
    /** Of one unit in the orders that wait; null: none does. */
    prices,
    /** What the channel has changed of it since it was decided; null: nothing that orders wait for. */
    change,
    claim: claims.get(dealKey) ?? null,
    candidates: candidates.map((one) => ({ ...one, name: names.get(one.configuration) ?? '' })),
    lines: lines.filter((line) => line.matchVersion === null || isAboutChange(line.unitPrice)),
    history,
  };
}
