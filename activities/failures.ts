import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { ZodError } from 'zod';
import { asDatabaseError, DatabaseError } from '../db/errors';
import { UndecodableRecord } from '../domain/errors';
import { UnknownConnection } from './connections';
import { OutsideUnavailable } from './outcome';

/** Nobody has the order; it is tried again, not before `afterMs`. */
export class WmsUnavailable extends Error {
  override readonly name: string = 'WmsUnavailable';

  constructor(
    why: string,
    readonly afterMs?: number,
  ) {
    super(why);
  }
}

/** The WMS may have the order; the next try finds out. */
export class WmsOutcomeUnknown extends WmsUnavailable {
  override readonly name: string = 'WmsOutcomeUnknown';
}

/** What nobody has foreseen may be mended by trying again, but not after so many times. */
const TRIES_OF_THE_UNEXPECTED = 10;

/**
 * The one place where an error becomes what Temporal keeps. Its history is plain text: a database
 * error's parameters and an error's causes stay behind. What no trying again can mend is marked so, and
 * becomes a task.
 */
export function asFailure(error: unknown, activity: string, attempt: number): unknown {
  const known = asDatabaseError(error, activity);
  if (known instanceof WmsUnavailable) return failure(known, known.afterMs);
  if (known instanceof OutsideUnavailable) return failure(known, known.retryAfterMs);
  if (known instanceof DatabaseError) return failure(known, undefined, known.isForGood);
  if (known instanceof ApplicationFailure || known instanceof CancelledFailure) return known;
  if (known instanceof UnknownConnection || known instanceof RangeError)
    return failure(known, undefined, true);
  if (known instanceof UndecodableRecord) return failure(known, undefined, true);
  if (known instanceof ZodError) return failure(new BadSettings(known), undefined, true);
  // Nobody knows what its message holds; the worker's log has it.
  const message = `${activity} failed unexpectedly`;
  const nonRetryable = attempt >= TRIES_OF_THE_UNEXPECTED;
  return ApplicationFailure.create({ message, type: nameOf(known), nonRetryable });
}

/** A connection's settings do not fit its adapter; the message names them, not what they hold. */
class BadSettings extends Error {
  override readonly name = 'BadSettings';

  constructor({ issues }: ZodError) {
    super(issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join('; '));
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'UnknownError';
}

function failure(error: Error, afterMs?: number, nonRetryable = false): ApplicationFailure {
  return ApplicationFailure.create({
    message: error.message,
    type: error.name,
    nonRetryable,
    ...(afterMs === undefined || nonRetryable ? {} : { nextRetryDelay: Math.max(1, Math.ceil(afterMs)) }),
  });
}
