export interface GateOptions<T> {
  /** Calls in flight at the same time. */
  readonly atOnce: number;
  readonly perCall: number;
  /** Resolves when a call may be made; things that arrive until then go along. */
  readonly admit?: () => Promise<void>;
  /** Must answer each of the things it is given, and never throw. */
  readonly call: (together: readonly T[]) => Promise<void>;
  /** What becomes of those that wait when `admit` throws. */
  readonly refuse?: (waiting: readonly T[], error: unknown) => void;
}

/**
 * Lets a bounded number of calls through at once; what arrives meanwhile goes together in the next one.
 * Under little load a thing goes alone and at once, under much load the calls fill up by themselves.
 */
export class Gate<T> {
  private readonly queue: T[] = [];
  private inFlight = 0;
  private underWay = 0;
  private scheduled = false;

  /** @throws RangeError where no call takes anything: whatever came would wait for ever. */
  constructor(private readonly options: GateOptions<T>) {
    if (options.perCall < 1) throw new RangeError('A call takes at least one thing');
  }

  /** How many wait, for their turn or for an answer. */
  load(): number {
    return this.queue.length + this.underWay;
  }

  add(thing: T): void {
    this.queue.push(thing);
    if (this.scheduled) return;
    this.scheduled = true;
    // What is handed over in the same turn of the event loop goes together.
    setImmediate(() => {
      this.scheduled = false;
      this.letThrough();
    });
  }

  /** @returns whether it was still waiting. */
  takeBack(thing: T): boolean {
    const index = this.queue.indexOf(thing);
    if (index >= 0) this.queue.splice(index, 1);
    return index >= 0;
  }

  private letThrough(): void {
    while (this.queue.length > 0 && this.inFlight < this.options.atOnce) {
      this.inFlight += 1;
      void this.one().finally(() => {
        this.inFlight -= 1;
        this.letThrough();
      });
      // One call takes as many as it can; another is needed only for what would be left.
      if (this.queue.length <= this.options.perCall * this.inFlight) return;
    }
  }

  private async one(): Promise<void> {
    try {
      await this.options.admit?.();
    } catch (error) {
      this.options.refuse?.(this.queue.splice(0), error);
      return;
    }
    const together = this.queue.splice(0, this.options.perCall);
    if (together.length === 0) return;
    this.underWay += together.length;
    try {
      await this.options.call(together);
    } finally {
      this.underWay -= together.length;
    }
  }
}
