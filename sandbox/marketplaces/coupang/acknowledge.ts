import { z } from 'zod';
import type { Route, StandInRequest, StandInResponse } from '../../stand-in/message';
import { losslessBody, Refusal } from './answers';
import { boxById, isGone, type Shop, statusOf, takenBack } from './boxes';
import { VENDOR } from './reads';
import { answerOf, type BoxResult, failed, succeeded } from './results';

const AT_ONCE = 50;
const bodySchema = z.strictObject({
  vendorId: z.string(),
  shipmentBoxIds: z.array(z.bigint()).min(1).max(AT_ONCE),
});

/** 상품준비중 처리, of what has been paid and is not being refunded. */
export function acknowledgeRoute(shop: Shop): Route {
  return {
    method: 'PUT',
    path: `${VENDOR}/ordersheets/acknowledgement`,
    endpoint: 'acknowledgement',
    handle: (request) => acknowledge(shop, request),
  };
}

function acknowledge(shop: Shop, request: StandInRequest): StandInResponse {
  const { data } = bodySchema.safeParse(losslessBody(request));
  if (data === undefined) throw new Refusal(400, 'shipmentBoxIds are to be 1 to 50 numbers');
  const results = data.shipmentBoxIds.map((id) => judge(shop, id));
  const serials = results.flatMap(({ succeed, shipmentBoxId }) =>
    succeed ? (boxById(shop, shipmentBoxId)?.order.serial ?? []) : [],
  );
  if (serials.length > 0) shop.book.record({ type: 'acknowledge', at: shop.book.clock(), serials });
  return answerOf(results);
}

function judge(shop: Shop, id: bigint): BoxResult {
  const box = boxById(shop, id);
  if (box === undefined) return failed(id, 'NOT_FOUND_SHIPMENT_BOX', `shipmentBoxId (${id}) is not found.`);
  const isRefunding = box.lines.some((line) => takenBack(shop, box.order, line).held > 0);
  if (statusOf(shop, box) === 'ACCEPT' && !isRefunding && !isGone(shop, box)) return succeeded(id);
  return failed(id, 'INVALID_STATUS', '배송상태를 변경할 수 없습니다. 주문내역을 확인해주세요.');
}
