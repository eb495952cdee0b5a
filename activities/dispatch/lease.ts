/** A sender's own view of its lease, begun before the claim so that it never ends after the database's. */
export interface Lease {
  /** What is left of it, in ms; negative once it has ended. */
  leftMs(): number;
}

/**
 * Measured by two clocks, of which the one that has gone further counts: the monotonic one, which nobody
 * sets, stands still while the machine is suspended, and the wall clock does not.
 */
export function beginLease(leaseMs: number): Lease {
  const begunAt = performance.now();
  const begunOnTheWall = Date.now();
  return {
    leftMs: () => leaseMs - Math.max(performance.now() - begunAt, Date.now() - begunOnTheWall),
  };
}
