import { z } from 'zod';
import { jsonBody, type Route, type StandInRequest, type StandInResponse } from '../../stand-in/message';
import { claimsOn, type ProductOrder, statusOf } from './product-order';
import { badParameter, productOrdersOf, type Shop } from './reads';

const PRODUCT_ORDERS = '/external/v1/pay-order/seller/product-orders';
const PER_CALL = 30;

/** Why a product order is left as it is. */
interface Failure {
  readonly code: string;
  readonly message: string;
}
const UNKNOWN: Failure = { code: '100001', message: '상품 주문을 찾을 수 없습니다.' };
const WRONG_STATUS: Failure = { code: '104442', message: '상품 주문 상태를 확인해 주세요.' };
const WRONG_PLACE_STATUS = { code: '104443', message: '발주 상태를 확인해 주세요.' };
const CONFIRMED_ALREADY: Failure = { ...WRONG_PLACE_STATUS };
const NOT_CONFIRMED: Failure = { ...WRONG_PLACE_STATUS };
const SO_ALREADY: Failure = { code: '105306', message: '변경을 요청한 상태가 기존과 동일합니다.' };

/** What comes of one product order of a call: done by `act`, or a failure. */
type Judged = { readonly act: () => void } | Failure;

export function writes(shop: Shop): Route[] {
  return [
    {
      method: 'POST',
      path: `${PRODUCT_ORDERS}/confirm`,
      endpoint: 'confirm',
      handle: (request) => confirm(shop, request),
    },
    {
      method: 'POST',
      path: `${PRODUCT_ORDERS}/dispatch`,
      endpoint: 'dispatch',
      handle: (request) => dispatch(shop, request),
    },
    {
      method: 'POST',
      path: `${PRODUCT_ORDERS}/:productOrderId/claim/cancel/approve`,
      endpoint: 'approve',
      handle: ({ params }) => {
        const id = params['productOrderId'] ?? '';
        return results(shop, 'successProductOrderIds', [id], () => judgeApproval(shop, id));
      },
    },
  ];
}

const confirmSchema = z.object({ productOrderIds: z.array(z.string()).min(1).max(PER_CALL) });

function confirm(shop: Shop, request: StandInRequest): StandInResponse {
  const parsed = confirmSchema.safeParse(jsonBody(request));
  if (!parsed.success) throw badParameter('productOrderIds');
  const known = productOrdersOf(shop.book);
  const { productOrderIds } = parsed.data;
  return results(shop, 'successProductOrderInfos', productOrderIds, (id) =>
    judgeConfirm(shop, known.get(id)),
  );
}

function judgeConfirm({ book }: Shop, found: ProductOrder | undefined): Judged {
  if (found === undefined) return UNKNOWN;
  const now = book.clock();
  if (statusOf(found, now) !== 'PAYED' || openCancellation(found, now) !== undefined) return WRONG_STATUS;
  const { serial, acknowledgedAt } = found.order;
  if (acknowledgedAt !== null) return CONFIRMED_ALREADY;
  return { act: () => book.record({ type: 'acknowledge', at: now, serials: [serial] }) };
}

const dispatchSchema = z.object({
  dispatchProductOrders: z
    .array(
      z.object({
        productOrderId: z.string(),
        deliveryMethod: z.literal('DELIVERY'),
        deliveryCompanyCode: z.string().optional(),
        trackingNumber: z.string().optional(),
        dispatchDate: z.iso.datetime({ offset: true }),
      }),
    )
    .min(1)
    .max(PER_CALL),
});
type DispatchRow = z.output<typeof dispatchSchema>['dispatchProductOrders'][number];

const COMPANIES = ['CJGLS', 'HYUNDAI', 'HANJIN', 'KGB', 'EPOST'];

function dispatch(shop: Shop, request: StandInRequest): StandInResponse {
  const parsed = dispatchSchema.safeParse(jsonBody(request));
  if (!parsed.success) throw badParameter('dispatchProductOrders');
  const rows = new Map(parsed.data.dispatchProductOrders.map((row) => [row.productOrderId, row]));
  if (rows.size < parsed.data.dispatchProductOrders.length) throw badParameter('productOrderId');
  const known = productOrdersOf(shop.book);
  return results(shop, 'successProductOrderIds', [...rows.keys()], (id) =>
    judgeDispatch(shop, rows.get(id), known.get(id)),
  );
}

function judgeDispatch(shop: Shop, row: DispatchRow | undefined, found: ProductOrder | undefined): Judged {
  const { deliveryCompanyCode = '', trackingNumber = '' } = row ?? {};
  if (found === undefined) return UNKNOWN;
  if (!COMPANIES.includes(deliveryCompanyCode))
    return { code: '104119', message: '택배사 코드를 확인해 주세요.' };
  if (trackingNumber === '') return { code: '104120', message: '송장 번호가 입력되지 않았습니다.' };
  if (!/^\d{9,14}$/.test(trackingNumber))
    return { code: '104122', message: '유효하지 않은 송장 번호입니다.' };
  const { order, line } = found;
  const known = order.invoicesOf(line.lineNumber).at(-1)?.number;
  if (known === trackingNumber) return SO_ALREADY;
  const now = shop.book.clock();
  if (statusOf(found, now) !== 'PAYED') return WRONG_STATUS;
  if (order.acknowledgedAt === null) return NOT_CONFIRMED;
  if (shop.settings().usedNumbers === 'refused' && isUsed(shop, found, trackingNumber))
    return { code: '104121', message: '이미 사용된 송장 번호입니다.' };
  return { act: () => ship(shop, found, deliveryCompanyCode, trackingNumber) };
}

function isUsed({ book }: Shop, { order }: ProductOrder, trackingNumber: string): boolean {
  return book
    .offered()
    .filter((other) => other !== order)
    .some((other) =>
      other.order.lines.some(({ lineNumber }) =>
        other.invoicesOf(lineNumber).some(({ number }) => number === trackingNumber),
      ),
    );
}

/** Who asked for a cancellation is turned down by the parcel. */
function ship({ book }: Shop, found: ProductOrder, carrierCode: string, number: string): void {
  const at = book.clock();
  const claimId = openCancellation(found, at)?.claimId;
  const { order, line } = found;
  if (claimId !== undefined)
    book.record({ type: 'claim-state', at, claimId, state: 'withdrawn', answered: true });
  const { lineNumber } = line;
  book.record({ type: 'invoice', at, serial: order.serial, lineNumber, carrierCode, number });
}

function judgeApproval({ book }: Shop, productOrderId: string): Judged {
  const found = productOrdersOf(book).get(productOrderId);
  if (found === undefined) return UNKNOWN;
  const at = book.clock();
  const claimId = openCancellation(found, at)?.claimId;
  if (claimId !== undefined)
    return { act: () => book.record({ type: 'claim-state', at, claimId, state: 'done', answered: true }) };
  return claimsOn(found, at).length > 0 ? SO_ALREADY : WRONG_STATUS;
}

function openCancellation(productOrder: ProductOrder, now: number) {
  return claimsOn(productOrder, now)
    .map(({ claim }) => claim)
    .findLast((claim) => claim.kind === 'cancellation' && productOrder.order.stateOf(claim) === 'requested');
}

/** One after the other: what becomes of the first may decide about the next. */
function results(
  { answers, settings }: Shop,
  success: 'successProductOrderIds' | 'successProductOrderInfos',
  productOrderIds: readonly string[],
  judge: (productOrderId: string) => Judged,
): StandInResponse {
  const { repeated, failCodes } = settings();
  const isRepeat = (each: Judged) => each === SO_ALREADY || each === CONFIRMED_ALREADY;
  const done: string[] = [];
  const failed: (Failure & { productOrderId: string })[] = [];
  for (const productOrderId of productOrderIds) {
    const judged = judge(productOrderId);
    if ('act' in judged) judged.act();
    if ('act' in judged || (isRepeat(judged) && repeated === 'succeeds')) done.push(productOrderId);
    else if (!isRepeat(judged) || repeated === 'fails')
      failed.push({ productOrderId, ...judged, ...(failCodes === '9999' ? { code: '9999' } : {}) });
  }
  return answers.success({
    [success]:
      success === 'successProductOrderIds'
        ? done
        : done.map((productOrderId) => ({ productOrderId, isReceiverAddressChanged: false })),
    failProductOrderInfos: failed,
  });
}
