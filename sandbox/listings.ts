import { type CatalogueDeal, CHANNELS, type Channel, knownMatches, newDeals } from './catalogue';

const listings = new Map(
  CHANNELS.flatMap((channel) =>
    [...knownMatches, ...newDeals]
      .filter((deal) => deal.channel === channel)
      .map((deal, index): [string, string] => [wording(deal), String(70_000_001 + index)]),
  ),
);

function wording({ channel, deal, option }: Pick<CatalogueDeal, 'channel' | 'deal' | 'option'>): string {
  return JSON.stringify([channel, deal, option]);
}

/** The marketplace's own number of what is sold. */
export function listingOf(
  channel: Channel,
  line: { readonly deal: string; readonly option: string },
): string {
  return listings.get(wording({ channel, ...line })) ?? '70000000';
}
