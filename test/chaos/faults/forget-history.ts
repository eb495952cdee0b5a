import { setTimeout as sleep } from 'node:timers/promises';
import { journeyId } from '../../../domain/order-key';
import { type StartableOrder, someOrders } from '../some-orders';
import type { World } from '../world';
import type { Fault } from './fault';

const TRIES = 20;

/** Temporal has forgotten orders, shipped ones too, and their journeys are started again. */
export const forgetHistory: Fault = {
  kind: 'forget-history',
  async inject(world, random) {
    const count = random.between(2, 5);
    return world.temporal.turns.take(async () => {
      const orders = await someOrders(world.context.database.db, random, count);
      const started = await Promise.all(orders.map((order) => forgetAndStart(world, order)));
      return `${started.filter(Boolean).length} of ${orders.length} journeys`;
    });
  },
};

async function forgetAndStart({ context, journeys }: World, order: StartableOrder): Promise<boolean> {
  await context.temporal.workflowService
    .deleteWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: journeyId(order.key) },
    })
    .catch(() => undefined);
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    if (await journeys.start(order)) return true;
    await sleep(100);
  }
  return false;
}
