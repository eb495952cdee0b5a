import type { Logger } from 'pino';
import type { Database } from '../db/database';
import { Connections, UnknownConnection } from './connections';
import type { Journeys } from './journeys';
import { OutsideUnavailable } from './outcome';
import { recordShipment } from './record-shipment';
import type { WebhookRequest } from './wms/wms';

/**
 * What became of a webhook. `recorded`: all it tells is in MySQL. `later`: it could not be read or written,
 * and may be sent again; polling finds the same.
 */
export type Received =
  | { readonly kind: 'recorded'; readonly parcels: number }
  | { readonly kind: 'no-webhook' | 'unsigned' | 'unreadable' }
  | { readonly kind: 'later'; readonly afterMs?: number | undefined };

export interface Webhooks {
  receive(wmsId: string, request: WebhookRequest): Promise<Received>;
  close(): Promise<void>;
}

export interface WebhookParts {
  readonly database: Database;
  readonly journeys: Pick<Journeys, 'nudge'>;
  readonly log: Logger;
}

/** Takes in what WMSes tell by themselves. It needs no worker: the fact goes to MySQL, the journey is nudged. */
export function openWebhooks(parts: WebhookParts): Webhooks {
  // Nobody waits for what polling finds as well.
  const connections = new Connections(parts.database, 'give-up');
  return {
    receive: async (wmsId, request) => {
      try {
        return await receive({ ...parts, connections }, wmsId, request);
      } catch (error) {
        if (error instanceof UnknownConnection) return { kind: 'no-webhook' };
        return later(parts.log, wmsId, error);
      }
    },
    close: () => connections.close(),
  };
}

/** A WMS that is away, paused or at its limit is no trouble of ours. */
function later(log: Logger, wms: string, error: unknown): Received {
  if (!(error instanceof OutsideUnavailable)) {
    log.warn({ err: error, wms }, 'a webhook could not be taken in');
    return { kind: 'later' };
  }
  log.info({ wms, reason: error.message }, 'a webhook is to come again');
  return { kind: 'later', afterMs: error.retryAfterMs };
}

interface Deps extends WebhookParts {
  readonly connections: Connections;
}

async function receive(deps: Deps, wmsId: string, request: WebhookRequest): Promise<Received> {
  const { wms } = await deps.connections.wms(wmsId);
  if (wms.webhook === undefined) return { kind: 'no-webhook' };
  const reading = await wms.webhook(request);
  if (reading.kind === 'unreadable')
    deps.log.warn({ wms: wmsId, reason: reading.reason }, 'a webhook does not fit');
  if (reading.kind !== 'shipments') return { kind: reading.kind };
  let parcels = 0;
  for (const shipment of reading.shipments) {
    const recorded = await recordShipment(deps.database, wmsId, shipment);
    if (recorded.kind !== 'new') continue;
    parcels += 1;
    for (const orderKey of recorded.orderKeys) await nudge(deps, orderKey);
  }
  return { kind: 'recorded', parcels };
}

/** A nudge that is lost costs time only: the sweep sees what is in MySQL. */
async function nudge({ journeys, log }: Deps, orderKey: string): Promise<void> {
  try {
    await journeys.nudge(orderKey, 'shipped');
  } catch (error) {
    log.warn({ err: error, order: orderKey }, 'could not be nudged');
  }
}
