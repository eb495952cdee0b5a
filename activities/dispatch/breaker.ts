import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhenResult,
} from 'cockatiel';

/** What a call came to as far as the WMS's health goes: it answered, it did not, or nobody asked it. */
export type Health = 'answered' | 'silent' | 'not-asked';

export interface BreakerOptions {
  readonly silentCalls: number;
  readonly restMs: number;
}

const DEFAULTS: BreakerOptions = { silentCalls: 5, restMs: 15_000 };

/**
 * Lets a WMS that has been silent several calls in a row rest: nothing is claimed for it meanwhile, so
 * that it takes up nobody's time. After the rest one call tries whether it is back.
 */
export class Breaker {
  private readonly policy;
  private restsUntil = 0;

  constructor(options: BreakerOptions = DEFAULTS) {
    this.policy = circuitBreaker(
      handleWhenResult((health) => health === 'silent'),
      { halfOpenAfter: options.restMs, breaker: new ConsecutiveBreaker(options.silentCalls) },
    );
    this.policy.onBreak(() => {
      this.restsUntil = performance.now() + options.restMs;
    });
  }

  /** How long it still rests, in ms; 0 when a call may be tried. */
  restMs(): number {
    if (this.policy.state !== CircuitState.Open) return 0;
    return Math.max(0, Math.ceil(this.restsUntil - performance.now()));
  }

  /** @returns whether the call was made; not while the WMS rests. */
  async run(call: () => Promise<Health>): Promise<boolean> {
    try {
      await this.policy.execute(call);
      return true;
    } catch (error) {
      if (error instanceof BrokenCircuitError) return false;
      throw error;
    }
  }
}
