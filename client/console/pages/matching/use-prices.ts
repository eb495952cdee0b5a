import { useFormat } from '../../format';
import type { DealShown } from './deal-detail';

/** What a unit costs, from the cheapest to the dearest order. */
export function usePrices(): (prices: DealShown['prices']) => string {
  const { won } = useFormat();
  return (prices) => {
    if (prices === null) return '–';
    const { from, to } = prices;
    return from === to ? won(from) : `${won(from)} ~ ${won(to)}`;
  };
}
