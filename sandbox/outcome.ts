import { z } from 'zod';
import type { Database } from '../db/database';
import { piecesPerUnit } from '../db/queries/line-items';
import { countByStanding, existingOrderKeys } from '../db/queries/orders';
import { totalSales } from '../db/queries/sales';
import { openTasksByKind } from '../db/queries/tasks';
import { dealKey } from '../domain/deal';
import { groupBy } from '../domain/group-by';
import { type Addresses, SOURCE_STAND_INS, WMS_STAND_INS } from './stand-ins';

const sourceLedger = z.looseObject({ linesStillToCome: z.number(), keys: z.array(z.string()) });
const sourceLines = z.looseObject({
  entries: z.array(
    z.looseObject({
      key: z.string(),
      lines: z.array(
        z.looseObject({ deal: z.string(), option: z.string(), quantity: z.coerce.number().catch(0) }),
      ),
    }),
  ),
});
const wmsLedger = z.looseObject({
  doubles: z.record(z.string(), z.number()),
  list: z.array(
    z.looseObject({
      orderNumbers: z.string(),
      state: z.enum(['open', 'shipped', 'cancelled']),
      items: z.array(z.object({ itemCode: z.string(), quantity: z.number() })),
    }),
  ),
});

/** What a run came to, by the stand-ins' own ledgers and the database. */
export interface Outcome {
  /** Orders that the sources have offered. */
  readonly orders: number;
  readonly shipped: number;
  readonly cancelled: number;
  readonly salesKRW: string;
  /** Open tasks by kind. */
  readonly waiting: Readonly<Record<string, number>>;
  /** Orders that the WMSes have more pieces of, in live orders, than the sources have offered. */
  readonly duplicates: number;
  /** Orders that the sources have offered and nobody knows of. */
  readonly lost: number;
}

export async function readOutcome(database: Database, addresses: Addresses): Promise<Outcome> {
  const { keys } = await offers(addresses);
  const known = await existingOrderKeys(database.db);
  const unreadable = await openTasksByKind(database.db);
  const offered = keys.filter((key) => !key.startsWith('unreadable'));
  const counts = await countByStanding(database.db);
  const inStage = (stage: string) =>
    counts.filter((c) => c.stage === stage).reduce((sum, c) => sum + c.orders, 0);
  return {
    orders: keys.length,
    shipped: inStage('done'),
    cancelled: inStage('cancelled'),
    salesKRW: String(await totalSales(database.db)),
    waiting: unreadable,
    duplicates: await countDuplicates(database, addresses),
    lost: offered.filter((key) => !known.has(key)).length,
  };
}

async function countDuplicates(database: Database, addresses: Addresses): Promise<number> {
  const offered = await piecesOffered(database, addresses);
  const sent = new Pieces();
  for (const wms of WMS_STAND_INS) {
    const { list } = wmsLedger.parse(await readAdmin(`${addresses[wms].adminUrl}/admin/ledger`));
    for (const { state, orderNumbers, items } of list) {
      if (state === 'cancelled') continue;
      for (const { itemCode, quantity } of items) sent.add(orderNumbers, itemCode, quantity);
    }
  }
  return sent.ordersAbove(offered);
}

/** By the sources' own lines, whatever Boosta has made of them; only what a deal stands for is Boosta's to say. */
async function piecesOffered({ db }: Database, addresses: Addresses): Promise<Pieces> {
  const entries = (await ofAllSources(addresses, '/admin/ledger', sourceLines)).flatMap(
    (ledger) => ledger.entries,
  );
  const matched = groupBy(await piecesPerUnit(db), (row) => row.orderKey);
  const offered = new Pieces();
  for (const { key, lines } of entries) {
    const known = matched.get(key) ?? [];
    for (const { quantity, ...wording } of lines) {
      const deal = dealKey({ channel: key.split('/')[0] ?? '', ...wording });
      // Lines of the same deal stand for the same.
      const items = new Map(known.filter((row) => row.dealKey === deal).map((row) => [row.itemCode, row]));
      for (const { orderNumber, itemCode, pieces } of items.values())
        offered.add(orderNumber, itemCode, quantity * pieces);
    }
  }
  return offered;
}

/** How many pieces of each item belong to each order number. */
class Pieces {
  readonly #byOrder = new Map<string, Map<string, number>>();

  add(orderNumber: string, itemCode: string, pieces: number): void {
    const items = this.#byOrder.get(orderNumber) ?? new Map<string, number>();
    this.#byOrder.set(orderNumber, items.set(itemCode, (items.get(itemCode) ?? 0) + pieces));
  }

  ordersAbove(other: Pieces): number {
    return [...this.#byOrder].filter(([orderNumber, items]) =>
      [...items].some(([itemCode, pieces]) => pieces > (other.#byOrder.get(orderNumber)?.get(itemCode) ?? 0)),
    ).length;
  }
}

/** Whether nothing more will happen by itself: all is collected, and every order has ended or waits for a person. */
export async function isAtRest(database: Database, addresses: Addresses): Promise<boolean> {
  const { keys, stillToCome } = await offers(addresses);
  if (stillToCome > 0) return false;
  const known = await existingOrderKeys(database.db);
  if (keys.some((key) => !key.startsWith('unreadable') && !known.has(key))) return false;
  const counts = await countByStanding(database.db);
  return counts.every((c) => c.stage === 'done' || c.stage === 'cancelled' || c.waiting !== null);
}

/** What the sources have offered by now, all of them. */
async function offers(addresses: Addresses): Promise<{ keys: string[]; stillToCome: number }> {
  const ledgers = await ofAllSources(addresses, '/admin/ledger?keys=1', sourceLedger);
  return {
    keys: ledgers.flatMap((ledger) => ledger.keys),
    stillToCome: ledgers.reduce((sum, { linesStillToCome }) => sum + linesStillToCome, 0),
  };
}

function ofAllSources<T>(addresses: Addresses, path: string, schema: z.ZodType<T>): Promise<T[]> {
  return Promise.all(
    SOURCE_STAND_INS.map(async (source) =>
      schema.parse(await readAdmin(`${addresses[source].adminUrl}${path}`)),
    ),
  );
}

async function readAdmin(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return response.json();
}
