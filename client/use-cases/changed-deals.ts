import type { Db } from '../../db/database';
import { driftPercents } from '../../db/queries/channels';
import { decidedOffers, formerOffers, pricesWaitingFor } from '../../db/queries/deal-drift';
import { type Deal, dealKey } from '../../domain/deal';
import { differencesOf, type Offer } from '../../domain/deal-drift';
import type { Prices } from '../../domain/deal-price';
import type { Difference } from '../../domain/difference';

/** What a channel has changed of a deal since it was decided, beyond what is trivial. */
export interface ChangedDeal {
  /** As it was decided, and what it stands for. */
  readonly decided: Offer;
  readonly configuration: string;
  readonly differs: Difference[];
}

/** A deal with what a unit of it costs in the orders that wait. */
export interface OfferedDeal extends Deal {
  readonly prices: Prices | null;
}

/** What has changed of these deals, by their keys; a deal of which nothing has is not among them. */
export async function changesOf(db: Db, deals: readonly OfferedDeal[]): Promise<Map<string, ChangedDeal>> {
  const keys = deals.map(dealKey);
  const [former, decided, percentOf] = await Promise.all([
    formerOffers(db, keys),
    decidedOffers(db, keys),
    driftPercents(db),
  ]);
  return new Map(
    deals.flatMap((deal): [string, ChangedDeal][] => {
      const key = dealKey(deal);
      const before = decided.get(key) ?? former.get(key);
      if (before === undefined) return [];
      const { configuration, ...offer } = before;
      const differs = differencesOf(offer, deal, percentOf(deal.channel));
      return differs.length === 0 ? [] : [[key, { decided: offer, configuration, differs }]];
    }),
  );
}

/** What has changed of a deal for which orders wait; null: nothing. */
export async function changeOfDeal(db: Db, deal: Deal): Promise<ChangedDeal | null> {
  const key = dealKey(deal);
  const prices = await pricesWaitingFor(db, key);
  return (await changesOf(db, [{ ...deal, prices }])).get(key) ?? null;
}
