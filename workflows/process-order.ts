import { continueAsNew, workflowInfo } from '@temporalio/workflow';
import { isAtRest, type Standing } from '../domain/stage';
import { openJourney } from './journey';
import * as step from './steps';

/**
 * An order's whole journey. Every step begins with what MySQL says, does what is left of it and answers
 * where the order stands then; a journey that is started again goes on where the order is.
 */
export async function processOrder(orderKey: string): Promise<Standing> {
  const journey = openJourney(orderKey);
  let standing: Standing = { stage: 'collected' };
  while (!isAtRest(standing) || journey.hasNews()) {
    const from = journey.goingOnFrom(standing);
    standing = await step.orParked(orderKey, () => next(from, orderKey));
    journey.show(standing);
    if (standing.waiting !== undefined && standing.waiting !== 'retry')
      await journey.untilNudged(standing.forMs);
    if (workflowInfo().continueAsNewSuggested && !isAtRest(standing)) {
      await journey.untilAnswered();
      await continueAsNew<typeof processOrder>(orderKey);
    }
  }
  await journey.untilAnswered();
  return standing;
}

/** What goes to the outside is tried once at small cost, and then again where it can be seen. */
async function next({ stage, waiting, at }: Standing, orderKey: string): Promise<Standing> {
  if (waiting === 'failed') await step.resumeOrder(orderKey);
  const isAgain = waiting === 'retry';
  switch (stage) {
    case 'collected':
      return step.normalizeOrder(orderKey);
    case 'normalized':
      return step.matchOrder(orderKey);
    case 'matched':
      return isAgain ? step.dispatchOrder(orderKey, at) : step.tryDispatchOrder(orderKey);
    case 'dispatched':
      return step.recordSale(orderKey);
    case 'booked':
      return isAgain ? step.uploadTracking(orderKey) : step.tryUploadTracking(orderKey);
    case 'done':
    case 'cancelled':
      return { stage };
  }
}
