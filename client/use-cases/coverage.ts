import type { Db } from '../../db/database';
import { GIVEN_UP, readEnds, runsWithin } from '../../db/queries/collection';
import type { TimeWindow } from '../../domain/order';
import { requireSource } from './require-source';

export interface CoveredWindow extends TimeWindow {
  /** Temporal's run; null where the stretch was given up, because the source gives nothing so old any more. */
  readonly run: string | null;
  readonly finishedAt: Date;
  readonly records: number;
  readonly newRecords: number;
  /** Orders that something new was said of. */
  readonly orders: number;
  /** How many records the source said there were; null where it says nothing. */
  readonly announced: number | null;
}

export interface Coverage {
  readonly source: string;
  readonly windows: readonly CoveredWindow[];
  /** Stretches that no run has read. */
  readonly gaps: readonly TimeWindow[];
}

/**
 * Which time of a source is read, by which run, with how much in it, and which is not.
 *
 * @throws UseCaseError where there is no such source.
 */
export async function coverageOf(db: Db, source: string, within: TimeWindow): Promise<Coverage> {
  await requireSource(db, source);
  const runs = await runsWithin(db, source, within);
  const windows = runs.map(({ windowFrom, windowTo, workflowRunId, ...run }) => ({
    from: windowFrom,
    to: windowTo,
    run: workflowRunId === GIVEN_UP ? null : workflowRunId,
    finishedAt: run.finishedAt,
    records: run.records,
    newRecords: run.newRecords,
    orders: run.orders,
    announced: run.announced,
  }));
  return { source, windows, gaps: gapsBetween(windows, within) };
}

/** What is left of a stretch of time once these windows are taken out; what was given up is a gap, too. */
export function gapsBetween(
  windows: readonly (TimeWindow & { readonly run: string | null })[],
  { from, to }: TimeWindow,
): TimeWindow[] {
  const gaps: TimeWindow[] = [];
  let covered = from;
  for (const window of windows.filter(({ run }) => run !== null).toSorted((a, b) => +a.from - +b.from)) {
    if (window.from > covered) gaps.push({ from: covered, to: window.from < to ? window.from : to });
    if (window.to > covered) covered = window.to;
  }
  if (covered < to) gaps.push({ from: covered, to });
  return gaps;
}

/** How a stretch of a source's time was read, for a picture of it. */
export interface CoverageBar extends TimeWindow {
  readonly source: string;
  /** Before its first run nothing was to be read; null where there has been none. */
  readonly beganAt: Date | null;
  /** Up to when anything was read; what comes after it is still to be read, and is no gap. */
  readonly readTo: Date | null;
  /** What was read, without seams. */
  readonly read: readonly TimeWindow[];
  readonly gaps: readonly TimeWindow[];
  /** Gaps that nobody can read any more. */
  readonly givenUp: readonly TimeWindow[];
}

/** @throws UseCaseError where there is no such source. */
export async function coverageBar(db: Db, source: string, within: TimeWindow): Promise<CoverageBar> {
  const { windows } = await coverageOf(db, source, within);
  const ends = await readEnds(db, source);
  const beganAt = ends?.from ?? null;
  const readTo = ends?.to ?? null;
  const due = {
    from: beganAt !== null && beganAt > within.from ? beganAt : within.from,
    to: readTo !== null && readTo < within.to ? readTo : within.to,
  };
  const gaps = ends === undefined ? [] : gapsBetween(windows, due);
  return {
    source,
    ...within,
    beganAt,
    readTo,
    read: ends === undefined ? [] : gapsBetween(asRead(gaps), due),
    gaps,
    givenUp: windows.filter(({ run }) => run === null).map(({ from, to }) => ({ from, to })),
  };
}

/** What lies between the gaps is what was read. */
function asRead(gaps: readonly TimeWindow[]) {
  return gaps.map((gap) => ({ ...gap, run: 'none' }));
}
