import {
  type Client,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  WorkflowUpdateStage,
} from '@temporalio/client';
import { journeyId } from '../domain/order-key';

/** How long somebody waits for a journey to carry out a command. */
export const PATIENCE_MS = 30_000;

/** What a journey made of a command. */
export type Commanded<T> =
  | { readonly kind: 'answered'; readonly answer: T }
  | { readonly kind: 'refused'; readonly says: string }
  | { readonly kind: 'no-journey' }
  /** Heard, but not through within the time; or not even heard, though it may be yet. */
  | { readonly kind: 'not-through' | 'not-heard' };

/**
 * Gives a journey a person's command and waits for what comes of it.
 *
 * @param updateId given again, the same command is answered as it was and not carried out twice.
 */
export async function commandJourney<T>(
  client: Client,
  orderKey: string,
  name: string,
  { argument, updateId }: { readonly argument?: object | undefined; readonly updateId?: string } = {},
): Promise<Commanded<T>> {
  let isHeard = false;
  try {
    return await client.withDeadline(Date.now() + PATIENCE_MS, async () => {
      const journey = client.workflow.getHandle(journeyId(orderKey));
      const options = {
        waitForStage: WorkflowUpdateStage.ACCEPTED,
        ...(updateId === undefined ? {} : { updateId }),
      };
      const handle = await (argument === undefined
        ? journey.startUpdate<T, []>(name, options)
        : journey.startUpdate<T, [object]>(name, { args: [argument], ...options }));
      isHeard = true;
      return { kind: 'answered', answer: await handle.result() };
    });
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { kind: 'no-journey' };
    if (error instanceof WorkflowUpdateFailedError)
      return { kind: 'refused', says: error.cause?.message ?? error.message };
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)
      return { kind: isHeard ? 'not-through' : 'not-heard' };
    throw error;
  }
}
