import type { Db } from '../../db/database';
import { listConnections } from '../../db/queries/connections';
import { shipmentsReadAt } from '../../db/queries/shipments';
import { stockReadAt } from '../../db/queries/stock-snapshot';
import { countOpenTasks } from '../../db/queries/tasks';
import {
  arrivedByHour,
  countFinishedSince,
  countUnfinished,
  furthestRun,
  leftByHour,
} from '../../db/queries/today';
import { seoulDay, seoulTime } from '../../domain/seoul';
import { STAGES } from '../../domain/stage';

const HOURS = 24;

/** How things stand: what waits for people, where the orders are, what came and left today in Seoul, and how old all that is. */
export async function showToday(db: Db, now = new Date()) {
  const day = seoulDay(now);
  const since = seoulTime(day);
  const [tasks, unfinished, finished, hours, freshness] = await Promise.all([
    countOpenTasks(db),
    countUnfinished(db),
    countFinishedSince(db, since),
    hoursSince(db, since),
    freshnessOf(db),
  ]);
  const ordersAt = new Map([...unfinished, ...finished].map(({ stage, orders }) => [stage, orders]));
  return {
    at: now,
    day,
    tasks: tasks.toSorted((a, b) => +a.oldest - +b.oldest),
    stages: STAGES.map((stage) => ({ stage, orders: ordersAt.get(stage) ?? 0 })),
    hours,
    ...freshness,
  };
}

async function hoursSince(db: Db, since: Date) {
  const [arrived, left] = await Promise.all([arrivedByHour(db, since), leftByHour(db, since)]);
  const at = (rows: typeof arrived, hour: number) => rows.find((row) => row.hour === hour)?.many ?? 0;
  return Array.from({ length: HOURS }, (_, hour) => ({
    hour,
    arrived: at(arrived, hour),
    left: at(left, hour),
  }));
}

async function freshnessOf(db: Db) {
  const [connections, stockAt, shipmentsAt] = await Promise.all([
    listConnections(db),
    stockReadAt(db),
    shipmentsReadAt(db),
  ]);
  const sources = connections.filter(({ kind }) => kind === 'source');
  const wmses = connections.filter(({ kind }) => kind === 'wms');
  return {
    sources: await Promise.all(
      sources.map(async ({ id, paused }) => {
        const run = await furthestRun(db, id);
        return { id, paused, collectedTo: run?.to ?? null, ranAt: run?.finishedAt ?? null };
      }),
    ),
    wmses: wmses.map(({ id, paused }) => ({
      id,
      paused,
      stockAt: stockAt.get(id) ?? null,
      shipmentsAt: shipmentsAt.get(id) ?? null,
    })),
  };
}
