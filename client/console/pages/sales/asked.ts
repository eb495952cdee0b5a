import { useSearchParams } from 'react-router';
import { COMPARISONS, type Comparison, daysLater, type Period } from '../../../../domain/period';
import { SALES_BY, SALES_FIGURES, type SalesBy, type SalesFigure } from '../../../../domain/sale';
import { seoulDay } from '../../../../domain/seoul';

export interface AskedSales extends Period {
  readonly by: SalesBy;
  readonly against: Comparison;
}

export interface AskedCross extends Period {
  readonly by: SalesBy;
  readonly across: SalesBy;
  readonly figure: SalesFigure;
}

/** The last thirty days, until something else is asked for. */
const DEFAULT_DAYS = 30;
const DAY = /^\d{4}-\d{2}-\d{2}$/u;

/** What is asked for, which the address holds, and how to ask for something else. */
export function useAsked(): [AskedSales, (change: Partial<AskedSales>) => void] {
  const [search, setSearch] = useSearchParams();
  const asked: AskedSales = {
    ...periodIn(search),
    by: oneOf(SALES_BY, search.get('by')) ?? 'day',
    against: oneOf(COMPARISONS, search.get('against')) ?? 'previous',
  };
  const change = (changed: Partial<AskedSales>) =>
    setSearch(new URLSearchParams({ ...asked, ...changed }), { replace: true });
  return [asked, change];
}

/** The same of the table of two breakdowns: items by channel, until something else is asked for. */
export function useAskedCross(): [AskedCross, (change: Partial<AskedCross>) => void] {
  const [search, setSearch] = useSearchParams();
  const by = oneOf(SALES_BY, search.get('by')) ?? 'item';
  const given = oneOf(SALES_BY, search.get('across')) ?? 'channel';
  const asked: AskedCross = {
    ...periodIn(search),
    by,
    across: given === by ? (SALES_BY.find((one) => one !== by) ?? given) : given,
    figure: oneOf(SALES_FIGURES, search.get('figure')) ?? 'amount',
  };
  const change = (changed: Partial<AskedCross>) =>
    setSearch(new URLSearchParams({ ...asked, ...changed }), { replace: true });
  return [asked, change];
}

function periodIn(search: URLSearchParams): Period {
  const today = seoulDay(new Date());
  const dayOf = (name: string, otherwise: string) => {
    const text = search.get(name) ?? '';
    return DAY.test(text) ? text : otherwise;
  };
  return { from: dayOf('from', daysLater(today, 1 - DEFAULT_DAYS)), to: dayOf('to', today) };
}

function oneOf<T extends string>(known: readonly T[], text: string | null): T | undefined {
  return known.find((one) => one === text);
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
