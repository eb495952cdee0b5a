import type { Answer } from '../../../api/contract/route';
import type { readSales } from '../../../api/contract/sales';
import { useLanguage, useWords } from '../../words';
import { words } from './words';

export type SalesAnswer = Answer<typeof readSales>;
export type SalesAnswerRow = SalesAnswer['rows'][number];

/** As use-cases/report-sales.ts names what is of no goods. */
const OF_NO_GOODS = 'shipping_fee';

/** How a row is called. */
export function useLabel(): (row: Pick<SalesAnswerRow, 'key' | 'name'>) => string {
  const t = useWords(words);
  return ({ key, name }) => (key === OF_NO_GOODS ? t.shippingFee : (name ?? key));
}

/** How far an amount has moved from an earlier one, as people write it; empty where there was none. */
export function useChange(): (now: string, before: string | undefined) => string {
  const percent = new Intl.NumberFormat(useLanguage() === 'ko' ? 'ko-KR' : 'en-GB', {
    style: 'percent',
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  });
  return (now, before) => {
    if (before === undefined || BigInt(before) === 0n) return '';
    const [was, is] = [Number(before), Number(now)];
    return percent.format((is - was) / Math.abs(was));
  };
}
