/** A WMS's limit, in fixed windows of a minute. 0: none. */
export class CallsPerMinute {
  #windowEnds = 0;
  #taken = 0;

  constructor(private readonly limit: () => number) {}

  get perMinute(): number {
    return this.limit();
  }

  take(): boolean {
    if (this.perMinute === 0) return true;
    if (Date.now() >= this.#windowEnds) {
      this.#windowEnds = Date.now() + 60_000;
      this.#taken = 0;
    }
    this.#taken += 1;
    return this.#taken <= this.perMinute;
  }

  resetSeconds(): number {
    return Math.max(1, Math.ceil((this.#windowEnds - Date.now()) / 1_000));
  }
}
