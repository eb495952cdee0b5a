import { z } from 'zod';
import { OutsideUnavailable } from '../../outcome';
import { cutArray } from '../json-records';
import type { HubApi } from './api';
import { codeIn, meaningOf, wordsIn } from './errors';

/** One page of one of the hub's lists. */
export interface HubPage {
  /** Byte for byte. */
  readonly records: readonly Uint8Array[];
  /** How many records the whole list has. */
  readonly total: number;
}

/** A list: its path, what it is asked with beside the page, and its name for messages. */
export interface HubList {
  readonly of: 'orders' | 'claims';
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
}

/** As clients of the hub saw it; its own samples tell of another form, which nobody has seen. */
const pageSchema = z.object({
  code: z.coerce.string().regex(/^200$/),
  data: z.object({ results: z.array(z.unknown()), totalItemCnt: z.coerce.number().int().min(0) }),
});

/** A list without a record is a 404 of the hub itself; a 404 of the gateway (GW_ROUTE_001) is not. */
const EMPTY = /^(404|NOT_FOUND)$/;

/**
 * @param page from 1 on.
 * @throws OutsideUnavailable without the secret and without personal data in it.
 */
export async function readPage(api: HubApi, { of, path, query }: HubList, page: number): Promise<HubPage> {
  const { perPage } = api.settings;
  const answer = meaningOf(await api.call(path, { ...query, page, perPage }));
  const unavailable = (problem: string, retryAfterMs?: number) =>
    new OutsideUnavailable(api.withoutSecret(`Sabangnet ${of}: ${problem}`), retryAfterMs);
  if (answer.kind !== 'answered')
    throw unavailable(answer.reason, answer.kind === 'not-received' ? answer.retryAfterMs : undefined);
  const { status, body, bytes } = answer;
  if (status === 404 && EMPTY.test(codeIn(body) ?? '')) return { records: [], total: 0 };
  if (status !== 200) throw unavailable(`HTTP ${status}${wordsIn(body)}`);
  const fits = pageSchema.safeParse(body);
  if (!fits.success) throw unavailable(`the answer does not fit\n${z.prettifyError(fits.error)}`);
  const { results, totalItemCnt: total } = fits.data.data;
  const expected = Math.max(0, Math.min(perPage, total - (page - 1) * perPage));
  if (results.length < expected)
    throw unavailable(`page ${page} of ${total} holds ${results.length}, not ${expected}: it was cut`);
  return { records: cutArray(bytes, ['data', 'results']), total };
}
