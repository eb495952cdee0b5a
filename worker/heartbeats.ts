import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { reachedBy } from '../activities/progress';

const BEATS_PER_TIMEOUT = 3;

/**
 * A step whose worker has died is given to another one as soon as its heartbeats stay away. Whichever
 * has a heartbeat time-out beats by itself, and tells again how far it has come.
 */
export const heartbeats: ActivityInterceptorsFactory = (context) => ({
  inbound: {
    async execute(input, next) {
      const { heartbeatTimeoutMs } = context.info;
      if (!heartbeatTimeoutMs) return next(input);
      const beating = setInterval(
        () => context.heartbeat(reachedBy(context)),
        heartbeatTimeoutMs / BEATS_PER_TIMEOUT,
      );
      try {
        return await next(input);
      } finally {
        clearInterval(beating);
      }
    },
  },
});
