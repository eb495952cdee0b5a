import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Connection as CoreConnection } from 'mysql2';
import type { Connections, WmsConnection } from '../../activities/connections';
import type { Deps } from '../../activities/deps';
import type { Journeys } from '../../activities/journeys';
import type { Database } from '../../db/database';
import { journeyId } from '../../domain/order-key';
import { TASK_QUEUE } from '../../workflows/names';

/** The protections that a campaign can do without, to show that it would find out. */
export const PROTECTIONS = ['lock', 'wms-key', 'lease', 'workflow-id'] as const;
export type Protection = (typeof PROTECTIONS)[number];

/** How a campaign's worker differs from one in production, and in nothing else. */
export interface Alterations {
  readonly without?: Protection | undefined;
  /** WMSes that promise nothing about a repeated code and show an order after this time. */
  readonly lookUpOnly?:
    | { readonly wmses: readonly string[]; readonly visibleAfterSeconds: number }
    | undefined;
}

/** Waiting for a WMS's call limit is not what a campaign is about. */
const NO_CALL_LIMIT = 60_000;

/** Replaces parts of a worker's composition after it was made; activities look them up at each call. */
export function alter(deps: Deps, client: Client, alterations: Alterations): void {
  alterConnections(deps.connections, alterations);
  if (alterations.without === 'lock') readWithoutLocks(deps.database);
  if (alterations.without === 'workflow-id') Object.assign(deps, { journeys: journeysUnderAnyId(client) });
}

function alterConnections(connections: Connections, { without, lookUpOnly }: Alterations): void {
  const open = connections.wms.bind(connections);
  connections.wms = async (id) => {
    let to: WmsConnection = { ...(await open(id)), callsPerMinute: NO_CALL_LIMIT };
    if (lookUpOnly?.wmses.includes(id)) to = promisingOnlyLookUp(to, lookUpOnly.visibleAfterSeconds);
    return without === 'lease' ? neverMindingTheLease(to) : to;
  };
}

function promisingOnlyLookUp(to: WmsConnection, visibleAfterSeconds: number): WmsConnection {
  const promises = { onRepeat: 'not-promised', lookup: { visibleAfterSeconds } } as const;
  return { ...to, wms: { ...to.wms, capabilities: { ...to.wms.capabilities, ...promises } } };
}

/** The sender no longer looks, in the tick that hands the request over, whether its lease still covers it. */
function neverMindingTheLease(to: WmsConnection): WmsConnection {
  const create: WmsConnection['wms']['create'] = (orders, options) =>
    to.wms.create(orders, { ...options, beforeHandOver: () => undefined });
  return { ...to, wms: { ...to.wms, create } };
}

/** Takes `for update` out of every read of a dispatch: the claim looks, and then writes. */
function readWithoutLocks({ pool }: Database): void {
  pool.pool.on('connection', (connection) => {
    const core = connection as unknown as Pick<CoreConnection, 'query'>;
    const query = core.query.bind(core) as (...args: unknown[]) => unknown;
    const unlocked = (...args: unknown[]) => query(unlock(args[0]), ...args.slice(1));
    Object.assign(core, { query: unlocked });
  });
}

function unlock(statement: unknown): unknown {
  if (typeof statement === 'string')
    return statement.replace(/^(select .* from `dispatch` .*) for update$/s, '$1');
  if (typeof statement !== 'object' || statement === null || !('sql' in statement)) return statement;
  return Object.assign(statement, { sql: unlock(statement.sql) });
}

/** Every start is a run of its own, under an ID that nobody has had; a nudge goes to all of them. */
export function journeysUnderAnyId(client: Client): Journeys {
  return {
    async start({ key }) {
      const workflowId = `${journeyId(key)}/${randomUUID()}`;
      await client.workflow.start('processOrder', { args: [key], workflowId, taskQueue: TASK_QUEUE });
      return true;
    },
    async nudge(orderKey, signal) {
      const query = `WorkflowId STARTS_WITH "${journeyId(orderKey)}/" AND ExecutionStatus = "Running"`;
      let heard = false;
      for await (const { workflowId } of client.workflow.list({ query })) {
        heard = true;
        await client.workflow
          .getHandle(workflowId)
          .signal(signal)
          .catch(() => undefined);
      }
      return heard;
    },
  };
}
