import { z } from 'zod';
import type { WmsStockLevel } from '../wms';
import type { PoomgoClient } from './client';

/** assumed: a row's `id` is the `resourceId` of an order's lines, and `code` the item's code. */
const resourceSchema = z.object({ id: z.int(), code: z.string() });
const quantitySchema = z.object({ code: z.string(), result_quantity: z.coerce.number().int() });

/** Poomgo's own numbers of our items, and how many of each it has. */
export class PoomgoResources {
  readonly #client: PoomgoClient;
  #idByCode: ReadonlyMap<string, number> = new Map();

  constructor(client: PoomgoClient) {
    this.#client = client;
  }

  /** The list is read again only when it lacks an item that is asked for. */
  async ids(itemCodes: readonly string[], timeoutMs?: number): Promise<ReadonlyMap<string, number>> {
    if (!itemCodes.every((code) => this.#idByCode.has(code))) await this.#refresh(timeoutMs);
    return this.#idByCode;
  }

  async #refresh(timeoutMs?: number): Promise<void> {
    const rows = await this.#client.rows('/wms/resources', {}, resourceSchema, timeoutMs);
    this.#idByCode = new Map(rows.map(({ code, id }) => [code, id]));
  }

  /** On hand at this moment, what is about to leave included; an item without any is not in its answer. */
  async stock(): Promise<WmsStockLevel[]> {
    await this.#refresh();
    const executeAt = new Date().toISOString();
    const rows = await this.#client.rows('/wms/resources/quantity-at', { executeAt }, quantitySchema);
    const quantities = new Map(rows.map((row) => [row.code, row.result_quantity]));
    return [...this.#idByCode.keys()].map((itemCode) => ({
      itemCode,
      quantity: quantities.get(itemCode) ?? 0,
    }));
  }
}
