const RESTORED_PER_SECOND = 60;
const MAX_PER_OPERATION = 4_004;

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

  /** What an operation could cost has to be there, up to what any operation may cost at all. */
  cover(required: number): boolean {
    return required <= MAX_PER_OPERATION && (this.max() === 0 || required <= this.left);
  }

  /** What it did cost. */
  spend(credits: number): void {
    if (this.max() > 0) this.#left = this.left - credits;
  }

  secondsUntil(credits: number): number {
    return Math.max(1, Math.ceil((credits - this.left) / RESTORED_PER_SECOND));
  }
}
