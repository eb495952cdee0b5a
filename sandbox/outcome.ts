import { z } from 'zod';
import type { Database } from '../db/database';
import { countByStanding, existingOrderKeys } from '../db/queries/orders';
import { totalSales } from '../db/queries/sales';
import { openTasksByKind } from '../db/queries/tasks';
import { type Addresses, WMS_STAND_INS } from './stand-ins';

const hubLedger = z.looseObject({ linesStillToCome: z.number(), keys: z.array(z.string()) });
const wmsLedger = z.looseObject({
  doubles: z.record(z.string(), z.number()),
  list: z.array(
    z.looseObject({
      orderNumbers: z.string(),
      state: z.enum(['open', 'shipped', 'cancelled']),
    }),
  ),
});

/** What a run came to, by the stand-ins' own ledgers and the database. */
export interface Outcome {
  /** Orders that the hub has offered. */
  readonly orders: number;
  readonly shipped: number;
  readonly cancelled: number;
  readonly salesKRW: string;
  /** Open tasks by kind. */
  readonly waiting: Readonly<Record<string, number>>;
  /** Orders that a WMS has live more than once, or two WMSes have. */
  readonly duplicates: number;
  /** Orders that the hub has offered and nobody knows of. */
  readonly lost: number;
}

export async function readOutcome(database: Database, addresses: Addresses): Promise<Outcome> {
  const hub = hubLedger.parse(await readAdmin(`${addresses.hub.adminUrl}/admin/ledger?keys=1`));
  const known = await existingOrderKeys(database.db);
  const unreadable = await openTasksByKind(database.db);
  const offered = hub.keys.filter((key) => !key.startsWith('unreadable'));
  const counts = await countByStanding(database.db);
  const inStage = (stage: string) =>
    counts.filter((c) => c.stage === stage).reduce((sum, c) => sum + c.orders, 0);
  return {
    orders: hub.keys.length,
    shipped: inStage('done'),
    cancelled: inStage('cancelled'),
    salesKRW: String(await totalSales(database.db)),
    waiting: unreadable,
    duplicates: await countDuplicates(addresses),
    lost: offered.filter((key) => !known.has(key)).length,
  };
}

async function countDuplicates(addresses: Addresses): Promise<number> {
  const live = new Map<string, number>();
  for (const wms of WMS_STAND_INS) {
    const { list } = wmsLedger.parse(await readAdmin(`${addresses[wms].adminUrl}/admin/ledger`));
    for (const order of list) {
      if (order.state !== 'cancelled') live.set(order.orderNumbers, (live.get(order.orderNumbers) ?? 0) + 1);
    }
  }
  return [...live.values()].filter((times) => times > 1).length;
}

/** Whether nothing more will happen by itself: all is collected, and every order has ended or waits for a person. */
export async function isAtRest(database: Database, addresses: Addresses): Promise<boolean> {
  const hub = hubLedger.parse(await readAdmin(`${addresses.hub.adminUrl}/admin/ledger?keys=1`));
  if (hub.linesStillToCome > 0) return false;
  const known = await existingOrderKeys(database.db);
  if (hub.keys.some((key) => !key.startsWith('unreadable') && !known.has(key))) return false;
  const counts = await countByStanding(database.db);
  return counts.every((c) => c.stage === 'done' || c.stage === 'cancelled' || c.waiting !== null);
}

async function readAdmin(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return response.json();
}
