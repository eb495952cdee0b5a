import { readFileSync } from 'node:fs';
import type { RowDataPacket } from 'mysql2/promise';
import type { Database } from '../../db/database';

const TICKS_PER_SECOND = 100;

export function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}

/** CPU that a process has used, user and system, in milliseconds (Linux). */
export function cpuMs(pid: number | undefined): number {
  if (pid === undefined) return 0;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The command's name may hold spaces; the fields are counted from behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}

/** CPU that this process has used in all its threads, user and system. */
export function processCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}

/** Memory that a process holds, in MiB. */
export function rssMiB(pid: number | undefined): number {
  if (pid === undefined) return 0;
  const match = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Math.round(Number(match?.[1] ?? 0) / 1024);
}

/** Statements that the server has been sent by anyone. */
export async function statements({ pool }: Database): Promise<number> {
  const [rows] = await pool.query<RowDataPacket[]>("SHOW GLOBAL STATUS LIKE 'Questions'");
  return Number(rows[0]?.['Value'] ?? 0);
}

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Per second over the first and the last tenth of moments in milliseconds. */
export function tenths(moments: readonly number[]): { first: number; last: number } {
  const sorted = moments.toSorted((a, b) => a - b);
  const tenth = Math.max(2, Math.floor(sorted.length / 10));
  const rate = (part: readonly number[]) =>
    ((part.length - 1) * 1000) / Math.max(1, (part.at(-1) ?? 0) - (part[0] ?? 0));
  return { first: rate(sorted.slice(0, tenth)), last: rate(sorted.slice(-tenth)) };
}
