import type { Logger } from 'pino';
import type { Webhooks } from '../../activities/receive-webhook';
import type { Context } from '../connect';

/** What the API's routes work with. */
export interface ApiContext extends Omit<Context, 'close'> {
  readonly webhooks: Webhooks;
  readonly log: Logger;
  /** Of Temporal's Web UI; null: nobody said where it is. */
  readonly temporalUi: string | null;
}
