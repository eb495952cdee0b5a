import { Context } from '@temporalio/activity';

const reached = new WeakMap<Context, unknown>();

/** How far an activity has come: the attempt after it, should its worker die, goes on from there. */
export interface Progress<T> {
  /** What an earlier attempt reached last; nothing at the first. */
  readonly from: T | undefined;
  reach(state: T): void;
}

/** The progress of the activity that this is called in, kept by Temporal: it holds no personal data. */
export function progressOfActivity<T>(): Progress<T> {
  const context = Context.current();
  return {
    from: context.info.heartbeatDetails as T | undefined,
    reach(state) {
      reached.set(context, state);
      context.heartbeat(state);
    },
  };
}

/** What was reached last, by this attempt or one before it: each heartbeat tells it again, or it would be forgotten. */
export function reachedBy(context: Context): unknown {
  return reached.get(context) ?? context.info.heartbeatDetails;
}

/** For work outside an activity: from the beginning, and nobody is told. */
export const FROM_THE_BEGINNING: Progress<never> = { from: undefined, reach: () => undefined };
