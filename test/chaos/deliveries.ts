import { setTimeout as sleep } from 'node:timers/promises';
import { searchOrders } from '../../db/queries/order-search';
import { items } from '../../sandbox/catalogue';
import { readLedgers } from './ledgers';
import type { World } from './world';

const LOOKS_EVERY_MS = 5_000;

/**
 * Goods arrive whenever orders wait for them, a lot at a time, so that stock is short all along. Each
 * level is read before it is raised: whatever is below nothing then has been sold without being there.
 */
export class Deliveries {
  /** Pieces that were shipped and never there. */
  oversold = 0;
  private isOver = false;
  private running: Promise<void> | undefined;

  constructor(
    private readonly world: World,
    private readonly lot: number,
  ) {}

  begin(): void {
    this.running = this.untilOver();
  }

  /** Counts what is missing at the end, too. */
  async end(): Promise<void> {
    this.isOver = true;
    await this.running;
    await this.raiseAll(0);
  }

  private async untilOver(): Promise<void> {
    while (!this.isOver) {
      await sleep(LOOKS_EVERY_MS);
      // The servers may be away; there is another look.
      await this.look().catch(() => undefined);
    }
  }

  private async look(): Promise<void> {
    const waiting = await searchOrders(this.world.context.database.db, { waiting: 'shortage' }, undefined, 1);
    if (waiting.length > 0) await this.raiseAll(this.lot);
  }

  private async raiseAll(by: number): Promise<void> {
    for (const { standIn, stock } of await readLedgers(this.world)) {
      if (Object.keys(stock).length === 0) continue;
      for (const level of Object.values(stock)) this.oversold += Math.max(0, -level);
      const products = items.map(({ code, name }) => ({
        itemCode: code,
        name,
        quantity: Math.max(0, stock[code] ?? 0) + by,
      }));
      await this.world.admin(standIn, 'PUT', '/products', products);
    }
  }
}
