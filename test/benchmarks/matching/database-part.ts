import { max } from 'drizzle-orm';
import type { Pool, QueryResult } from 'mysql2/promise';
import { applyDecision, type Decided } from '../../../activities/apply-decision';
import type { Deps } from '../../../activities/deps';
import { matchOrder } from '../../../activities/match-order';
import { writeDecision } from '../../../client/use-cases/decide-deal';
import type { Database } from '../../../db/database';
import { ordersOfDeal } from '../../../db/queries/deal-orders';
import { decisionsFor } from '../../../db/queries/matches';
import { rawRecord } from '../../../db/schema';
import { inTransaction } from '../../../db/transaction';
import { dealKey } from '../../../domain/deal';
import { configurations } from '../../../sandbox/catalogue';
import { rounded } from '../measure';
import { withDeps } from '../one-warehouse';
import type { Meter } from '../pages/meter';
import { storeLines, storeMatches, storeWaitingFor } from './stored-deals';

export interface Amounts {
  readonly matches: number;
  readonly lines: number;
  readonly waiting: number;
}

/** µs of MySQL's CPU a line. */
export interface MatchingCosts {
  /** The plain SQL join over all the lines at once. */
  readonly join: number;
  /** The same join asked order by order, as matching has to ask: each order is matched when it comes. */
  readonly joinByOrder: number;
  /** What each line stands for, as matching reads it under the order's lock. */
  readonly lookUp: number;
  /** All of matching: locks, look-up, the lines, the dispatch, the task that ends. */
  readonly match: number;
}

/** µs of MySQL's CPU a waiting order. */
export interface RematchingCosts {
  readonly join: number;
  /** Which orders the decision is about, and what becomes of each. */
  readonly find: number;
  /** All of the decision: finding them, and the job that carries it out. */
  readonly decide: number;
  /** Carrying it out: two transactions an order. */
  readonly carryOut: number;
}

/** What writes is measured over so many orders: each costs the same. */
const SAMPLE = 1_000;
const COMMAND = { by: 'bench', reason: 'bench' };
const MINUTES_MS = 600_000;

const JOIN = `select l.line_key, v.configuration, v.version, c.version
  from order_line l
  join orders o on o.order_key = l.order_key
  join deal_match m on m.deal_key = l.deal_key
  join deal_match_version v on v.deal_key = m.deal_key and v.version = m.version
  join configuration c on c.code = v.configuration`;

/** Measures what MySQL does for matching, in a database that has many orders already. */
export class DatabasePart {
  constructor(
    private readonly database: Database,
    private readonly name: string,
    private readonly meter: Meter,
  ) {}

  async matching({ matches, lines }: Amounts): Promise<MatchingCosts> {
    const { db, pool } = this.database;
    const deals = await storeMatches(pool, matches);
    const from = await this.nextNumber();
    const keys = await storeLines(pool, from, lines, deals);
    await analyze(pool);
    // Those that were stored just now, by the time at which they came.
    const own = `${JOIN} where o.stage = 'normalized' and o.applied_record >= ${from}`;
    const join = await this.cost(lines, () => read(pool, own, lines));
    const joinByOrder = await this.cost(lines, async () => {
      for (const key of keys) await read(pool, `${JOIN} where l.order_key = ?`, 2, key);
    });
    const lookUp = await this.cost(lines, async () => {
      for (const key of keys) await decisionsFor(db, key);
    });
    const sample = keys.slice(0, SAMPLE);
    const match = await this.inHand((deps) =>
      this.cost((lines * sample.length) / keys.length, async () => {
        for (const key of sample) await matchOrder(deps, key);
      }),
    );
    return { join, joinByOrder, lookUp, match };
  }

  async rematching({ waiting }: Amounts): Promise<RematchingCosts> {
    const { database } = this;
    const { db, pool } = database;
    const from = await this.nextNumber();
    const deal = { channel: 'coupang', deal: `모담뜰 새 모음전 ${from}`, option: '' };
    const key = dealKey(deal);
    const keys = await storeWaitingFor(pool, from, waiting, deal);
    await analyze(pool);
    const configuration = configurations[0]?.code ?? '';
    const decided: Decided = { kind: 'save', version: 1, dealKey: key };
    const decide = await this.cost(waiting, () =>
      inTransaction(database, (tx) => writeDecision(tx, deal, { configuration }, COMMAND), {
        timeoutMs: MINUTES_MS,
      }),
    );
    const join = await this.cost(waiting, () => read(pool, `${JOIN} where l.deal_key = ?`, waiting, key));
    const find = await this.cost(waiting, () => ordersOfDeal(db, key, decided));
    const sample = keys.slice(0, SAMPLE);
    const carryOut = await this.inHand((deps) =>
      this.cost(sample.length, async () => {
        for (const one of sample) await applyDecision(deps, one, decided);
      }),
    );
    return { join, find, decide, carryOut };
  }

  private async nextNumber(): Promise<number> {
    const [row] = await this.database.db.select({ last: max(rawRecord.id) }).from(rawRecord);
    return Number(row?.last ?? 0) + 1;
  }

  private async inHand(work: (deps: Deps) => Promise<number>): Promise<number> {
    let cost = 0;
    await withDeps(this.database, async (deps) => {
      cost = await work(deps);
    });
    return cost;
  }

  /** @returns µs of CPU each. */
  private async cost(each: number, work: () => Promise<unknown>): Promise<number> {
    const before = await this.meter.read(this.name);
    await work();
    const after = await this.meter.read(this.name);
    return rounded(((after.cpuMs - before.cpuMs) * 1_000) / each, 1);
  }
}

/** @throws Error where it finds another number of lines: the benchmark would compare different things. */
async function read(pool: Pool, sql: string, lines: number, key?: string): Promise<void> {
  const [rows] = await pool.query<QueryResult>(sql, key === undefined ? [] : [key]);
  const found = (rows as unknown[]).length;
  if (found !== lines) throw new Error(`The join found ${found} lines of ${lines}`);
}

async function analyze(pool: Pool): Promise<void> {
  await pool.query('ANALYZE TABLE orders, order_line, deal_match, deal_match_version');
}
