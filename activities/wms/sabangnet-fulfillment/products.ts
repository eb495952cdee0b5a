import { z } from 'zod';
import type { JsonGet } from '../call';
import type { WmsStockLevel } from '../wms';
import { numberSchema, readPages } from './format';

const salesProductSchema = z.object({ sales_product_id: numberSchema, sales_product_code: z.string() });
const shippingProductSchema = z.object({ shipping_product_id: numberSchema, product_code: z.string() });
const stockSchema = z.object({
  shipping_product_id: numberSchema,
  receiving_stock: numberSchema,
  normal_stock: numberSchema,
  order_stock: numberSchema,
  shipping_stock: numberSchema,
});
const IDS_PER_CALL = 100;

/**
 * The WMS's own numbers of our items. assumed: the account links sales and shipping products one to one
 * and gives both the item's code, as registering a shipping product with `add_sales_product=1` does.
 */
export class FulfillmentProducts {
  readonly #get: JsonGet;
  #idByCode: ReadonlyMap<string, number> = new Map();
  #codeById: ReadonlyMap<number, string> = new Map();

  constructor(get: JsonGet) {
    this.#get = get;
  }

  /** The list is read again only when it lacks an item that is asked for. */
  async ids(itemCodes: readonly string[], timeoutMs?: number): Promise<ReadonlyMap<string, number>> {
    if (!itemCodes.every((code) => this.#idByCode.has(code))) await this.#refresh(timeoutMs);
    return this.#idByCode;
  }

  async codes(ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
    if (!ids.every((id) => this.#codeById.has(id))) await this.#refresh();
    return this.#codeById;
  }

  async #refresh(timeoutMs?: number): Promise<void> {
    const rows = await readPages(this.#get, '/v2/product/sales_products', {}, salesProductSchema, timeoutMs);
    this.#idByCode = new Map(rows.map((row) => [row.sales_product_code, row.sales_product_id]));
    this.#codeById = new Map(rows.map((row) => [row.sales_product_id, row.sales_product_code]));
  }

  /** Our item codes by the numbers under which they are shipped and stocked. */
  async shippingCodes(): Promise<ReadonlyMap<number, string>> {
    const rows = await readPages(this.#get, '/v2/product/shipping_products', {}, shippingProductSchema);
    return new Map(rows.map((row) => [row.shipping_product_id, row.product_code]));
  }

  /**
   * On hand: free to pick, instructed, or being packed; assumed: what is being received can not be picked
   * yet, it is incoming. Only up to 100 items are of one moment.
   */
  async stock(): Promise<WmsStockLevel[]> {
    const codes = await this.shippingCodes();
    const ids = [...codes.keys()];
    const levels: WmsStockLevel[] = [];
    for (let first = 0; first < ids.length; first += IDS_PER_CALL) {
      const asked = ids.slice(first, first + IDS_PER_CALL);
      const query = Object.fromEntries(
        asked.map((id, index) => [`shipping_product_ids[${index}]`, String(id)]),
      );
      for (const row of await readPages(this.#get, '/v2/inventory/stocks', query, stockSchema)) {
        const itemCode = codes.get(row.shipping_product_id);
        const quantity = row.normal_stock + row.order_stock + row.shipping_stock;
        if (itemCode !== undefined) levels.push({ itemCode, quantity, incoming: row.receiving_stock });
      }
    }
    return levels;
  }
}
