import { z } from 'zod';
import { OutsideUnavailable } from '../../outcome';
import { cutArray, parseLossless } from '../json-records';
import type { HubApi } from './api';
import { errorIn, explain } from './errors';

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
  const { result } = await api.call(path, { ...query, page, perPage });
  const what = `Sabangnet ${of}`;
  if (result.kind !== 'answered') {
    const retryAfterMs = result.kind === 'not-received' ? result.retryAfterMs : undefined;
    throw new OutsideUnavailable(api.withoutSecret(`${what}: ${result.reason}`), retryAfterMs);
  }
  const isEmpty =
    result.status === 404 && EMPTY.test(errorIn(new TextDecoder().decode(result.body))?.code ?? '');
  if (isEmpty) return { records: [], total: 0 };
  if (result.status !== 200) {
    const { reason, retryAfterMs } = explain(result, what);
    throw new OutsideUnavailable(api.withoutSecret(reason), retryAfterMs);
  }
  const { results, totalItemCnt: total } = fitted(result.body, what);
  const expected = Math.max(0, Math.min(perPage, total - (page - 1) * perPage));
  if (results.length < expected)
    throw new OutsideUnavailable(
      `${what}: page ${page} of ${total} holds ${results.length} instead of ${expected}: the answer was cut`,
    );
  return { records: cutArray(result.body, ['data', 'results']), total };
}

function fitted(body: Uint8Array, what: string): z.output<typeof pageSchema>['data'] {
  let value: unknown;
  try {
    value = parseLossless(body);
  } catch (cause) {
    throw new OutsideUnavailable(`${what}: the answer is no JSON`, undefined, { cause });
  }
  const fits = pageSchema.safeParse(value);
  if (fits.success) return fits.data.data;
  throw new OutsideUnavailable(`${what}: the answer does not fit\n${z.prettifyError(fits.error)}`);
}
