import { z } from 'zod';
import { outcomeOfRows, type RowResult, type RowResults, rawRows } from '../sabangnet/row-results';
import type { Reply } from '../source';
import type { HubApi } from './api';
import { codeIn, meaningOf, wordsIn } from './errors';

/** What is told of some of the hub's records together. */
export interface Told<Row> {
  readonly recordIds: readonly string[];
  readonly rows: readonly Row[];
}

type Meaning = ReturnType<typeof meaningOf>;

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
  const answer = meaningOf(reply);
  const results = resultsIn(answer);
  const unsettled = outcomeOfAll(answer);
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

function resultsIn(answer: Meaning): RowResults {
  const results = new Map<string, RowResult>();
  if (answer.kind !== 'answered' || answer.status >= 300) return results;
  for (const row of answerSchema.safeParse(answer.body).data?.data.results ?? []) {
    const { sbOrderNo, status, message } = rowSchema.safeParse(row).data ?? {};
    if (sbOrderNo === undefined || status === undefined) continue;
    results.set(sbOrderNo, { done: status, message: message ?? '', raw: JSON.stringify(row) });
  }
  return results;
}

/** What became of rows that the answer does not speak of. */
function outcomeOfAll(answer: Meaning): Exclude<Reply['outcome'], { kind: 'done' }> {
  if (answer.kind !== 'answered') return answer;
  const { status, body } = answer;
  const reason = `Sabangnet: HTTP ${status}${wordsIn(body)}`;
  // 408: it gave up waiting for what is behind it.
  const isRefusal = status >= 400 && status !== 408 && codeIn(body) !== undefined;
  return isRefusal
    ? { kind: 'refused', reason }
    : { kind: 'unknown', reason: `${reason} without a result for it` };
}
