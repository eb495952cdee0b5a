import type { Db } from '../../db/database';
import { claimsOf } from '../../db/queries/deal-claims';
import {
  findDeal,
  knownDeals,
  linesWaitingFor,
  pricedConfigurations,
  pricesWaitingFor,
} from '../../db/queries/deals';
import { findMatch, versionsOf } from '../../db/queries/match-versions';
import type { Deal } from '../../domain/deal';
import { candidatesFor } from '../../domain/deal-candidates';
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
  const [match, history, lines, claims, prices, known, configurations] = await Promise.all([
    findMatch(db, dealKey),
    versionsOf(db, dealKey),
    linesWaitingFor(db, dealKey, LINES_SHOWN),
    claimsOf(db, [dealKey]),
    pricesWaitingFor(db, dealKey),
    knownDeals(db),
    pricedConfigurations(db),
  ]);
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
    claim: claims.get(dealKey) ?? null,
    candidates: candidates.map((one) => ({ ...one, name: names.get(one.configuration) ?? '' })),
    lines,
    history,
  };
}
