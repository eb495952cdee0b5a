import { z } from 'zod';
import type { WriteReply } from '../../json-call';
import type { Reply } from '../source';
import { id } from './wire';

const resultSchema = z.object({
  shipmentBoxId: id,
  succeed: z.boolean(),
  resultCode: z.string().nullish(),
  resultMessage: z.string().nullish(),
});
type BoxResult = z.output<typeof resultSchema>;

/** A list has entries of one parcel for each of its items. */
const answerSchema = z.object({ data: z.object({ responseList: z.array(resultSchema) }) });
const wordsSchema = z.object({ message: z.string().catch('') }).catch({ message: '' });

/** The parcel waits for a cancellation to be settled, and may be asked for again after it. */
const WAITS = ['ORDER_DELIVERY_PARTIAL_STOP_REQUESTED', 'ORDER_DELIVERY_CANCELED_HOLDING_FOR_CANCEL'];
const NOBODY_KNOWS = 'UNDEFINED_ERROR_OCCUR';
export const WAIT_MS = 60_000;

/**
 * What became of one parcel in a call about several. The answer's own responseCode (0 all, 1 some, 99 none) says
 * nothing of a single one; nor does retryRequired, which is true also for a number that another order has used.
 */
export function outcomeOf({ result }: WriteReply, shipmentBoxId: string): Reply['outcome'] {
  if (result.kind !== 'answered') return result;
  const { data } = answerSchema.safeParse(result.body);
  const mine = (data?.data.responseList ?? []).filter((each) => each.shipmentBoxId === shipmentBoxId);
  const failed = mine.find(({ succeed }) => !succeed);
  if (failed !== undefined) return outcomeOfFailure(failed);
  if (mine.length > 0) return { kind: 'done' };
  const words = `HTTP ${result.status} without a result for it: ${wordsSchema.parse(result.body).message.slice(0, 200)}`;
  return { kind: result.status >= 400 ? 'refused' : 'unknown', reason: words };
}

function outcomeOfFailure({ resultCode, resultMessage }: BoxResult): Reply['outcome'] {
  const code = resultCode ?? '';
  const reason = `${code}: ${(resultMessage ?? '').slice(0, 200)}`;
  if (WAITS.includes(code)) return { kind: 'not-received', reason, retryAfterMs: WAIT_MS };
  return { kind: code === NOBODY_KNOWS ? 'unknown' : 'refused', reason };
}
