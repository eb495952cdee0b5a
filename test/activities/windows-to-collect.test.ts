import { collectWindow } from '../../activities/collect-orders';
import type { Deps } from '../../activities/deps';
import { windowsToCollect } from '../../activities/windows-to-collect';
import { collectionRun } from '../../db/schema';
import type { TimeWindow } from '../../domain/order';
import { CONNECTIONS } from '../../sandbox/seed';
import { type House, openHouse } from '../support/house';
import { offering } from './offered-source';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const INTERVAL = 5 * MINUTE;
/** One look at each of 17,280 runs takes a third of a second, one at each pair of them tens of seconds. */
const SOON_MS = 8_000;

describe('the windows that a run reads', () => {
  let house: House;
  let deps: Deps;
  beforeAll(async () => {
    house = await openHouse();
    ({ deps } = await offering(house, 24));
  });
  beforeEach(() => house.database.pool.query('DELETE FROM collection_run'));
  afterAll(() => house.close());

  const now = new Date(Date.now() - HOUR);
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const due = (at = now, scheduledFor = at) =>
    windowsToCollect(deps, CONNECTIONS.source, scheduledFor, INTERVAL, at);
  const read = (window: TimeWindow) => collectWindow(deps, CONNECTIONS.source, window, 'run');

  /** What is wrong with these windows, if they have to cover a time and each be one that the source takes. */
  function faults(windows: readonly TimeWindow[], from: Date, to: Date): string[] {
    const [first] = windows;
    const late = first === undefined || first.from > from ? ['begins late'] : [];
    const early = windows.at(-1)?.to.getTime() === to.getTime() ? [] : ['ends elsewhere'];
    const each = windows.flatMap((window, n) => {
      const length = window.to.getTime() - window.from.getTime();
      const gap = n > 0 && window.from > (windows[n - 1]?.to ?? to) ? [`gap before ${n}`] : [];
      return length > 0 && length <= DAY ? gap : [...gap, `${n} is ${length} ms long`];
    });
    return [...late, ...early, ...each];
  }

  it('look a day back at first', async () => {
    const windows = await due();
    expect(faults(windows, ago(DAY), now)).toEqual([]);
  });

  it('go on where the last run ended, with an overlap', async () => {
    await read({ from: ago(HOUR), to: ago(INTERVAL) });
    const windows = await due();
    expect(windows).toHaveLength(1);
    expect(faults(windows, ago(INTERVAL + 10 * MINUTE), now)).toEqual([]);
  });

  it('leave no gap after an outage of two days, and are cut to what the source takes at once', async () => {
    await read({ from: ago(3 * DAY), to: ago(2 * DAY) });
    const windows = await due();
    expect(windows.length).toBeGreaterThanOrEqual(2);
    expect(faults(windows, ago(2 * DAY), now)).toEqual([]);
  });

  it('leave no gap when the run after an outage fails halfway', async () => {
    await read({ from: ago(3 * DAY), to: ago(2 * DAY) });
    const [first] = await due();
    if (first === undefined) throw new Error('no window');
    await read(first);
    expect(faults(await due(), first.to, now)).toEqual([]);
  });

  it('leave no gap where a person has read a stretch beyond it', async () => {
    await read({ from: ago(3 * DAY), to: ago(2 * DAY) });
    await read({ from: ago(HOUR), to: ago(MINUTE) });
    expect(faults(await due(), ago(2 * DAY), now)).toEqual([]);
  });

  it('do not take the future for read when a person asked for it', async () => {
    const began = Date.now();
    await read({ from: ago(HOUR), to: new Date(began + DAY) });
    const later = new Date(began + 10 * HOUR);
    const [window] = await due(later);
    expect(window?.from.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it('are not moved by a stretch of the past that was read again', async () => {
    await read({ from: ago(HOUR), to: ago(INTERVAL) });
    await read({ from: ago(30 * DAY), to: ago(29 * DAY) });
    const windows = await due();
    expect(windows).toHaveLength(1);
    expect(faults(windows, ago(INTERVAL), now)).toEqual([]);
  });

  it('are known within seconds after two months of runs every five minutes', async () => {
    const runs = Array.from({ length: (60 * DAY) / INTERVAL }, (_, n) => ({
      connectionId: CONNECTIONS.source,
      windowFrom: ago((n + 2) * INTERVAL),
      windowTo: ago(n * INTERVAL),
      workflowRunId: 'run',
      records: 0,
      newRecords: 0,
      finishedAt: now,
    }));
    await house.database.db.insert(collectionRun).values(runs.toReversed());
    const startedAt = performance.now();
    const windows = await due();
    expect(performance.now() - startedAt).toBeLessThan(SOON_MS);
    expect(windows).toHaveLength(1);
    expect(faults(windows, now, now)).toEqual([]);
  });

  it('are those of its own interval for a run that is backfilled', async () => {
    await read({ from: ago(HOUR), to: now });
    const scheduledFor = ago(5 * DAY);
    const windows = await due(now, scheduledFor);
    expect(windows).toHaveLength(1);
    expect(faults(windows, new Date(scheduledFor.getTime() - INTERVAL), scheduledFor)).toEqual([]);
  });

  it('are those that a person gave, cut, and refused when they end before they begin', async () => {
    const given = { from: ago(10 * DAY), to: ago(7 * DAY) };
    const windows = await windowsToCollect(deps, CONNECTIONS.source, now, INTERVAL, now, given);
    expect(windows.length).toBeGreaterThanOrEqual(3);
    expect(faults(windows, given.from, given.to)).toEqual([]);
    const turned = { from: given.to, to: given.from };
    const asked = windowsToCollect(deps, CONNECTIONS.source, now, INTERVAL, now, turned);
    await expect(asked).rejects.toThrow(RangeError);
  });
});
