import { z } from 'zod';
import type { Route, StandInRequest, StandInResponse } from '../../stand-in/message';
import { losslessBody, Refusal, success } from './answers';
import { boxesOf, invoiceOf, type Shop, shipBox } from './boxes';
import { VENDOR } from './reads';
import { receiptById } from './receipt';

const stoppedSchema = z.strictObject({
  vendorId: z.string(),
  receiptId: z.bigint(),
  cancelCount: z.bigint(),
});
const completedSchema = z.strictObject({
  vendorId: z.string(),
  receiptId: z.bigint(),
  deliveryCompanyCode: z.string().min(1),
  invoiceNumber: z.string().regex(/^\d{8,16}$/),
});

/** 출고중지완료, and 이미출고 of what has left all the same: the two answers to who asks to stop a parcel. */
export function claimAnswerRoutes(shop: Shop): Route[] {
  return [
    {
      method: 'PUT',
      path: `${VENDOR}/returnRequests/:receiptId/stoppedShipment`,
      endpoint: 'stoppedShipment',
      handle: (request) => stop(shop, request),
    },
    {
      method: 'PUT',
      path: `${VENDOR}/returnRequests/:receiptId/completedShipment`,
      endpoint: 'completedShipment',
      handle: (request) => turnDown(shop, request),
    },
  ];
}

function stop(shop: Shop, request: StandInRequest): StandInResponse {
  const { cancelCount } = bodyOf(stoppedSchema, request);
  const { claim } = openReceipt(shop, request);
  const units = claim.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  if (cancelCount !== BigInt(units))
    throw new Refusal(500, '[INTERNAL_SERVER_ERROR] 취소반품접수수량과 cancelCount가 일치하지 않습니다.');
  settle(shop, claim.claimId, 'done');
  return success({ resultCode: 'SUCCESS', resultMessage: '출고중지완료요청이 성공하였습니다' });
}

/** The parcel has the number from then on. */
function turnDown(shop: Shop, request: StandInRequest): StandInResponse {
  const { deliveryCompanyCode: carrierCode, invoiceNumber: number } = bodyOf(completedSchema, request);
  const { claim, order } = openReceipt(shop, request);
  settle(shop, claim.claimId, 'withdrawn');
  const claimed = new Set(claim.lines.map(({ lineNumber }) => lineNumber));
  for (const box of boxesOf(shop, order)) {
    const isMeant = box.lines.some(({ lineNumber }) => claimed.has(lineNumber));
    if (isMeant && invoiceOf(box) === undefined) shipBox(shop, box, { carrierCode, number });
  }
  return success({ resultCode: 'SUCCESS', resultMessage: '이미출고 상태변경이 성공하였습니다.' });
}

function bodyOf<T extends { readonly receiptId: bigint }>(schema: z.ZodType<T>, request: StandInRequest): T {
  const { data } = schema.safeParse(losslessBody(request));
  if (data !== undefined && String(data.receiptId) === request.params['receiptId']) return data;
  throw new Refusal(400, 'the body does not fit');
}

function openReceipt(shop: Shop, { params }: StandInRequest) {
  const receipt = receiptById(shop, params['receiptId'] ?? '');
  if (receipt.listing.receiptStatus === 'RELEASE_STOP_UNCHECKED') return receipt;
  throw new Refusal(400, '이미 반품이 완료되었거나 처리된 접수입니다.');
}

function settle({ book }: Shop, claimId: string, state: 'done' | 'withdrawn'): void {
  book.record({ type: 'claim-state', at: book.clock(), claimId, state, answered: true });
}
