import type { Logger } from 'pino';
import type { Database } from '../db/database';
import type { AlertSettings } from './alerts/settings';
import type { Connections } from './connections';
import type { Dispatcher } from './dispatch/dispatcher';
import type { Journeys } from './journeys';
import type { WayBack } from './way-back';

/** What the activities work with; made once, in the composition root of the worker. */
export interface Deps {
  readonly database: Database;
  readonly connections: Connections;
  readonly dispatcher: Dispatcher;
  readonly wayBack: WayBack;
  readonly journeys: Journeys;
  readonly alerts: AlertSettings;
  readonly log: Logger;
}
