import { UPLOAD_CONNECTION } from '../../../client/use-cases/store-orders';
import type { Database } from '../../../db/database';
import { countSalesAnew, differencesOfSales } from '../../../db/queries/check-sales';
import * as schema from '../../../db/schema';
import { inTransaction } from '../../../db/transaction';
import { sha256 } from '../../../domain/sha256';
import { Random } from '../../../sandbox/generator/random';
import { furnish } from './furnish-house';
import { Batch } from './load-rows';
import { finished, IN_FLIGHT, oneOrder, type Progress } from './one-order';
import { addOrder, type UploadedFile } from './rows-of-order';

export interface HouseSize {
  readonly orders: number;
  /** Over which they were placed, up to now. */
  readonly days: number;
  /** As many a day as came in the last days; before them as many as are left, evenly. */
  readonly perDayNow: number;
  readonly seed: number;
}

/** A house in which little is sold has one order in each trouble, too. */
const LEAST_IN_FLIGHT = IN_FLIGHT.length / 2;
/** What those who give count as they give. */
const COUNT_GIFTS = `update gift_rule set given_orders =
  (select count(*) from gift where gift.rule_id = gift_rule.id and gift.state = 'given')`;
/** In the sense of how many come a day now: longer than an order is in flight, so that there are those that were done today. */
const DAYS_NOW = 3;
/** How long an order is in flight, from its being placed to its parcel's leaving: a day and a half. */
const DAYS_IN_FLIGHT = 1.5;
/** Orders whose rows are made, and then loaded, at a time. */
const AT_A_TIME = 10_000;
const ORDERS_A_FILE = 100;
const DAY_MS = 86_400_000;

/**
 * Fills an empty database with what a house has after so many days of so many orders: nearly all are done, those of
 * the last day and a half are in flight.
 */
export async function fillHouse(
  database: Database,
  size: HouseSize,
  progress: (line: string) => void,
): Promise<void> {
  const { orders } = size;
  const inFlight = inFlightOf(size);
  await furnish(database, size, inFlight);
  const random = new Random(size.seed);
  const now = Date.now();
  const files = new Files();
  // The next rows are made while MySQL takes these in.
  let loading: Promise<void> = Promise.resolve();
  for (let first = 1; first <= orders; first += AT_A_TIME) {
    const batch = new Batch();
    for (let index = first; index < first + AT_A_TIME && index <= orders; index += 1) {
      const age = ageOf(size, orders - index + random.between(0, 99) / 100);
      const order = oneOrder(
        random,
        index,
        new Date(now - age * DAY_MS),
        progressOf(random, orders - index, inFlight),
      );
      addOrder(batch, order, order.source === UPLOAD_CONNECTION ? files.next() : undefined);
    }
    await loading;
    loading = batch.load(database.pool);
    if (first % 100_000 === 1 && orders > 100_000) progress(`${first - 1} of ${orders} orders`);
  }
  await loading;
  await files.load(database);
  await database.pool.query(COUNT_GIFTS);
  await inTransaction(database, countSalesAnew, { timeoutMs: 600_000 });
  const differences = await differencesOfSales(database.db);
  if (differences.length > 0) throw new Error('The roll-ups are not those of the ledger');
  await database.pool.query(`ANALYZE TABLE ${await tables(database)}`);
}

/** A day and a half of orders. */
export function inFlightOf({ orders, perDayNow }: HouseSize): number {
  return Math.min(orders, Math.max(LEAST_IN_FLIGHT, Math.round(perDayNow * DAYS_IN_FLIGHT)));
}

/** In days, of the order that so many came after. */
function ageOf({ orders, days, perDayNow }: HouseSize, newer: number): number {
  const now = perDayNow * DAYS_NOW;
  if (now > orders) throw new RangeError(`${orders} orders are not enough for ${perDayNow} a day`);
  return newer < now ? newer / perDayNow : DAYS_NOW + ((newer - now) / (orders - now)) * (days - DAYS_NOW);
}

function progressOf(random: Random, newer: number, inFlight: number): Progress {
  const left = newer < inFlight ? IN_FLIGHT[newer % IN_FLIGHT.length] : undefined;
  return left ?? finished(random);
}

async function tables({ pool }: Database): Promise<string> {
  const [rows] = await pool.query('SHOW TABLES');
  return (rows as Record<string, string>[])
    .flatMap(Object.values)
    .map((name) => `\`${name}\``)
    .join(', ');
}

/** Orders that came by file, a hundred in each. */
class Files {
  private orders = 0;

  next(): UploadedFile {
    const file = {
      hash: sha256(`file ${Math.floor(this.orders / ORDERS_A_FILE)}`),
      row: (this.orders % ORDERS_A_FILE) + 2,
    };
    this.orders += 1;
    return file;
  }

  async load({ pool }: Database): Promise<void> {
    const batch = new Batch();
    for (let file = 0; file * ORDERS_A_FILE < this.orders; file += 1)
      batch.add(schema.upload, {
        fileHash: sha256(`file ${file}`),
        fileName: `발주서 ${file}.xlsx`,
        template: 'b2b',
        rows: ORDERS_A_FILE,
        orders: ORDERS_A_FILE,
        rejectedRows: 0,
        madeBy: 'kim',
        madeAt: new Date(),
      });
    await batch.load(pool);
  }
}
