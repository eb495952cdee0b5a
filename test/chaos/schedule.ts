import { Random } from '../../sandbox/generator/random';

/** One fault that is to be injected. */
export interface PlannedFault {
  readonly kind: string;
  /** Milliseconds after the start. */
  readonly atMs: number;
  /** What its target and its length are drawn from. */
  readonly seed: number;
}

export interface PlanOptions {
  readonly seed: number;
  readonly minutes: number;
  readonly kinds: readonly string[];
  /** How often each kind comes. */
  readonly each: number;
}

/** The plan of faults, the earliest first: it follows from the seed alone. */
export function planFaults({ seed, minutes, kinds, each }: PlanOptions): PlannedFault[] {
  const random = new Random(seed);
  const order = Array.from({ length: each }, () => shuffled(kinds, random)).flat();
  const slotMs = (minutes * 60_000) / Math.max(1, order.length);
  return order.map((kind, index) => ({
    kind,
    atMs: Math.round(index * slotMs + random.between(0, Math.floor(slotMs * 0.9))),
    seed: random.between(1, 2_000_000_000),
  }));
}

function shuffled<T>(things: readonly T[], random: Random): T[] {
  const rest = [...things];
  return things.flatMap(() => rest.splice(random.between(0, rest.length - 1), 1));
}
