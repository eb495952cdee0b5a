import { z } from 'zod';
import type { Route, StandInRequest, StandInResponse } from '../../stand-in/message';
import { losslessBody, Refusal } from './answers';
import { type Box, boxById, isGone, openClaimsOn, type Shop, shipBox, statusOf, takenBack } from './boxes';
import { VENDOR } from './reads';
import { answerOf, type BoxResult, failed, succeeded } from './results';

const CARRIERS = ['CJGLS', 'HANJIN', 'HYUNDAI', 'KGB', 'EPOST'];

const rowSchema = z.strictObject({
  shipmentBoxId: z.bigint(),
  orderId: z.bigint(),
  vendorItemId: z.bigint(),
  deliveryCompanyCode: z.string(),
  invoiceNumber: z.string(),
  splitShipping: z.boolean(),
  preSplitShipped: z.boolean(),
  estimatedShippingDate: z.string(),
});
type Row = z.output<typeof rowSchema>;
const bodySchema = z.strictObject({
  vendorId: z.string(),
  orderSheetInvoiceApplyDtos: z.array(rowSchema).min(1),
});

/** 송장업로드 of what is being prepared, 송장업데이트 of what has left. Parcels are not split. */
export function invoiceRoutes(shop: Shop): Route[] {
  return (['invoices', 'updateInvoices'] as const).map((endpoint) => ({
    method: 'POST',
    path: `${VENDOR}/orders/${endpoint}`,
    endpoint,
    handle: (request) => take(shop, request, endpoint === 'updateInvoices'),
  }));
}

function take(shop: Shop, request: StandInRequest, isUpdate: boolean): StandInResponse {
  const { data } = bodySchema.safeParse(losslessBody(request));
  if (data === undefined) throw new Refusal(400, 'orderSheetInvoiceApplyDtos are not complete');
  const rows = data.orderSheetInvoiceApplyDtos;
  // What the reference's own questions and answers say of a carrier that is none.
  if (rows.some((row) => !CARRIERS.includes(row.deliveryCompanyCode)))
    throw new Refusal(500, 'internal exception');
  const ids = new Set(rows.map(({ shipmentBoxId }) => shipmentBoxId));
  const results = [...ids].map((id) => {
    const mine = rows.filter(({ shipmentBoxId }) => shipmentBoxId === id);
    return takeOne(shop, id, mine, isUpdate);
  });
  return answerOf(results);
}

function takeOne(shop: Shop, id: bigint, rows: readonly Row[], isUpdate: boolean): BoxResult {
  const box = boxById(shop, id);
  const [row] = rows;
  if (box === undefined || row === undefined || String(row.orderId) !== box.order.order.orderNumber)
    return failed(id, 'NOT_FOUND_SHIPMENT_BOX');
  const { deliveryCompanyCode: carrierCode, invoiceNumber: number } = row;
  if (isGone(shop, box)) return failed(id, 'ORDER_DELIVERY_CANCELED');
  if (openClaimsOn(shop, box).length > 0) return failed(id, 'ORDER_DELIVERY_PARTIAL_STOP_REQUESTED');
  const isShipped = !['ACCEPT', 'INSTRUCT'].includes(statusOf(shop, box));
  if (isUpdate ? !isShipped : statusOf(shop, box) !== 'INSTRUCT') return failed(id, 'INVALID_STATUS');
  if (!/^\d{8,16}$/.test(number)) return failed(id, 'INVALID_INVOICE_NUMBER');
  if (!namesAll(shop, box, rows)) return failed(id, 'NOT_FOUND_VENDOR_ITEM');
  if (isUsedByOthers(shop, box, number)) return failed(id, 'DUPLICATE_INVOICE_NUMBER');
  shipBox(shop, box, { carrierCode, number });
  return succeeded(id);
}

function namesAll(shop: Shop, { order, lines }: Box, rows: readonly Row[]): boolean {
  const named = new Set(rows.map(({ vendorItemId }) => String(vendorItemId)));
  const wanted = lines.filter((line) => takenBack(shop, order, line).cancelled < line.quantity);
  return wanted.every(({ lineNumber }) => named.has(lineNumber));
}

/** Orders of one receiver may share a number: they travel in one parcel. */
function isUsedByOthers({ book }: Shop, { order }: Box, number: string): boolean {
  const { name, address } = order.recipient;
  return book
    .offered()
    .filter(({ recipient }) => recipient.name !== name || recipient.address !== address)
    .some((other) =>
      other.order.lines.some(({ lineNumber }) => other.invoicesOf(lineNumber).at(-1)?.number === number),
    );
}
