/** The first things of a stream, and the stream with them still in it. */
export interface Peeked<T> {
  readonly top: readonly T[];
  /** To be read once. */
  readonly all: AsyncIterable<T>;
}

/** @param isTop of the things, in order, those that are wanted ahead; the one after them is read, too. */
export async function peek<T>(
  things: AsyncIterable<T> | Iterable<T>,
  isTop: (thing: T) => boolean,
): Promise<Peeked<T>> {
  const rest = (async function* () {
    for await (const thing of things) yield thing;
  })();
  const read: T[] = [];
  let ended = false;
  while (!ended) {
    const { done, value } = await rest.next();
    ended = done === true;
    if (done === true) break;
    read.push(value);
    ended = !isTop(value);
  }
  return {
    top: read.filter(isTop),
    all: (async function* () {
      yield* read;
      for await (const thing of rest) yield thing;
    })(),
  };
}
