/** The token bucket that keeps to a limit of calls in any minute, however they are spread over it. */
export interface Bucket {
  /** Calls that may be made at once after a quiet time. */
  readonly capacity: number;
  /** Calls a second that are allowed again. */
  readonly perSecond: number;
  /** Calls that may be made in advance at the most: the bucket is below zero then. They are over the limit. */
  readonly inAdvance: number;
}

/** What a full bucket lets through at once counts against the same minute as what is refilled meanwhile. */
export function bucketFor(callsPerMinute: number): Bucket {
  const capacity = Math.max(1, Math.min(2, callsPerMinute / 10), callsPerMinute / 30);
  const perSecond = (callsPerMinute - capacity + 1) / 60;
  return { capacity, perSecond, inAdvance: Math.max(10, callsPerMinute / 2) };
}
