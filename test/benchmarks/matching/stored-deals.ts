import type { Pool } from 'mysql2/promise';
import * as t from '../../../db/schema';
import { type Deal, dealKey } from '../../../domain/deal';
import { lineKey } from '../../../domain/order-key';
import { CHANNELS, configurations } from '../../../sandbox/catalogue';
import { Random } from '../../../sandbox/generator/random';
import { Batch } from '../pages/load-rows';
import { type OneOrder, oneOrder, type SoldDeal } from '../pages/one-order';
import { addOrder } from '../pages/rows-of-order';

/** What matching is measured on: deals that somebody has decided, and orders that wait to be matched by them. */

const PRICE = 10_000n;
const LINES_AN_ORDER = 2;
const AT_A_TIME = 5_000;

/** Deals by channel, as many as wanted in all. */
export type Deals = ReadonlyMap<string, readonly SoldDeal[]>;

/** Stores a decision for each of so many deals. */
export async function storeMatches(pool: Pool, count: number): Promise<Deals> {
  const deals = new Map<string, SoldDeal[]>(CHANNELS.map((channel) => [channel, []]));
  const made = { madeBy: 'bench', madeAt: new Date(), reason: 'known' };
  const batch = new Batch();
  for (let n = 0; n < count; n += 1) {
    const channel = CHANNELS[n % CHANNELS.length] ?? 'b2b';
    const deal = { channel, deal: `모담뜰 산지직송 ${n}호 세트`, option: `선택: ${n % 7}박스` };
    const key = dealKey(deal);
    const configuration = configurations[n % configurations.length]?.code ?? '';
    batch.add(t.match, { dealKey: key, ...deal, version: 1, configuration, ...made });
    batch.add(t.matchVersion, {
      dealKey: key,
      version: 1,
      configuration,
      ...made,
      priceFrom: PRICE,
      priceTo: PRICE,
    });
    deals.get(channel)?.push(sold(deal));
  }
  await batch.load(pool);
  return deals;
}

/** Stores orders that wait, with so many lines in all, of these deals. @param from the number of the first. @returns their keys. */
export async function storeLines(pool: Pool, from: number, lines: number, deals: Deals): Promise<string[]> {
  return storeWaiting(pool, from, lines / LINES_AN_ORDER, (order, random) =>
    Array.from({ length: LINES_AN_ORDER }, () => random.pick(deals.get(order.channel) ?? [])),
  );
}

/** Stores orders of one line each that wait for one deal, which nobody has decided. @returns their keys. */
export async function storeWaitingFor(
  pool: Pool,
  from: number,
  count: number,
  deal: Deal,
): Promise<string[]> {
  return storeWaiting(pool, from, count, () => [sold(deal)]);
}

async function storeWaiting(
  pool: Pool,
  from: number,
  count: number,
  bought: (order: OneOrder, random: Random) => readonly SoldDeal[],
): Promise<string[]> {
  const random = new Random(from);
  const keys: string[] = [];
  while (keys.length < count) {
    const batch = new Batch();
    for (let n = 0; n < AT_A_TIME && keys.length < count; n += 1) {
      const order = oneOrder(random, from + keys.length, new Date(), 'unknown_deal');
      const lines = bought(order, random).map((one, at) => {
        const number = String(at + 1);
        return { ...one, key: lineKey(order.key, number), number, quantity: 1 };
      });
      addOrder(batch, { ...order, lines }, undefined);
      keys.push(order.key);
    }
    await batch.load(pool);
  }
  return keys;
}

function sold(deal: Deal): SoldDeal {
  return { deal, dealKey: dealKey(deal), price: PRICE, configuration: undefined };
}
