const RESTORED_PER_SECOND = 60;

/** What an account may spend: a bucket that fills by 60 a second. 0: no limit. */
export class Credits {
  #left = Number.POSITIVE_INFINITY;
  #asOf = Date.now();

  constructor(private readonly max: () => number) {}

  get left(): number {
    const now = Date.now();
    const restored = ((now - this.#asOf) / 1_000) * RESTORED_PER_SECOND;
    this.#asOf = now;
    this.#left = Math.min(this.max(), this.#left + restored);
    return Math.floor(this.#left);
  }

  take(credits: number): boolean {
    if (this.max() === 0) return true;
    if (this.left < credits) return false;
    this.#left -= credits;
    return true;
  }

  secondsUntil(credits: number): number {
    return Math.max(1, Math.ceil((credits - this.left) / RESTORED_PER_SECOND));
  }
}
