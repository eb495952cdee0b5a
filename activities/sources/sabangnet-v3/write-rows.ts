import { z } from 'zod';
import type { HttpReply } from '../../http';
import { turnedAwayAt } from '../../json-call';
import { parseLossless } from '../json-records';
import { outcomeOfRows, type RowResult, type RowResults, rawRows } from '../sabangnet/row-results';
import type { Reply } from '../source';
import type { HubApi } from './api';
import { errorIn, explain, worded } from './errors';

/** What is told of some of the hub's records together. */
export interface Told<Row> {
  readonly recordIds: readonly string[];
  readonly rows: readonly Row[];
}

const answerSchema = z.object({ data: z.object({ results: z.array(z.unknown()) }) });

/** Assumed: a row names its order as the request does, and says why in `message`; documented is `status`. */
const rowSchema = z.object({
  sbOrderNo: z.union([z.string(), z.number()]).transform(String),
  status: z.boolean(),
  message: z.string().catch(''),
});

/** One call, and a reply for each of what is told. 206 says that some rows failed: each is judged by itself. */
export async function writeRows<Row>(
  api: HubApi,
  path: string,
  told: readonly Told<Row>[],
  toBody: (rows: readonly Row[]) => unknown,
): Promise<Reply[]> {
  if (told.length === 0) return [];
  const reply = await api.call(path, toBody(told.flatMap(({ rows }) => rows)));
  const results = resultsIn(reply);
  const unsettled = outcomeOfAll(reply);
  return told.map((each) => {
    const outcome = outcomeOfRows(each, results) ?? unsettled;
    const response = rawRows(each, results) ?? reply.exchange.response?.slice(0, 2_000) ?? null;
    return {
      outcome: outcome.kind === 'done' ? outcome : { ...outcome, reason: api.withoutSecret(outcome.reason) },
      exchange: {
        request: `POST ${api.url(path)}\n\n${JSON.stringify(toBody(each.rows))}`,
        response: response === null ? null : api.withoutSecret(response),
        status: reply.exchange.status,
      },
    };
  });
}

function resultsIn({ result }: HttpReply): RowResults {
  const results = new Map<string, RowResult>();
  if (result.kind !== 'answered' || result.status >= 300) return results;
  for (const row of rowsOf(result.body)) {
    const { sbOrderNo, status, message } = rowSchema.safeParse(row).data ?? {};
    if (sbOrderNo === undefined || status === undefined) continue;
    results.set(sbOrderNo, { done: status, message: message ?? '', raw: JSON.stringify(row) });
  }
  return results;
}

function rowsOf(body: Uint8Array): readonly unknown[] {
  try {
    return answerSchema.safeParse(parseLossless(body)).data?.data.results ?? [];
  } catch {
    return [];
  }
}

/** What became of rows that the answer does not speak of. */
function outcomeOfAll({ result }: HttpReply): Exclude<Reply['outcome'], { kind: 'done' }> {
  if (result.kind !== 'answered') return result;
  if (turnedAwayAt(result)) return { kind: 'not-received', ...explain(result, 'Sabangnet') };
  const error = errorIn(new TextDecoder().decode(result.body));
  // 408: it gave up waiting for what is behind it.
  const isOwnWord = result.status >= 400 && result.status < 500 && result.status !== 408;
  if (isOwnWord && error !== undefined)
    return { kind: 'refused', reason: `Sabangnet: HTTP ${result.status} (${worded(error)})` };
  return { kind: 'unknown', reason: explain(result, 'no result for it').reason };
}
