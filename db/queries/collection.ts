import { and, asc, desc, eq, gte, lt, sql } from 'drizzle-orm';
import type { TimeWindow } from '../../domain/order';
import type { Db } from '../database';
import { collectionRun } from '../schema';

export async function recordCollection(
  db: Db,
  connectionId: string,
  window: TimeWindow,
  workflowRunId: string,
  counted: { records: number; newRecords: number; orders: number; announced: number | null },
): Promise<void> {
  await db.insert(collectionRun).values({
    connectionId,
    windowFrom: window.from,
    // By the database's clock: a worker whose own is ahead would leave a gap behind.
    windowTo: sql`least(cast(${window.to} as datetime(6)), now(6))`,
    workflowRunId,
    ...counted,
    finishedAt: sql`now(6)`,
  });
}

/** Gaps are mended by the next run, so that none is older than the longest outage. */
const LONGEST_OUTAGE_DAYS = 60;

/**
 * Up to when a source has been read without a gap since its first run: where the windows, by their beginnings, leave
 * the first gap, or else where the last of them ends. A stretch that a person had read further on does not count.
 */
export async function lastCovered(db: Db, connectionId: string): Promise<Date | undefined> {
  const ofSource = eq(collectionRun.connectionId, connectionId);
  const [first] = await db
    .select({ to: collectionRun.windowTo })
    .from(collectionRun)
    .where(ofSource)
    .orderBy(asc(collectionRun.id))
    .limit(1);
  if (first === undefined) return undefined;
  const since = sql`greatest(cast(${first.to} as datetime(6)), now(6) - interval ${LONGEST_OUTAGE_DAYS} day)`;
  // One look at each run: to ask of each whether another goes on from it would be one look at each pair of them, and
  // so would be a frame that ends before the row itself, which MySQL goes through anew for each.
  const order = sql`order by ${collectionRun.windowFrom}, ${collectionRun.windowTo}`;
  const reaching = db
    .select({
      from: sql<Date>`${collectionRun.windowFrom}`.as('from_time'),
      to: sql<Date>`${collectionRun.windowTo}`.as('to_time'),
      reach: sql<Date>`max(${collectionRun.windowTo}) over (${order} rows unbounded preceding)`.as('reach'),
    })
    .from(collectionRun)
    .where(and(ofSource, gte(collectionRun.windowTo, since)))
    .as('reaching');
  const { from, to, reach } = reaching;
  const runs = db
    .select({ from, to, covered: sql<Date>`lag(${reach}) over (order by ${from}, ${to})`.as('covered') })
    .from(reaching)
    .as('runs');
  const [end] = await db
    .select({
      to: sql<Date | null>`coalesce(min(if(${runs.from} > ${runs.covered}, ${runs.covered}, null)), max(${runs.to}))`.mapWith(
        collectionRun.windowTo,
      ),
    })
    .from(runs);
  // Null: it was read last so long ago that nothing of it is looked at.
  return end?.to ?? (await newestWindow(db, connectionId))?.to;
}

/** Up to when a source was read last, and how long ago by the database's clock; undefined: it never was. */
export async function newestWindow(
  db: Db,
  connectionId: string,
): Promise<{ to: Date; minutesAgo: number } | undefined> {
  const [run] = await db
    .select({
      to: collectionRun.windowTo,
      minutesAgo: sql`timestampdiff(minute, ${collectionRun.windowTo}, now(6))`.mapWith(Number),
    })
    .from(collectionRun)
    .where(eq(collectionRun.connectionId, connectionId))
    .orderBy(desc(collectionRun.windowTo))
    .limit(1);
  return run;
}

/** What stands in a run's place where a stretch of time was given up: nobody can read it any more. */
export const GIVEN_UP = 'given up';

export async function giveUpGap(db: Db, connectionId: string, { from, to }: TimeWindow): Promise<void> {
  await db.insert(collectionRun).values({
    connectionId,
    windowFrom: from,
    windowTo: to,
    workflowRunId: GIVEN_UP,
    records: 0,
    newRecords: 0,
    finishedAt: sql`now(6)`,
  });
}

/** The runs whose windows touch a stretch of time, by the beginning of their windows. */
export async function runsWithin(db: Db, connectionId: string, { from, to }: TimeWindow) {
  return db
    .select()
    .from(collectionRun)
    .where(
      and(
        eq(collectionRun.connectionId, connectionId),
        gte(collectionRun.windowTo, from),
        lt(collectionRun.windowFrom, to),
      ),
    )
    .orderBy(asc(collectionRun.windowFrom), asc(collectionRun.id));
}

/** A source's runs, the newest first; `before`: only those with a smaller id. */
export async function listRuns(
  db: Db,
  connectionId: string,
  { before, limit }: { before?: number | undefined; limit: number },
) {
  return db
    .select()
    .from(collectionRun)
    .where(
      and(
        eq(collectionRun.connectionId, connectionId),
        before === undefined ? undefined : lt(collectionRun.id, before),
      ),
    )
    .orderBy(desc(collectionRun.id))
    .limit(limit);
}

/** When a source's first run began to read, and up to when any has; undefined where there has been none. */
export async function readEnds(db: Db, connectionId: string): Promise<TimeWindow | undefined> {
  const ofSource = eq(collectionRun.connectionId, connectionId);
  const [[first], [last]] = await Promise.all([
    db
      .select({ from: collectionRun.windowFrom })
      .from(collectionRun)
      .where(ofSource)
      .orderBy(asc(collectionRun.id))
      .limit(1),
    db
      .select({ to: collectionRun.windowTo })
      .from(collectionRun)
      .where(ofSource)
      .orderBy(desc(collectionRun.windowTo))
      .limit(1),
  ]);
  return first && last && { from: first.from, to: last.to };
}
