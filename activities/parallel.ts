/** Does something with each of many things, at most `atOnce` of them at a time. @throws the first error. */
export async function inParallel<T>(
  atOnce: number,
  things: readonly T[],
  work: (thing: T) => Promise<unknown>,
): Promise<void> {
  const rest = things.values();
  const lane = async () => {
    for (const thing of rest) await work(thing);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, things.length) }, lane));
}
