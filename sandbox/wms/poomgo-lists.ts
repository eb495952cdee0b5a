import { z } from 'zod';
import type { Carrier } from '../../domain/carrier';
import { seoulDay } from '../../domain/seoul';
import { json, jsonBody, type Route, type StandInRequest, type StandInResponse } from '../stand-in/message';
import type { Settings } from '../stand-in/settings';
import type { Parcel, Warehouse, WarehouseOrder } from './warehouse';

export const settingsSchema = z.strictObject({
  /** How long the staff leave a temporary order lying before they take it in; until then nothing finds it. */
  takeInAfterMs: z.int().min(0).default(2_000),
  /** From then on. */
  shipAfterMs: z.int().min(0).default(3_000),
  maxPageSize: z.int().min(1).max(500).default(500),
});
export type PoomgoSettings = Settings<typeof settingsSchema>;

/** An order's own number, apart from that of the temporary order that it was. */
export const ORDER_NUMBERS_FROM = 400_000;
const INVOICE_NUMBERS_FROM = 800_000;
const PARTNER_NAMES: Record<Carrier, string> = {
  cj: 'CJ대한통운',
  hanjin: '한진택배',
  lotte: '롯데택배',
  logen: '로젠택배',
  post: '우체국택배',
};

export function isTakenIn({ acceptedAt, state }: WarehouseOrder, { value }: PoomgoSettings): boolean {
  return state === 'shipped' || acceptedAt + value.takeInAfterMs <= Date.now();
}

/** Orders that have been taken in, and parcels that have left. */
export function reads(warehouse: Warehouse, settings: PoomgoSettings): Route[] {
  const takenIn = (order: WarehouseOrder) => order.state !== 'cancelled' && isTakenIn(order, settings);
  return [
    {
      method: 'POST',
      path: '/oms/orders',
      endpoint: 'lookup',
      handle: (request) => {
        const query = ordersQuerySchema.parse(jsonBody(request) ?? {});
        const { orderCode } = query;
        const candidates = orderCode === undefined ? warehouse.orders : warehouse.byCode(orderCode);
        const found = candidates.filter((order) => takenIn(order) && isAskedFor(order, query, settings));
        return rowsOf(request, settings, found, (order) => toOrder(order, settings));
      },
    },
    {
      method: 'GET',
      path: '/invoice',
      endpoint: 'shipments',
      handle: ({ query }) => {
        const from = Date.parse(query.get('closedAtGte') ?? '');
        const to = Date.parse(query.get('closedAtLte') ?? '');
        const parcels = warehouse.parcels.filter(({ at }) => at >= from && at <= to);
        const size = Math.min(settings.value.maxPageSize, Number(query.get('pageSize') ?? 20));
        const page = Math.max(1, Number(query.get('page') ?? 1));
        const data = parcels.slice((page - 1) * size, page * size).map(toInvoice);
        return json(200, { page, totalPage: Math.ceil(parcels.length / size), data });
      },
    },
  ];
}

const ordersQuerySchema = z.looseObject({
  orderCode: z.string().optional(),
  createdAtFrom: z.iso.date().optional(),
  createdAtTo: z.iso.date().optional(),
  closeAtFrom: z.iso.date().optional(),
  closeAtTo: z.iso.date().optional(),
});

function isAskedFor(
  order: WarehouseOrder,
  query: z.infer<typeof ordersQuerySchema>,
  settings: PoomgoSettings,
): boolean {
  const { createdAtFrom, createdAtTo, closeAtFrom, closeAtTo } = query;
  const isClosed = order.parcels.some(({ at }) => isBetween(at, closeAtFrom, closeAtTo));
  if (closeAtFrom !== undefined && !isClosed) return false;
  return isBetween(takenInAt(order, settings), createdAtFrom, createdAtTo);
}

function isBetween(at: number, from = '0000-01-01', to = '9999-12-31'): boolean {
  const day = seoulDay(new Date(at));
  return day >= from && day <= to;
}

function takenInAt({ acceptedAt }: WarehouseOrder, { value }: PoomgoSettings): number {
  return acceptedAt + value.takeInAfterMs;
}

/** What is stocked, and how much of it. */
export function resourceReads(warehouse: Warehouse, settings: PoomgoSettings): Route[] {
  const products = () => [...warehouse.products.values()];
  return [
    {
      method: 'POST',
      path: '/wms/resources',
      endpoint: 'resources',
      handle: (request) =>
        rowsOf(request, settings, products(), ({ id, itemCode, name }) => ({ id, code: itemCode, name })),
    },
    {
      method: 'POST',
      path: '/wms/resources/quantity-at',
      endpoint: 'stock',
      handle: (request) => {
        const inStock = products().filter(({ onHand }) => onHand !== 0);
        return rowsOf(request, settings, inStock, ({ itemCode, onHand }) => ({
          code: itemCode,
          result_quantity: onHand,
        }));
      },
    },
  ];
}

function toOrder(order: WarehouseOrder, settings: PoomgoSettings) {
  const { code, content, items, parcels } = order;
  const invoices = parcels.map(({ id, carrier, trackingNumber }) => ({
    invoiceId: INVOICE_NUMBERS_FROM + id,
    invoiceCode: trackingNumber,
    isPrinted: true,
    isClosed: true,
    cargoStatusCodeKey: 'INVOICE_CARGO_STATUS_COLLECTED',
    logisticsPartnerName: PARTNER_NAMES[carrier],
  }));
  return {
    id: ORDER_NUMBERS_FROM + order.id,
    channelName: '자사몰',
    orderCode: code,
    code: null,
    receiverData: { name: content['name'], mobile: content['mobile'], address: content['address'] },
    createdAt: new Date(takenInAt(order, settings)).toISOString(),
    items: items.map(({ itemCode, quantity }) => ({ resource_name: itemCode, quantity })),
    invoices: invoices.length > 0 ? invoices : null,
  };
}

function toInvoice({ id, order, trackingNumber, at }: Parcel) {
  return {
    invoiceId: INVOICE_NUMBERS_FROM + id,
    trackingNumber,
    order: { channelName: '자사몰', channelOrderId: order.code },
    items: order.items.map(({ itemCode, quantity }) => ({ code: itemCode, name: itemCode, quantity })),
    closedAt: new Date(at).toISOString(),
  };
}

const pageSchema = z
  .object({ page: z.int().min(1).default(1), pageSize: z.int().min(1).default(20) })
  .catch({ page: 1, pageSize: 20 });

function rowsOf<Row>(
  request: StandInRequest,
  settings: PoomgoSettings,
  rows: readonly Row[],
  toJson: (row: Row) => unknown,
): StandInResponse {
  const { page, pageSize } = pageSchema.parse(jsonBody(request));
  const size = Math.min(settings.value.maxPageSize, pageSize);
  return json(200, {
    total: String(rows.length),
    rows: rows.slice((page - 1) * size, page * size).map(toJson),
  });
}
