import type { Db } from '../../db/database';
import { order } from '../../db/schema';
import type { Random } from '../../sandbox/generator/random';

/** What a journey's start has to know. */
export interface StartableOrder {
  readonly key: string;
  readonly channel: string;
  readonly source: string;
  readonly orderedAt: Date;
}

/** Orders at whatever stage they are, chosen by `random` among all. */
export async function someOrders(db: Db, random: Random, count: number): Promise<StartableOrder[]> {
  const all = await db
    .select({ key: order.key, channel: order.channel, source: order.source, orderedAt: order.orderedAt })
    .from(order);
  const chosen: StartableOrder[] = [];
  while (chosen.length < count && all.length > 0)
    chosen.push(...all.splice(random.between(0, all.length - 1), 1));
  return chosen;
}
