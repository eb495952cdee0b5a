import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../db/database';
import { takePermit } from '../db/queries/connections';
import type { Connections } from './connections';
import { OutsideUnavailable } from './outcome';

/** The call limits of the WMSes: one bucket a connection in MySQL, so that each holds over all workers. */
export class Permits {
  constructor(
    private readonly database: Database,
    private readonly connections: Connections,
  ) {}

  /**
   * Resolves when one more call to this WMS may be made; the limit is read anew while it waits.
   *
   * @throws UnknownConnection, OutsideUnavailable while the connection is paused.
   */
  async take(wmsId: string): Promise<void> {
    for (;;) {
      const { callsPerMinute } = await this.connections.wms(wmsId);
      const waitMs = await takePermit(this.database.db, wmsId, callsPerMinute);
      if (waitMs === 0) return;
      await sleep(waitMs);
    }
  }

  /**
   * For a call that nobody waits for, and that can be left to others.
   *
   * @throws OutsideUnavailable when the limit leaves no call this moment.
   */
  async takeAtOnce(wmsId: string): Promise<void> {
    const { callsPerMinute } = await this.connections.wms(wmsId);
    const waitMs = await takePermit(this.database.db, wmsId, callsPerMinute);
    if (waitMs > 0) throw new OutsideUnavailable(`${wmsId}: the limit of calls is reached`, waitMs);
  }
}
