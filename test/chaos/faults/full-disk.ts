import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Pool } from 'mysql2/promise';
import { driverError } from '../../../db/errors';
import type { World } from '../world';
import type { Fault } from './fault';

const run = promisify(execFile);

/** Of util-linux: it needs no rights over a process of one's own. */
const PRLIMIT = '/usr/bin/prlimit';
const TABLE_IS_FULL = 1114;
const AGAIN_AFTER_MS = 200;
/** Of an end that its clients see before its parent does. */
const DYING_MS = 5_000;
/** As much at a time as the room that is left allows, down to what any page would take. */
const FILLINGS = [1 << 20, 1 << 16, 7_000];

/**
 * The disk of MySQL, or of Temporal, is full for some seconds: what would have to grow is refused, or waits. All that
 * was acknowledged before must be there afterwards, and what was not must not be taken for done.
 */
export const fullDisk: Fault = {
  kind: 'full-disk',
  inject(world, random) {
    const isOfTemporal = random.chance(0.5) && existsSync(PRLIMIT);
    const ms = random.between(3_000, 8_000);
    return isOfTemporal ? ofTemporal(world, ms) : ofMysql(world, ms);
  },
};

/** Its SQLite may write no more; the server lives on and makes its callers wait. */
async function ofTemporal({ temporal }: World, ms: number): Promise<string> {
  return temporal.turns.take(async () => {
    const pid = ['--pid', String(temporal.now.pid)];
    await run(PRLIMIT, [...pid, '--fsize=0:']);
    try {
      await sleep(ms);
    } finally {
      await run(PRLIMIT, [...pid, '--fsize=unlimited:']);
    }
    return `Temporal's for ${ms} ms`;
  });
}

/** Something else takes all that its tablespace may grow to, and what is given back meanwhile. */
async function ofMysql({ mysql, context }: World, ms: number): Promise<string> {
  const { pool } = context.database;
  return mysql.turns.take(async () => {
    await pool.query(
      'create table chaos_filler (id int primary key auto_increment, filler longblob not null)',
    );
    try {
      let filled = await fill(pool);
      for (const ends = performance.now() + ms; performance.now() < ends; await sleep(AGAIN_AFTER_MS))
        filled += await fill(pool);
      return `MySQL's for ${ms} ms, by ${Math.round(filled / (1 << 20))} MB`;
    } catch (error) {
      if (!(await mysql.hasDied(DYING_MS))) throw error;
      // What it has acknowledged must be there when it comes back.
      await mysql.revive();
      return `MySQL's, which it did not survive`;
    } finally {
      await pool.query('drop table if exists chaos_filler');
    }
  });
}

/** @returns how many bytes found room. */
async function fill(pool: Pool): Promise<number> {
  let filled = 0;
  for (const bytes of FILLINGS) while (await insert(pool, bytes)) filled += bytes;
  return filled;
}

async function insert(pool: Pool, bytes: number): Promise<boolean> {
  try {
    await pool.query("insert into chaos_filler (filler) values (repeat('x', ?))", [bytes]);
    return true;
  } catch (error) {
    if (driverError(error)?.errno === TABLE_IS_FULL) return false;
    throw error;
  }
}
