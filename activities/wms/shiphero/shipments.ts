import { z } from 'zod';
import type { Carrier } from '../../../domain/carrier';
import { readRows, readShipmentPage } from '../shipment-pages';
import type { ShipmentsRead, WmsShipment } from '../wms';
import { awaitsNumber, SHIPMENT, SHIPMENTS, shipmentSchema, toShipments, withoutNumber } from './format';
import type { ShipHeroApi } from './graphql';

/** assumed: a label that has no number by then never gets one. */
const NUMBER_WITHIN_MS = 3 * 24 * 3_600_000;

const oneSchema = z.object({ shipment: z.object({ data: shipmentSchema }) });

export interface ShipmentSettings {
  readonly carrierCodes: Readonly<Record<string, Carrier>>;
  readonly shipmentOverlapSeconds: number;
}

/** By their created_date. A label may get its number later: until then the cursor stays before it. */
export function shipmentsSince(
  api: ShipHeroApi,
  { carrierCodes, shipmentOverlapSeconds }: ShipmentSettings,
  cursor: string | Date,
): Promise<ShipmentsRead> {
  return readShipmentPage(cursor, shipmentOverlapSeconds, async (from, after) => {
    const variables = { date_from: from.toISOString(), after };
    const page = await api.page(SHIPMENTS, 'shipments', variables, z.unknown());
    const { rows, unreadable } = readRows(page.nodes, shipmentSchema, 'id');
    const waiting = rows.filter(awaitsNumber);
    const isRecent = ({ created_date }: (typeof rows)[number]) =>
      created_date.getTime() > Date.now() - NUMBER_WITHIN_MS;
    return {
      shipments: rows.flatMap((row) => toShipments(row, carrierCodes)),
      unreadable: [...unreadable, ...waiting.filter((row) => !isRecent(row)).flatMap(withoutNumber)],
      seen: rows.map(({ created_date }) => created_date),
      stillOpen: waiting.filter(isRecent).map(({ created_date }) => created_date),
      next: page.next,
    };
  });
}

/**
 * What a webhook names; a label without a number is found by polling. assumed: the shipment that was just told
 * is not voided, which a shipment does not say of itself.
 *
 * @throws OutsideUnavailable
 */
export async function shipmentsOf(
  api: ShipHeroApi,
  { carrierCodes }: ShipmentSettings,
  id: string,
): Promise<WmsShipment[]> {
  const { shipment } = await api.query(SHIPMENT, { id }, oneSchema);
  return toShipments(shipment.data, carrierCodes);
}
