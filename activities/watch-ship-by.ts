import type { Db } from '../db/database';
import { overdueOrders, shippedOverdue } from '../db/queries/ship-by';
import { closeTasks, openTask } from '../db/queries/tasks';

const AT_A_TIME = 500;

/** An order that has not left by the day its channel wants it shipped is a task, until it has. */
export async function watchShipBy(db: Db): Promise<void> {
  for (const { key, shipBy, stage, waiting } of await overdueOrders(db, AT_A_TIME)) {
    const stands = waiting === null ? stage : `${stage}, waiting: ${waiting}`;
    await openTask(db, 'ship_by_passed', { orderKey: key }, `To be shipped by ${shipBy}; it is ${stands}`);
  }
  for (const orderKey of await shippedOverdue(db, AT_A_TIME))
    await closeTasks(db, ['ship_by_passed'], { orderKey }, 'boosta');
}
