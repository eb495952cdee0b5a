import type { Db } from '../../db/database';
import { existingOrders } from '../../db/queries/orders';

/** Which orders are stored already, asked while their file is still being read: MySQL works meanwhile. */
export class LookUp {
  private readonly stored = new Set<string>();
  private asking: Promise<void> = Promise.resolve();
  private isOver = false;

  constructor(private readonly db: Db) {}

  /** One question after the other: the house has other work for its connections. */
  ask(keys: readonly string[]): void {
    this.asking = this.asking.then(() => this.askNow(keys));
    // Whoever waits for what is found hears of it.
    this.asking.catch(() => undefined);
  }

  /** The keys asked for that are stored. @throws what MySQL says where it could not be asked. */
  async found(): Promise<ReadonlySet<string>> {
    await this.asking;
    return this.stored;
  }

  /** Asks nothing more, and settles once nothing is asked. */
  async stop(): Promise<void> {
    this.isOver = true;
    await this.asking.catch(() => undefined);
  }

  private async askNow(keys: readonly string[]): Promise<void> {
    if (this.isOver) return;
    for (const key of await existingOrders(this.db, keys)) this.stored.add(key);
  }
}
