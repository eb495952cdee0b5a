import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, RowDataPacket } from 'mysql2/promise';
import type { Random } from '../../../sandbox/generator/random';
import type { Fault } from './fault';

const SESSIONS = 4;
/** InnoDB gives up the transaction that has written least: the storm's must weigh more than ours. */
const WEIGHT = 200;

/**
 * Transactions that lock the rows of live orders and of stock in the opposite order of ours, and now and
 * then keep them for longer than anybody waits (errors 1213 and 1205).
 */
export const stormOfDeadlocks: Fault = {
  kind: 'storm-of-deadlocks',
  async inject({ mysql, context }, random) {
    const ms = random.between(3_000, 6_000);
    const keepsMs = random.chance(0.3) ? 6_000 : random.between(20, 200);
    const { pool } = context.database;
    return mysql.turns.take(async () => {
      await pool.query('create table if not exists chaos_weight (id int primary key auto_increment, n int)');
      const ends = performance.now() + ms;
      let rounds = 0;
      const session = async () => {
        while (performance.now() < ends) {
          await lockBackwards(pool, keepsMs, random);
          rounds += 1;
        }
      };
      await Promise.all(Array.from({ length: SESSIONS }, session));
      return `${rounds} transactions backwards in ${ms} ms, each kept for ${keepsMs} ms`;
    });
  },
};

async function lockBackwards(pool: Pool, keepsMs: number, random: Random): Promise<void> {
  const connection = await pool.getConnection();
  try {
    const [rows] = await connection.query<RowDataPacket[]>(
      "select id, lead_order_key from dispatch where state in ('ready', 'sending', 'unknown') limit 20",
    );
    await connection.query('begin');
    const weight = Array.from({ length: WEIGHT }, () => '(1)').join(',');
    await connection.query(`insert into chaos_weight (n) values ${weight}`);
    await connection.query('select * from stock order by item_code desc limit 5 for update');
    if (rows.length > 0) {
      const { id, lead_order_key } = random.pick(rows as { id: string; lead_order_key: string }[]);
      await connection.query('select * from orders where order_key = ? for update', [lead_order_key]);
      await sleep(keepsMs);
      await connection.query('select * from dispatch where id = ? for update', [id]);
    } else {
      await sleep(Math.min(keepsMs, 200));
    }
    await connection.query('select * from stock order by item_code asc limit 5 for update');
  } catch {
    // Being given up is what a storm is about.
  } finally {
    await connection.query('rollback').catch(() => undefined);
    connection.destroy();
  }
}
