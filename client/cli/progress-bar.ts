const WIDTH = 24;
const EVERY_MS = 100;

/** One line on a terminal that shows how far something is; nothing where nobody would see it change. */
export class ProgressBar {
  private shownAt = 0;
  private isShown = false;

  /** @param isWanted not with `--json`, say. */
  constructor(
    private readonly out: NodeJS.WriteStream,
    private readonly isWanted: boolean,
  ) {}

  /** @param of undefined where nobody knows how many there will be. */
  show(what: string, done: number, of?: number): void {
    if (!this.isWanted || !this.out.isTTY) return;
    if (done !== of && performance.now() - this.shownAt < EVERY_MS) return;
    this.shownAt = performance.now();
    this.isShown = true;
    const count = done.toLocaleString('en-US');
    const line =
      of === undefined
        ? `${what} ${count}`
        : `${bar(done / of)} ${what} ${count} of ${of.toLocaleString('en-US')}`;
    this.out.write(`\r\u001b[2K${line.slice(0, this.out.columns - 1)}`);
  }

  /** Takes the line away again. */
  clear(): void {
    if (this.isShown) this.out.write('\r\u001b[2K');
    this.isShown = false;
  }
}

function bar(share: number): string {
  const full = Math.round(WIDTH * Math.min(1, share));
  return `[${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}]`;
}
