import { z } from 'zod';
import { type JsonAnswer, orUnavailable, type WriteReply } from '../../json-call';
import { OutsideUnavailable, type Refused } from '../../outcome';
import type { Reply } from '../source';
import type { NaverClient } from './client';
import { allDetails, type Detail } from './details';
import { idSchema, sayingOf } from './wire';

/** Answers about product orders (주문-클레임 처리 반환 구조체): those that were done, those that were not and why. */

const doneSchema = z.object({ productOrderId: idSchema });
const failedSchema = doneSchema.extend({ code: idSchema.nullish(), message: z.string().nullish() });
const resultSchema = z.object({
  data: z.object({
    successProductOrderIds: z.array(idSchema).nullish(),
    /** In the place of the ids where orders are confirmed. */
    successProductOrderInfos: z.array(doneSchema).nullish(),
    failProductOrderInfos: z.array(failedSchema).nullish(),
  }),
});

type Verdict = { readonly kind: 'done' } | Refused | undefined;

/** What a product order, as it is now, says of what was asked for; undefined where it may still come. */
export type Look = (detail: Detail) => Verdict;

/**
 * A reply for each product order of a call. Naver refuses what is so already, by the code 9999 like much else, and
 * passes over some in silence: what it has not done is looked at, so that asking again is safe.
 */
export async function settled(
  client: NaverClient,
  { result, exchange }: WriteReply,
  productOrderIds: readonly string[],
  look: Look,
): Promise<Reply[]> {
  if (result.kind !== 'answered') return productOrderIds.map(() => ({ outcome: result, exchange }));
  const verdictOf = verdictsOf(result);
  const doubtful = productOrderIds.filter((id) => verdictOf(id)?.kind !== 'done');
  const details = await orUnavailable(allDetails(client, doubtful));
  return productOrderIds.map((id) => ({ outcome: outcomeOf(id, verdictOf(id), details, look), exchange }));
}

function outcomeOf(
  id: string,
  verdict: Verdict,
  details: readonly Detail[] | OutsideUnavailable,
  look: Look,
): Reply['outcome'] {
  if (verdict?.kind === 'done') return verdict;
  if (details instanceof OutsideUnavailable) return unseen(verdict, details);
  const detail = details.find(({ productOrderId }) => productOrderId === id);
  const seen = detail === undefined ? undefined : look(detail);
  if (seen?.kind === 'done') return seen;
  const reasons = [verdict?.reason, seen?.reason].filter((reason) => reason !== undefined);
  if (reasons.length > 0) return { kind: 'refused', reason: reasons.join('; ') };
  return { kind: 'unknown', reason: 'Naver passed over it in silence' };
}

function verdictsOf(answer: JsonAnswer): (productOrderId: string) => Verdict {
  if (answer.status >= 400) {
    const reason = `HTTP ${answer.status} ${sayingOf(answer.body)}`.trim();
    return () => ({ kind: 'refused', reason });
  }
  const data = resultSchema.safeParse(answer.body).data?.data;
  const infos = data?.successProductOrderInfos?.map(({ productOrderId }) => productOrderId) ?? [];
  const done = new Set([...(data?.successProductOrderIds ?? []), ...infos]);
  const failed = new Map(data?.failProductOrderInfos?.map((info) => [info.productOrderId, info]));
  return (id) => {
    if (done.has(id)) return { kind: 'done' };
    const info = failed.get(id);
    if (info === undefined) return undefined;
    return { kind: 'refused', reason: [info.code, info.message].filter(Boolean).join(' ') };
  };
}

/** A refusal may mean that it is so already: without having looked nobody can tell. */
function unseen(verdict: Verdict, { message }: OutsideUnavailable): Reply['outcome'] {
  const why = verdict?.kind === 'refused' ? `Naver said: ${verdict.reason}` : 'Naver did not speak of it';
  return { kind: 'unknown', reason: `${why}; whether it is so already could not be looked up: ${message}` };
}
