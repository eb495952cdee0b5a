/** The first things of a stream, and the stream with them still in it. */
export interface Peeked<T> {
  readonly top: readonly T[];
  /** To be read once. */
  readonly all: AsyncIterable<T>;
}

/** @param isTop of the things, in order, those that are wanted ahead; the one after them is read, too. */
export async function peek<T>(things: AsyncIterable<T>, isTop: (thing: T) => boolean): Promise<Peeked<T>> {
  const rest = things[Symbol.asyncIterator]();
  const read: IteratorResult<T>[] = [];
  const top: T[] = [];
  for (;;) {
    const next = await rest.next();
    read.push(next);
    if (next.done === true || !isTop(next.value)) break;
    top.push(next.value);
  }
  // A generator around the other one would cost more than what is done with most things.
  const iterator: AsyncIterator<T> = {
    next: () => {
      const early = read.shift();
      return early === undefined ? rest.next() : Promise.resolve(early);
    },
    return: async () => (await rest.return?.()) ?? { done: true, value: undefined },
  };
  return { top, all: { [Symbol.asyncIterator]: () => iterator } };
}
