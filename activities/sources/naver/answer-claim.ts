import type { ClaimAnswer, Reply } from '../source';
import { stateOfClaim } from './claims';
import type { NaverClient } from './client';
import { dispatch, dispatchOf } from './dispatch';
import { productOrderOf, unwrapped } from './record';
import { type Look, settled } from './settle';
import { PRODUCT_ORDERS } from './wire';

/**
 * Consents to a cancellation (취소 요청 승인), or turns it down: for that the API has no call, Naver does it when the
 * product order is dispatched.
 */
export async function answerClaim(
  client: NaverClient,
  { recordId, body, answer }: ClaimAnswer,
): Promise<Reply> {
  const productOrderId = productOrderOf(recordId);
  const [reply] =
    answer.kind === 'shipped'
      ? await dispatch(client, [dispatchOf(productOrderId, answer, client.settings)])
      : await approve(client, productOrderId, unwrapped(body).claimId ?? '');
  if (reply === undefined) throw new RangeError(`No reply about ${recordId}`);
  return reply;
}

async function approve(client: NaverClient, productOrderId: string, claimId: string): Promise<Reply[]> {
  const reply = await client.call({
    method: 'POST',
    path: `${PRODUCT_ORDERS}/${encodeURIComponent(productOrderId)}/claim/cancel/approve`,
  });
  const isApproved: Look = ({ element }) => {
    const state = stateOfClaim(element, claimId);
    if (state === 'done') return { kind: 'done' };
    return state === 'withdrawn' ? { kind: 'refused', reason: 'the claim was withdrawn' } : undefined;
  };
  return settled(client, reply, [productOrderId], isApproved);
}
