import type { Connections } from './connections';
import { Gate } from './gate';
import type { Source } from './sources/source';

interface Waiting<T, R> {
  readonly thing: T;
  readonly settle: (reply: R) => void;
  readonly fail: (error: unknown) => void;
}

export interface TogetherOptions<T, R> {
  /** As many things as the source takes in one call. */
  readonly perCall: (source: Source) => number;
  /** A reply for each, in the same order. */
  readonly call: (source: Source, sourceId: string, things: readonly T[]) => Promise<readonly R[]>;
}

const CALLS_AT_ONCE = 2;

/** What is on its way back to the sources, one thing for each order: those of one source that come together go in one call. */
export class Together<T, R> {
  private readonly gates = new Map<string, Gate<Waiting<T, R>>>();

  constructor(
    private readonly connections: Connections,
    private readonly options: TogetherOptions<T, R>,
  ) {}

  /** @throws UnknownConnection, or OutsideUnavailable while the source is paused, or what the call throws. */
  async send(sourceId: string, thing: T): Promise<R> {
    const source = await this.connections.source(sourceId);
    const gate = this.gates.get(sourceId) ?? this.open(sourceId, this.options.perCall(source));
    return new Promise((settle, fail) => gate.add({ thing, settle, fail }));
  }

  private open(sourceId: string, perCall: number): Gate<Waiting<T, R>> {
    const call = (together: readonly Waiting<T, R>[]) => this.call(sourceId, together);
    const gate = new Gate<Waiting<T, R>>({ atOnce: CALLS_AT_ONCE, perCall, call });
    this.gates.set(sourceId, gate);
    return gate;
  }

  private async call(sourceId: string, together: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const source = await this.connections.source(sourceId);
      const things = together.map(({ thing }) => thing);
      const replies = await this.options.call(source, sourceId, things);
      for (const [index, one] of together.entries()) {
        const reply = replies[index];
        if (reply === undefined)
          throw new Error(`${sourceId} gave ${replies.length} replies to ${together.length} things`);
        one.settle(reply);
      }
    } catch (error) {
      for (const one of together) one.fail(error);
    }
  }
}
