import { groupBy } from '../domain/group-by';
import { inParallel } from './parallel';

const ALONE_AT_ONCE = 8;

/**
 * Does something with several things at once, in one transaction for instance, or with each by itself where
 * that fails: a bad one, or a deadlock, does no harm to the others. Those of one key come one after the other.
 *
 * @param work gives a result for each thing, in their order.
 * @returns what each came to, in their order.
 */
export async function runTogether<T, R>(
  things: readonly T[],
  keyOf: (thing: T) => string,
  work: (some: readonly T[]) => Promise<readonly R[]>,
): Promise<PromiseSettledResult<R>[]> {
  const settled: PromiseSettledResult<R>[] = [];
  for (const round of rounds([...things.entries()], ([, thing]) => keyOf(thing))) {
    const results = await atOnce(
      round.map(([, thing]) => thing),
      work,
    );
    for (const [n, [index]] of round.entries()) {
      const result = results[n];
      if (result !== undefined) settled[index] = result;
    }
  }
  return settled;
}

/** In each round every key is there once at most. */
function rounds<T>(things: readonly T[], keyOf: (thing: T) => string): T[][] {
  const seen = new Map<string, number>();
  const roundOf = (thing: T) => {
    const round = seen.get(keyOf(thing)) ?? 0;
    seen.set(keyOf(thing), round + 1);
    return round;
  };
  return [...groupBy(things, roundOf).values()];
}

async function atOnce<T, R>(
  things: readonly T[],
  work: (some: readonly T[]) => Promise<readonly R[]>,
): Promise<PromiseSettledResult<R>[]> {
  if (things.length > 1) {
    // What went wrong shows again in whichever did it.
    const all = await work(things).catch(() => undefined);
    if (all !== undefined) return Promise.allSettled(all);
  }
  const alone = async (thing: T): Promise<R> => {
    const [result] = await work([thing]);
    if (result === undefined) throw new RangeError('It gave no result');
    return result;
  };
  const settled: PromiseSettledResult<R>[] = [];
  await inParallel(ALONE_AT_ONCE, [...things.entries()], async ([index, thing]) => {
    const [result] = await Promise.allSettled([alone(thing)]);
    settled[index] = result;
  });
  return settled;
}
