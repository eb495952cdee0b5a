import type { Carrier } from '../../../domain/carrier';
import { readRows, readShipmentPage } from '../shipment-pages';
import type { ShipmentsRead, WmsShipment } from '../wms';
import type { PoomgoClient } from './client';
import { type Invoice, invoiceSchema, invoicesSchema, orderSchema } from './format';

const PAGE_SIZE = 500;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface ShipmentSettings {
  readonly carrierCodes: Readonly<Record<string, Carrier>>;
  readonly shipmentOverlapSeconds: number;
}

/**
 * Parcels that were packed and closed, with what is in each. Who carries them is told only with the orders:
 * those of the days are read when a parcel comes up whose carrier is not known yet.
 */
export class PoomgoShipments {
  readonly #client: PoomgoClient;
  readonly #settings: ShipmentSettings;
  #carrierNames: ReadonlyMap<number, string | null> = new Map();

  constructor(client: PoomgoClient, settings: ShipmentSettings) {
    this.#client = client;
    this.#settings = settings;
  }

  /** By their closedAt. assumed: one that is closed meanwhile is the last of the last page. */
  since(cursor: string | Date): Promise<ShipmentsRead> {
    return readShipmentPage(cursor, this.#settings.shipmentOverlapSeconds, async (from, at) => {
      const page = Number(at ?? 1);
      const query = new URLSearchParams({
        closedAtGte: from.toISOString(),
        closedAtLte: new Date(Date.now() + HOUR_MS).toISOString(),
        pageSize: String(PAGE_SIZE),
        page: String(page),
      });
      const answer = await this.#client.get(`/invoice?${query.toString()}`, invoicesSchema);
      const { rows, unreadable } = readRows(answer.data, invoiceSchema, 'invoiceId');
      if (!rows.every(({ invoiceId }) => this.#carrierNames.has(invoiceId))) await this.#readCarriers(from);
      return {
        shipments: rows.map((invoice) => this.#toShipment(invoice)),
        unreadable,
        seen: rows.map(({ closedAt }) => closedAt),
        next: page < answer.totalPage ? String(page + 1) : null,
      };
    });
  }

  async #readCarriers(from: Date): Promise<void> {
    const days = { closeAtFrom: utcDay(from.getTime()), closeAtTo: utcDay(Date.now() + DAY_MS) };
    const orders = await this.#client.rows('/oms/orders', days, orderSchema);
    const invoices = orders.flatMap((order) => order.invoices ?? []);
    this.#carrierNames = new Map(invoices.map((each) => [each.invoiceId, each.logisticsPartnerName]));
  }

  #toShipment({ invoiceId, trackingNumber, closedAt, order, items }: Invoice): WmsShipment {
    const name = this.#carrierNames.get(invoiceId) ?? 'not told';
    return {
      shipmentId: String(invoiceId),
      code: order?.channelOrderId ?? '',
      carrier: this.#settings.carrierCodes[name] ?? { other: name },
      trackingNumber,
      shippedAt: closedAt,
      items: items.map(({ code, quantity }) => ({ itemCode: code, quantity })),
    };
  }
}

/**
 * YYYY-MM-DD. Whether Poomgo's days are Seoul's or UTC's is not documented: windows begin with the day in
 * UTC, which is never the later one, and end with tomorrow's.
 */
export function utcDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
