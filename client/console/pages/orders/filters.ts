import { useSearchParams } from 'react-router';
import type { z } from 'zod';
import { STAGES, WAITING_REASONS } from '../../../../domain/stage';
import type { orderFilters } from '../../../api/contract/orders';

export type Filters = z.input<typeof orderFilters>;
const NAMES = ['q', 'stage', 'waiting', 'channel', 'source', 'from', 'to'] as const;

/** The list's filters, which are the page's address; what stands there and is none is left out. */
export function useFilters(): {
  filters: Filters;
  /** The saved view that was opened, whatever has been changed since. */
  view: number | undefined;
  set: (change: Partial<Filters>) => void;
  open: (filters: Filters, view: number | undefined) => void;
} {
  const [search, setSearch] = useSearchParams();
  const filters = filtersIn(search);
  const view = Number(search.get('view')) || undefined;
  const open = (shown: Filters, of: number | undefined) => setSearch(queryOf(shown, of), { replace: true });
  return { filters, view, open, set: (change) => open({ ...filters, ...change }, view) };
}

export function filtersIn(search: URLSearchParams): Filters {
  const given = (name: (typeof NAMES)[number]) => search.get(name) || undefined;
  const day = (name: 'from' | 'to') => {
    const text = given(name);
    return text !== undefined && /^\d{4}-\d\d-\d\d$/u.test(text) ? text : undefined;
  };
  const code = (name: 'channel' | 'source') => {
    const text = given(name);
    return text !== undefined && /^[A-Za-z0-9._-]{1,60}$/u.test(text) ? text : undefined;
  };
  return {
    q: given('q')?.slice(0, 100),
    stage: STAGES.find((stage) => stage === given('stage')),
    waiting: WAITING_REASONS.find((waiting) => waiting === given('waiting')),
    channel: code('channel'),
    source: code('source'),
    from: day('from'),
    to: day('to'),
  };
}

export function queryOf(filters: Filters, view?: number): string {
  const search = new URLSearchParams();
  for (const name of NAMES) {
    const value = filters[name];
    if (value !== undefined && value !== '') search.set(name, value);
  }
  if (view !== undefined) search.set('view', String(view));
  return search.toString();
}
