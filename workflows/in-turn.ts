type Steps = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;
/** The same steps, to be called. */
type InTurn<S> = {
  readonly [Name in keyof S]: S[Name] extends (...args: infer A) => infer R ? (...args: A) => R : never;
};

/** What came before it has ended, well or not. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Local activities, of which a journey has one running at a time, in the order in which it asked for them. Of two at
 * once Temporal keeps which ended first, but not when the other began: a command that came in the middle of a step
 * would leave a history that cannot be replayed.
 */
export function inTurn<S extends object>(steps: S): InTurn<S> {
  return new Proxy(steps, {
    get: (target, name) => {
      const step = Reflect.get(target, name) as Steps[string];
      return (...args: never[]) => {
        const mine = last.then(() => step(...args));
        last = mine.catch(() => undefined);
        return mine;
      };
    },
  }) as InTurn<S>;
}
