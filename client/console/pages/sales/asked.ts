import { useSearchParams } from 'react-router';
import { COMPARISONS, type Comparison, daysLater, type Period } from '../../../../domain/period';
import { SALES_BY, type SalesBy } from '../../../../domain/sale';
import { seoulDay } from '../../../../domain/seoul';

export interface AskedSales extends Period {
  readonly by: SalesBy;
  readonly against: Comparison;
}

/** The last thirty days, until something else is asked for. */
const DEFAULT_DAYS = 30;
const DAY = /^\d{4}-\d{2}-\d{2}$/u;

/** What is asked for, which the address holds, and how to ask for something else. */
export function useAsked(): [AskedSales, (change: Partial<AskedSales>) => void] {
  const [search, setSearch] = useSearchParams();
  const today = seoulDay(new Date());
  const dayOf = (name: string, otherwise: string) => {
    const text = search.get(name) ?? '';
    return DAY.test(text) ? text : otherwise;
  };
  const asked: AskedSales = {
    from: dayOf('from', daysLater(today, 1 - DEFAULT_DAYS)),
    to: dayOf('to', today),
    by: SALES_BY.find((one) => one === search.get('by')) ?? 'day',
    against: COMPARISONS.find((one) => one === search.get('against')) ?? 'previous',
  };
  const change = (changed: Partial<AskedSales>) =>
    setSearch(new URLSearchParams({ ...asked, ...changed }), { replace: true });
  return [asked, change];
}

/** Periods that are often asked for. */
export function usualPeriods(): { days7: Period; days30: Period; month: Period; year: Period } {
  const to = seoulDay(new Date());
  return {
    days7: { from: daysLater(to, -6), to },
    days30: { from: daysLater(to, 1 - DEFAULT_DAYS), to },
    month: { from: `${to.slice(0, 8)}01`, to },
    year: { from: `${to.slice(0, 4)}-01-01`, to },
  };
}
