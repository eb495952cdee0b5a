import type { Random } from '../../../sandbox/generator/random';
import type { Burst } from '../burst';
import type { World } from '../world';

/** A kind of thing that goes wrong. */
export interface Fault {
  readonly kind: string;
  /**
   * Lets it happen and waits until it is over. Where, how and how long is drawn from `random`, which
   * follows from the campaign's seed.
   *
   * @returns what was struck, for the log.
   */
  readonly inject: (world: World, random: Random, burst: Burst) => Promise<string>;
}
