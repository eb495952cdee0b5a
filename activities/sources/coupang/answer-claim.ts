import { z } from 'zod';
import { type JsonAnswer, orUnavailable } from '../../json-call';
import { OutsideUnavailable } from '../../outcome';
import { cutArray } from '../json-records';
import type { ClaimAnswer, Reply } from '../source';
import type { Wing } from './client';
import { type Receipt, receiptSchema, standingOf } from './receipt';
import { readable } from './records';
import { fitted } from './wire';

/**
 * 출고중지완료 where the goods were stopped, 이미출고 with the tracking number where they had left. Both are of all
 * goods of a receipt together.
 *
 * @throws UndecodableRecord for a record that is no receipt.
 */
export async function answerClaim(wing: Wing, { body, answer }: ClaimAnswer): Promise<Reply> {
  const { receiptId, cancelCountSum } = fitted(receiptSchema, readable(body));
  const { vendorId, carrierCodes } = wing.settings;
  const receipt = { vendorId, receiptId: BigInt(receiptId) };
  const path = wing.ofVendor(`/returnRequests/${receiptId}`);
  const { result, exchange } =
    answer.kind === 'stopped'
      ? await wing.write('PUT', `${path}/stoppedShipment`, { ...receipt, cancelCount: cancelCountSum })
      : await wing.write('PUT', `${path}/completedShipment`, {
          ...receipt,
          deliveryCompanyCode: carrierCodes[answer.carrier],
          invoiceNumber: answer.trackingNumber.replaceAll(/[\s-]/g, ''),
        });
  if (result.kind !== 'answered') return { outcome: result, exchange };
  const reason = refusalIn(result);
  return {
    outcome: reason === undefined ? { kind: 'done' } : await lookAgain(wing, path, answer, reason),
    exchange,
  };
}

const resultSchema = z.object({
  message: z.string().catch(''),
  data: z
    .object({ resultCode: z.string(), resultMessage: z.string().catch('') })
    .optional()
    .catch(undefined),
});

/** @returns undefined where the answer says that it is done. */
function refusalIn({ status, body }: JsonAnswer): string | undefined {
  const { message = '', data } = resultSchema.safeParse(body).data ?? {};
  if (status < 300 && data?.resultCode === 'SUCCESS') return undefined;
  return `HTTP ${status}: ${(data?.resultMessage || message).slice(0, 200)}`;
}

/** What is settled takes no answer: it may be settled by the one that we gave before. */
async function lookAgain(
  wing: Wing,
  path: string,
  { kind }: ClaimAnswer['answer'],
  refusal: string,
): Promise<Reply['outcome']> {
  const body = await orUnavailable(wing.read(path));
  if (body instanceof OutsideUnavailable) return { kind: 'unknown', reason: `${refusal}; ${body.message}` };
  const [receipt] = cutArray(body, ['data']);
  const { data } = receiptSchema.safeParse(receipt && readable(receipt));
  return data !== undefined && isSo(data, kind) ? { kind: 'done' } : { kind: 'refused', reason: refusal };
}

function isSo(receipt: Receipt, answer: ClaimAnswer['answer']['kind']): boolean {
  const { kind, state } = standingOf(receipt) ?? {};
  return answer === 'stopped' ? kind === 'cancellation' && state === 'done' : kind === 'return';
}
