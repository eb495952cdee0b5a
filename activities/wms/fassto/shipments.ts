import { z } from 'zod';
import type { Carrier } from '../../../domain/carrier';
import { seoulDay } from '../../../domain/seoul';
import { readRows } from '../shipment-pages';
import type { ShipmentsRead } from '../wms';
import type { FasstoClient } from './client';

/** 출고 상품 상세: one item in one parcel that has left. */
const shippedItemSchema = z.object({
  outDt: z.iso.date(),
  slipNo: z.string(),
  orderNo: z.string(),
  invoiceNo: z.string(),
  cstGodCd: z.string(),
  outQty: z.coerce.number().int(),
});
type ShippedItem = z.infer<typeof shippedItemSchema>;

/** 택배 출고 목록: who carries a parcel. */
const parcelSchema = z.object({ invoiceNo: z.string().nullable(), parcelNm: z.string().nullable() });

const DAY_MS = 24 * 3_600_000;

export interface ShipmentSettings {
  readonly cstCd: string;
  readonly carrierCodes: Readonly<Record<string, Carrier>>;
  readonly lookBackDays: number;
}

/**
 * What has left is listed by day: what is in each parcel in one list, who carries it in another. The cursor
 * is the last day read; the days of the look-back are read again each time.
 */
export async function shipmentsSince(
  client: FasstoClient,
  { cstCd, carrierCodes, lookBackDays }: ShipmentSettings,
  cursor: string | Date,
): Promise<ShipmentsRead> {
  const today = seoulDay(new Date());
  const read = typeof cursor === 'string' ? cursor : seoulDay(cursor);
  const last = read < today ? read : today;
  const days = `${dayBefore(last, lookBackDays)}/${today}`;
  const listed = await client.list(`/api/v1/delivery/good/detail/list/${cstCd}/${days}`, z.unknown());
  const { rows, unreadable } = readRows(listed, shippedItemSchema, 'slipNo');
  const parcels = await client.list(`/api/v1/delivery/parcel/${cstCd}/${days}/1`, z.unknown());
  const names = new Map(
    readRows(parcels, parcelSchema, 'slipNo').rows.map(({ invoiceNo, parcelNm }) => [invoiceNo, parcelNm]),
  );
  const shipments = byParcel(rows).map((parcel) => {
    const { slipNo, orderNo, invoiceNo, outDt } = parcel.any;
    const name = names.get(invoiceNo) ?? 'not told';
    return {
      shipmentId: `${slipNo}/${invoiceNo}`,
      code: orderNo,
      carrier: carrierCodes[name] ?? { other: name },
      trackingNumber: invoiceNo,
      shippedAt: endOfDayOrNow(outDt),
      items: parcel.items.map(({ cstGodCd, outQty }) => ({ itemCode: cstGodCd, quantity: outQty })),
    };
  });
  return { shipments, unreadable, more: false, cursor: today };
}

interface Parcel {
  readonly any: ShippedItem;
  readonly items: ShippedItem[];
}

function byParcel(rows: readonly ShippedItem[]): Parcel[] {
  const parcels = new Map<string, Parcel>();
  for (const row of rows) {
    const key = `${row.slipNo}/${row.invoiceNo}`;
    const known = parcels.get(key);
    if (known) known.items.push(row);
    else parcels.set(key, { any: row, items: [row] });
  }
  return [...parcels.values()];
}

function dayBefore(day: string, count: number): string {
  return seoulDay(new Date(Date.parse(`${day}T12:00:00+09:00`) - count * DAY_MS));
}

/** The lists know the day only: its end, or now while the day lasts. */
function endOfDayOrNow(day: string): Date {
  return new Date(Math.min(Date.parse(`${day}T23:59:59.999+09:00`), Date.now()));
}
