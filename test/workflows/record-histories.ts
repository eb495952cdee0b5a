import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { temporal as proto } from '@temporalio/proto';
import { NativeConnection } from '@temporalio/worker';
import { orderKey } from '../../domain/order-key';
import { generateDay } from '../../sandbox/generator/generate-day';
import { startTemporal } from '../../sandbox/servers';
import * as messages from '../../workflows/messages';
import { SEARCH_ATTRIBUTES } from '../../workflows/names';
import { eventually } from '../support/eventually';
import { AWAITED, type ScriptedJourney, ScriptedWorker } from './scripted';

/*
 * Records the histories that replay.test.ts replays: `npm run histories`.
 *
 * Run it when a story is added, or when a change of the workflows is meant to be incompatible and no
 * journey of the version before is open any more. A failing replay is no reason to: it says that the
 * journeys which are open at the next deploy would break. Such a change goes behind `patched()`.
 */

const KIM = { by: 'kim', reason: 'asked by the customer' };
const COLLECTION = { source: 'sabangnet', intervalMs: 300_000 };
const WINDOW = { from: '2026-11-20T00:00:00.000Z', to: '2026-11-20T01:00:00.000Z' };

type Story = (worker: ScriptedWorker, key: string, client: Client) => Promise<WorkflowHandle>;

const STORIES: Readonly<Record<string, Story>> = {
  happy: async (worker, key) => shipped(await worker.journey(key)),

  rematch: async (worker, key) => {
    const journey = await worker.journey(key, {
      matchOrder: () => ({ stage: 'normalized', waiting: 'unknown_deal' }),
    });
    await waits(journey, 'unknown_deal');
    await journey.handle.executeUpdate(messages.rematchNow);
    journey.script.now({ matchOrder: () => ({ stage: 'matched' }) });
    await journey.handle.signal(messages.rematch);
    return shipped(journey);
  },

  'hold-release': async (worker, key) => {
    const journey = await worker.journey(key, {
      matchOrder: () => ({ stage: 'normalized', waiting: 'unknown_deal' }),
      holdOrder: () => ({ done: true, says: 'It is on hold' }),
      releaseOrder: () => ({ done: true, says: 'It goes on' }),
    });
    await waits(journey, 'unknown_deal');
    journey.script.now({
      matchOrder: () => ({ stage: 'matched' }),
      tryDispatchOrder: () => ({ stage: 'matched', waiting: 'held' }),
    });
    await journey.handle.executeUpdate(messages.hold, { args: [KIM] });
    await waits(journey, 'held');
    journey.script.now({ tryDispatchOrder: () => AWAITED });
    await journey.handle.executeUpdate(messages.release, { args: [KIM] });
    return shipped(journey);
  },

  cancel: async (worker, key) => {
    const journey = await worker.journey(key, {
      matchOrder: () => ({ stage: 'normalized', waiting: 'unknown_deal' }),
      cancelOrder: () => ({ done: true, says: 'It is cancelled' }),
    });
    await waits(journey, 'unknown_deal');
    journey.script.now({ normalizeOrder: () => ({ stage: 'cancelled' }) });
    await journey.handle.executeUpdate(messages.cancel, { args: [KIM] });
    return journey.handle;
  },

  'cancelled-by-the-customer': async (worker, key) => {
    const standings = [{ stage: 'dispatched', waiting: 'cancellation' }, { stage: 'cancelled' }];
    const journey = await worker.journey(key, {
      cancelOrder: () => ({ done: true, says: 'It is cancelled' }),
    });
    await waits(journey, 'shipment');
    journey.script.now({ normalizeOrder: () => standings.shift() });
    await journey.handle.signal(messages.changed);
    return journey.handle;
  },

  retry: async (worker, key) => {
    let attempts = 0;
    const flaky = (good: object) => () => {
      attempts += 1;
      if (attempts % 3 !== 0) throw new Error('The outside is away');
      return good;
    };
    const journey = await worker.journey(key, {
      tryDispatchOrder: () => ({ stage: 'matched', waiting: 'retry' }),
      dispatchOrder: flaky(AWAITED),
      tryUploadTracking: () => Promise.reject(new Error('broken')),
      uploadTracking: flaky({ stage: 'done' }),
    });
    return shipped(journey);
  },

  resolve: async (worker, key) => {
    const journey = await worker.journey(key, {
      tryDispatchOrder: () => ({ stage: 'matched', waiting: 'unknown_outcome' }),
      resolveDispatch: () => ({ done: true, says: 'It is with the WMS' }),
    });
    await waits(journey, 'unknown_outcome');
    journey.script.now({ normalizeOrder: () => ({ stage: 'dispatched' }), recordSale: () => AWAITED });
    await journey.handle.executeUpdate(messages.resolveDispatch, { args: [{ ...KIM, verdict: 'received' }] });
    await waits(journey, 'shipment');
    journey.script.now({ recordSale: () => ({ stage: 'booked' }) });
    return shipped(journey);
  },

  'collect-orders': async (worker, _key, client) => {
    const counts = { records: 2, newRecords: 2, orders: 2, undecodable: 0 };
    worker.script(COLLECTION.source, {
      windowsToCollect: () => [WINDOW, WINDOW],
      collectWindow: () => counts,
    });
    return start(worker, client, 'collectOrders', COLLECTION);
  },

  'collect-orders-failing': async (worker, _key, client) => {
    const source = 'sabangnet-away';
    worker.script(source, {
      windowsToCollect: () => [WINDOW],
      collectWindow: () => Promise.reject(new Error('The source is away')),
      reportCollectionFailure: () => undefined,
    });
    return start(worker, client, 'collectOrders', { ...COLLECTION, source });
  },

  'watch-shipments': async (worker, _key, client) => {
    worker.script('fulfillment', { watchShipments: () => 3 });
    return start(worker, client, 'watchShipments', 'fulfillment');
  },
};

async function waits({ handle }: ScriptedJourney, waiting: string): Promise<void> {
  await eventually(async () => {
    const standing = await handle.query(messages.standing);
    if (standing.waiting !== waiting) throw new Error(`It waits for ${standing.waiting}, not for ${waiting}`);
  });
}

async function shipped(journey: ScriptedJourney): Promise<WorkflowHandle> {
  await waits(journey, 'shipment');
  await journey.handle.signal(messages.shipped);
  return journey.handle;
}

function start(
  worker: ScriptedWorker,
  client: Client,
  type: string,
  argument: unknown,
): Promise<WorkflowHandle> {
  const { taskQueue } = worker;
  return client.workflow.start(type, { args: [argument], workflowId: `${type}/recorded`, taskQueue });
}

const { History } = proto.api.history.v1;

/** As replay.test.ts reads it. A failure's stack holds the paths of this machine; replaying needs none. */
function portable(history: proto.api.history.v1.IHistory): string {
  const plain = History.toObject(History.fromObject(history), {
    enums: String,
    longs: String,
    bytes: String,
  });
  return JSON.stringify(plain, (name, value: unknown) => (name === 'stackTrace' ? '' : value));
}

async function main(folder: string): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'boosta-histories-'));
  const temporal = await startTemporal({
    dbFile: join(dir, 'temporal.db'),
    port: 0,
    uiPort: undefined,
    namespace: 'default',
    searchAttributes: SEARCH_ATTRIBUTES,
    logFile: join(dir, 'temporal.log'),
    progress: console.error,
  });
  try {
    await record(temporal.address, folder);
  } finally {
    await temporal.stop();
    rmSync(dir, { recursive: true });
  }
}

async function record(address: string, folder: string): Promise<void> {
  const [connection, native] = [
    await Connection.connect({ address }),
    await NativeConnection.connect({ address }),
  ];
  const client = new Client({ connection, identity: 'recorder' });
  const worker = await ScriptedWorker.start(native, client.workflow, 'recorded');
  await mkdir(folder, { recursive: true });
  const orders = generateDay({ seed: 65, orders: Object.keys(STORIES).length, date: '2026-11-20' });
  for (const [n, [name, story]] of Object.entries(STORIES).entries()) {
    const order = orders[n];
    if (order === undefined) throw new Error('too few orders');
    const handle = await story(worker, orderKey(order.channel, order.orderNumber), client);
    await handle.result().catch(() => undefined);
    await writeFile(join(folder, `${name}.json`), `${portable(await handle.fetchHistory())}\n`);
    console.error(`recorded ${name}`);
  }
  await worker.stop();
  await connection.close();
  await native.close();
}

// Compiled, this file lies in dist/test/workflows; the histories are part of the sources.
main(join(__dirname, '..', '..', '..', 'test', 'workflows', 'histories')).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
