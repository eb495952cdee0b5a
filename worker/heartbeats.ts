import type { ActivityInterceptorsFactory } from '@temporalio/worker';

const BEATS_PER_TIMEOUT = 3;

/**
 * A step whose worker has died is given to another one as soon as its heartbeats stay away. Whichever
 * has a heartbeat time-out beats by itself: none is about progress, only about being alive.
 */
export const heartbeats: ActivityInterceptorsFactory = (context) => ({
  inbound: {
    async execute(input, next) {
      const { heartbeatTimeoutMs } = context.info;
      if (!heartbeatTimeoutMs) return next(input);
      const beating = setInterval(() => context.heartbeat(), heartbeatTimeoutMs / BEATS_PER_TIMEOUT);
      try {
        return await next(input);
      } finally {
        clearInterval(beating);
      }
    },
  },
});
