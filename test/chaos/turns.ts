/** Lets one at a time at something: two faults of one server would be a third kind of fault. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  /** Runs `work` once all that asked before are through, however they ended. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work, work);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}
