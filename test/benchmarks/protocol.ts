/** What the benchmark tells its processes, and what they answer. */

export interface BenchCommand {
  readonly count: number;
  readonly inFlight: number;
  /** The journey counts as through in these stages. */
  readonly until: 'accepted' | 'booked';
}

export interface BenchAnswer {
  readonly perSecond: number;
  /** From the start of a journey to its acceptance, in milliseconds, sorted. */
  readonly latencies: number[];
  /** Looks at the database that were the benchmark's own. */
  readonly ownStatements: number;
}
