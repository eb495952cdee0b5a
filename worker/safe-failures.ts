import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { asFailure } from '../activities/failures';

/** Every error of an activity passes here on its way to Temporal, which keeps it in plain text. */
export const safeFailures: ActivityInterceptorsFactory = (context) => ({
  inbound: {
    async execute(input, next) {
      try {
        return await next(input);
      } catch (error) {
        throw asFailure(error, context.info.activityType, context.info.attempt);
      }
    },
  },
});
