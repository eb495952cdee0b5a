import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '../db/database';
import { takePermit } from '../db/queries/connections';
import { bucketFor } from '../domain/call-limit';
import { OutsideUnavailable } from './outcome';

/** How a request gets its permit. `at-once`: it is left to others where there is none this moment. */
type Manner = 'wait' | 'at-once' | 'in-advance';

interface Permitted {
  /** Whether the permit that was taken beforehand has been used. */
  isUsed: boolean;
  readonly further: Manner;
}

const permitted = new AsyncLocalStorage<Permitted>();

/**
 * Lets `work` make its first request with a permit that was taken before. Further ones wait for theirs or,
 * `in-advance`, take them from those to come, so that others wait the longer: for what must not be kept waiting.
 */
export function withPermit<T>(further: 'wait' | 'in-advance', work: () => Promise<T>): Promise<T> {
  return permitted.run({ isUsed: false, further }, work);
}

/** The call limits of the WMSes: one bucket a connection in MySQL, so that each holds over all workers. */
export class Permits {
  /**
   * @param callsPerMinute of a WMS, as it is at that moment.
   * @param manner of requests that nothing else is said of.
   */
  constructor(
    private readonly db: Db,
    private readonly callsPerMinute: (wmsId: string) => Promise<number>,
    private readonly manner: Manner,
  ) {}

  /**
   * Resolves when one more request to this WMS may be made; the limit is read anew while it waits.
   *
   * @throws UnknownConnection, OutsideUnavailable while the connection is paused.
   */
  async take(wmsId: string): Promise<void> {
    for (;;) {
      const waitMs = await takePermit(this.db, wmsId, await this.callsPerMinute(wmsId));
      if (waitMs === 0) return;
      await sleep(waitMs);
    }
  }

  /**
   * What every request of an adapter takes before it is made.
   *
   * @throws UnknownConnection, OutsideUnavailable while the connection is paused, or where the limit leaves
   * nothing and it may not wait.
   */
  async ofRequest(wmsId: string): Promise<void> {
    const given = permitted.getStore();
    if (given?.isUsed === false) {
      given.isUsed = true;
      return;
    }
    const manner = given?.further ?? this.manner;
    if (manner === 'wait') return this.take(wmsId);
    const callsPerMinute = await this.callsPerMinute(wmsId);
    const inAdvance = manner === 'in-advance' ? bucketFor(callsPerMinute).inAdvance : 0;
    const waitMs = await takePermit(this.db, wmsId, callsPerMinute, inAdvance).catch((error: unknown) => {
      // What has been answered already must not be lost for that.
      if (manner === 'in-advance') throw new OutsideUnavailable(`${wmsId}: no permit can be taken`);
      throw error;
    });
    if (waitMs > 0) throw new OutsideUnavailable(`${wmsId}: the limit of calls is reached`, waitMs);
  }
}
