import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '../db/database';
import { keepSession, sharedSession, takePermit } from '../db/queries/connections';
import type { SourceTools } from './sources/source';

/** What a connection's adapter is lent: its call limit and its session hold over all workers. */
export function sourceTools(db: Db, connectionId: string, callsPerMinute: number | null): SourceTools {
  return {
    async permit() {
      if (callsPerMinute === null) return;
      for (;;) {
        const waitMs = await takePermit(db, connectionId, callsPerMinute);
        if (waitMs === 0) return;
        await sleep(waitMs);
      }
    },
    session: {
      read: () => sharedSession(db, connectionId),
      keep: (session, endsAt) => keepSession(db, connectionId, session, endsAt),
    },
  };
}
