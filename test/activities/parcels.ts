import { recordShipment } from '../../activities/record-shipment';
import type { WmsOrder, WmsShipment } from '../../activities/wms/wms';
import { dispatchesOf } from '../../db/queries/dispatches';
import type { House } from '../support/house';
import { dispatchUntilSettled } from './dispatch-oracle';

/** An order at its WMS, and the parcels that may come of it. */
export interface AtTheWms {
  readonly key: string;
  readonly wms: string;
  readonly code: string;
  readonly dispatchId: string;
  readonly items: readonly { readonly itemCode: string; readonly quantity: number }[];
  /** A parcel with everything in it, unless told otherwise. */
  parcel(given?: Partial<WmsShipment>): WmsShipment;
}

let parcels = 0;

export async function atTheWms(house: House, key: string): Promise<AtTheWms> {
  await dispatchUntilSettled(house.deps, key);
  return dispatched(house, key);
}

/** The same of an order whose dispatch was claimed before. */
export async function dispatched(house: House, key: string): Promise<AtTheWms> {
  const [dispatch] = await dispatchesOf(house.database.db, key);
  if (dispatch === undefined) throw new Error(`${key} has no dispatch`);
  const { items } = (dispatch.request ?? { items: [] }) as unknown as Pick<WmsOrder, 'items'>;
  return {
    key,
    wms: dispatch.wms ?? '',
    code: dispatch.code,
    dispatchId: dispatch.id,
    items,
    parcel(given = {}) {
      parcels += 1;
      return {
        shipmentId: `test-${parcels}`,
        code: dispatch.code,
        carrier: 'cj',
        trackingNumber: String(600_000_000_000 + parcels),
        shippedAt: new Date('2026-11-20T05:00:00Z'),
        items: items.map(({ itemCode, quantity }) => ({ itemCode, quantity })),
        ...given,
      };
    },
  };
}

export async function ship(house: House, order: AtTheWms, given?: Partial<WmsShipment>) {
  return recordShipment(house.database, order.wms, order.parcel(given));
}

/** One piece of each item, and all that is left. */
export function inTwo(order: AtTheWms): [WmsShipment['items'], WmsShipment['items']] {
  const first = order.items.slice(0, 1).map(({ itemCode }) => ({ itemCode, quantity: 1 }));
  const rest = order.items
    .map(({ itemCode, quantity }, n) => ({ itemCode, quantity: n === 0 ? quantity - 1 : quantity }))
    .filter(({ quantity }) => quantity > 0);
  return [first, rest];
}
