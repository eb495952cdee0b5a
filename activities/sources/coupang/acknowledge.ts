import { orUnavailable, type WriteReply } from '../../json-call';
import { OutsideUnavailable, type Refused } from '../../outcome';
import { inParallel } from '../../parallel';
import type { Reply } from '../source';
import { outcomeOf, WAIT_MS } from './box-results';
import type { Wing } from './client';
import { readParcel } from './parcel';
import { boxOfRecord, isOpen, unitsTakenBack } from './sheet';

const LOOKS_AT_ONCE = 4;

/** 상품준비중 처리: the customer can change the address no more. */
export async function acknowledge(wing: Wing, recordIds: readonly string[]): Promise<Reply[]> {
  if (recordIds.length === 0) return [];
  const reply = await wing.write('PUT', wing.ofVendor('/ordersheets/acknowledgement'), {
    vendorId: wing.settings.vendorId,
    shipmentBoxIds: recordIds.map((recordId) => BigInt(boxOfRecord(recordId))),
  });
  const replies = recordIds.map((recordId) => replyOf(reply, recordId));
  await inParallel(LOOKS_AT_ONCE, [...replies.entries()], async ([index, { outcome, exchange }]) => {
    if (outcome.kind !== 'refused') return;
    replies[index] = { outcome: await lookAgain(wing, recordIds[index] ?? '', outcome), exchange };
  });
  return replies;
}

function replyOf(reply: WriteReply, recordId: string): Reply {
  return { outcome: outcomeOf(reply, boxOfRecord(recordId)), exchange: reply.exchange };
}

/**
 * Coupang refuses in the same words what was told before, what was cancelled, and what waits for a refund of a part:
 * the parcel itself tells them apart. One that has left was sent by somebody else, and must not be sent again.
 */
async function lookAgain(wing: Wing, recordId: string, refused: Refused): Promise<Reply['outcome']> {
  const parcel = await orUnavailable(readParcel(wing, recordId));
  if (parcel instanceof OutsideUnavailable) return { kind: 'unknown', reason: parcel.message };
  if ('kind' in parcel) return parcel;
  const { status, orderItems } = parcel;
  if (!isOpen(status)) return { kind: 'refused', reason: `${status}: it was shipped outside` };
  if (status === 'INSTRUCT') return { kind: 'done' };
  const isWaiting = orderItems.some(({ holdCountForCancel }) => holdCountForCancel > 0);
  const isWanted = orderItems.some((item) => unitsTakenBack(parcel, item) < item.shippingCount);
  if (!isWaiting || !isWanted) return refused;
  return { kind: 'not-received', reason: 'a part of it is being refunded first', retryAfterMs: WAIT_MS };
}
