import type { Carrier } from '../../domain/carrier';
import { seoulDay } from '../../domain/seoul';
import { json, type Route, type StandInRequest } from '../stand-in/message';
import type { Parcel, Warehouse, WarehouseOrder } from './warehouse';

const PARCEL_NAMES: Record<Carrier, string> = {
  cj: 'CJ대한통운',
  hanjin: '한진택배',
  lotte: '롯데택배',
  logen: '로젠택배',
  post: '우체국택배',
};
const WORK_STATES = { open: '1', shipped: '3', cancelled: '8' } as const;
const WORK_STATE_NAMES = { open: '출고요청', shipped: '출고완료', cancelled: '출고요청취소' } as const;

/** 전표번호: the warehouse's number of an order. */
export function slipNoOf(orderId: number): string {
  return `TESTOO${String(orderId).padStart(12, '0')}`;
}

/** What every answer is wrapped in. */
export function envelope(status: number, data: unknown) {
  const dataCount = Array.isArray(data) ? data.length : 0;
  const msg = status < 300 ? 'SUCCESS' : 'FAIL';
  return { header: { code: String(status), dataCount, msg }, errorInfo: null, data };
}

/** Orders, parcels, goods and stock. */
export function lists(warehouse: Warehouse, cstCd: string): Route[] {
  const products = () => [...warehouse.products.values()];
  const ofDays = (request: StandInRequest, day: (parcel: Parcel) => string) =>
    warehouse.parcels.filter((parcel) => isWithin(request, day(parcel)));
  return [
    list('/api/v1/delivery/detail/:cstCd/:slipNo', 'detail', cstCd, ({ params }) =>
      warehouse.orders.filter(({ id }) => slipNoOf(id) === params['slipNo']).map(toDelivery),
    ),
    list('/api/v1/delivery/good/detail/list/:cstCd/:start/:end', 'shipments', cstCd, (request) =>
      ofDays(request, dayLeft).flatMap(toShippedItems),
    ),
    list('/api/v1/delivery/parcel/:cstCd/:start/:end/:outDiv', 'shipments', cstCd, (request) =>
      ofDays(request, dayLeft).map(toParcel),
    ),
    // After the others: its path fits theirs too.
    list(`/api/v1/delivery/:cstCd/:start/:end/:status/:outDiv`, 'lookup', cstCd, (request) =>
      warehouse.orders.filter(({ content }) => isWithin(request, String(content['ordDt']))).map(toDelivery),
    ),
    list('/api/v1/goods/:cstCd', 'stock', cstCd, () =>
      products().map(({ itemCode, name }) => ({ cstGodCd: itemCode, godNm: name })),
    ),
    list('/api/v1/stock/list/:cstCd', 'stock', cstCd, () => {
      const allocated = allocatedIn(warehouse);
      return products().map(({ itemCode, onHand }) => ({
        cstGodCd: itemCode,
        stockQty: onHand,
        canStockQty: onHand - (allocated.get(itemCode) ?? 0),
        badStockQty: 0,
      }));
    }),
  ];
}

function list(
  path: string,
  endpoint: string,
  cstCd: string,
  rows: (request: StandInRequest) => readonly unknown[],
): Route {
  const handle = (request: StandInRequest) =>
    request.params['cstCd'] === cstCd
      ? json(200, envelope(200, rows(request)))
      : json(400, envelope(400, null));
  return { method: 'GET', path, endpoint, handle };
}

/** By its digits: some of its days have dashes, some have none. */
function isWithin({ params }: StandInRequest, day: string): boolean {
  const digits = (text = '') => text.replaceAll('-', '');
  return digits(day) >= digits(params['start']) && digits(day) <= digits(params['end']);
}

function dayLeft({ at }: Parcel): string {
  return seoulDay(new Date(at));
}

function toDelivery({ id, code, state, content, parcels }: WarehouseOrder) {
  const [parcel] = parcels;
  return {
    ordDt: content['ordDt'],
    slipNo: slipNoOf(id),
    ordNo: code,
    ordSeq: 1,
    wrkStat: WORK_STATES[state],
    wrkStatNm: WORK_STATE_NAMES[state],
    outDt: parcel ? dayLeft(parcel) : null,
    invoiceNo: parcel?.trackingNumber ?? null,
    parcelNm: parcel ? PARCEL_NAMES[parcel.carrier] : null,
  };
}

function toShippedItems(parcel: Parcel) {
  const { order, trackingNumber } = parcel;
  return order.items.map(({ itemCode, quantity }) => ({
    outDt: dayLeft(parcel),
    slipNo: slipNoOf(order.id),
    orderNo: order.code,
    invoiceNo: trackingNumber,
    cstGodCd: itemCode,
    outQty: quantity,
  }));
}

function toParcel(parcel: Parcel) {
  const { order, carrier, trackingNumber } = parcel;
  return {
    packDt: dayLeft(parcel),
    slipNo: slipNoOf(order.id),
    ordNo: order.code,
    invoiceNo: trackingNumber,
    parcelNm: PARCEL_NAMES[carrier],
  };
}

function allocatedIn(warehouse: Warehouse): ReadonlyMap<string, number> {
  const allocated = new Map<string, number>();
  for (const { state, items } of warehouse.orders) {
    if (state !== 'open') continue;
    for (const { itemCode, quantity } of items)
      allocated.set(itemCode, (allocated.get(itemCode) ?? 0) + quantity);
  }
  return allocated;
}
