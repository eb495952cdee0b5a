import type { Logger } from 'pino';
import type { Webhooks } from '../../activities/receive-webhook';
import type { Servers } from '../connect';

/** What the API's routes work with. */
export interface ApiContext extends Servers {
  readonly webhooks: Webhooks;
  readonly log: Logger;
  /** Of Temporal's Web UI; null: nobody said where it is. */
  readonly temporalUi: string | null;
}
