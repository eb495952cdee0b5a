import { setImmediate as turn } from 'node:timers/promises';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** A clock that jumps to the next thing that is to happen as soon as nothing else is left to do. */
export class VirtualTime {
  /** In ms. */
  now = 0;
  private readonly sleepers: Sleeper[] = [];

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => {
      this.sleepers.push({ until: this.now + ms, wake });
    });
  }

  /** @throws RangeError when nothing is left that could happen. */
  async runUntil(isOver: () => boolean): Promise<void> {
    for (;;) {
      // What is handed over in one turn of the event loop is let through in the next.
      await turn();
      await turn();
      if (isOver()) return;
      const next = this.sleepers.toSorted((a, b) => a.until - b.until)[0];
      if (next === undefined) throw new RangeError('Nothing is left that could happen');
      this.sleepers.splice(this.sleepers.indexOf(next), 1);
      this.now = Math.max(this.now, next.until);
      next.wake();
    }
  }
}
