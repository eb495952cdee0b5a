import type { Carrier } from '../../../domain/carrier';
import type { WmsShipment } from '../wms';
import type { PoomgoClient } from './client';
import { type Invoice, invoicesSchema, orderSchema } from './format';

const PAGE_SIZE = 500;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface ShipmentSettings {
  readonly carrierCodes: Readonly<Record<string, Carrier>>;
  readonly firstLookBackDays: number;
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

  /** The cursor is the newest closedAt seen, in UTC. */
  async since(cursor: string | null): Promise<{ shipments: WmsShipment[]; cursor: string }> {
    const { firstLookBackDays, shipmentOverlapSeconds } = this.#settings;
    const newest = cursor === null ? Date.now() - firstLookBackDays * DAY_MS : Date.parse(cursor);
    const from = new Date(newest - shipmentOverlapSeconds * 1_000);
    const invoices = await this.#closedSince(from);
    if (!invoices.every(({ invoiceId }) => this.#carrierNames.has(invoiceId))) await this.#readCarriers(from);
    const last = Math.max(newest, ...invoices.map(({ closedAt }) => closedAt.getTime()));
    return {
      shipments: invoices.map((invoice) => this.#toShipment(invoice)),
      cursor: new Date(last).toISOString(),
    };
  }

  /** A parcel that is closed meanwhile is the last of the last page, or comes next time. */
  async #closedSince(from: Date): Promise<Invoice[]> {
    const query = new URLSearchParams({
      closedAtGte: from.toISOString(),
      closedAtLte: new Date(Date.now() + HOUR_MS).toISOString(),
      pageSize: String(PAGE_SIZE),
    });
    const invoices: Invoice[] = [];
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const answer = await this.#client.get(`/invoice?${query.toString()}&page=${page}`, invoicesSchema);
      pages = answer.totalPage;
      invoices.push(...answer.data);
    }
    return invoices;
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
      code: order.channelOrderId,
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
