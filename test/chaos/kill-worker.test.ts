import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { Step } from '../../activities/dispatch/one-call';
import { dispatchesOf } from '../../db/queries/dispatches';
import { findOrder } from '../../db/queries/orders';
import { journeyId } from '../../domain/order-key';
import { temporalJourneys } from '../../worker/temporal-journeys';
import { liveOf, WMSES, type WmsName } from '../activities/dispatch-oracle';
import { eventually } from '../support/eventually';
import { type House, openHouse } from '../support/house';
import { type FreshTemporal, freshTemporal } from '../support/temporal';
import { type WorkerJob, WorkerProcess } from '../support/worker-process';

const BOUNDS = { leaseMs: 3_000, requestTimeoutMs: 1_000 };
const STEPS: readonly Step[] = ['before-claim', 'claimed', 'sent', 'confirmed'];
/** A workflow task that a dead worker had in hand is given to another after ten seconds. */
const TAKES_OVER = { withinMs: 45_000, everyMs: 250 };

type Calls = Record<string, { faults: object }>;

describe('an order whose worker dies', () => {
  let house: House;
  let temporal: FreshTemporal;
  let keys: Record<WmsName, string[]>;
  const processes: WorkerProcess[] = [];
  const run = Date.now();
  const queue = (name: string) => `chaos-${run}-${name}`;

  beforeAll(async () => {
    house = await openHouse();
    await house.admin('shipstation', 'PUT', '/settings', { callsPerMinute: 0 });
    temporal = await freshTemporal();
    const all = await house.matchedOrders(150, 4_301);
    const isSecond = (key: string) => key.startsWith('kakao/');
    keys = {
      fulfillment: all.filter((key) => !isSecond(key)),
      shipstation: all.filter(isSecond),
    };
  });
  afterAll(async () => {
    for (const process of processes) await process.kill();
    await temporal.close();
    await house.close();
  });

  const next = (wms: WmsName) => {
    const key = keys[wms].shift();
    if (key === undefined) throw new Error(`no order left for ${wms}`);
    return key;
  };
  const worker = async (job: Partial<WorkerJob> & Pick<WorkerJob, 'taskQueues'>) => {
    const process = await WorkerProcess.start({
      databaseUrl: house.database.url,
      temporal: temporal.at,
      dispatcher: BOUNDS,
      ...job,
    });
    processes.push(process);
    return process;
  };
  const start = async (key: string, taskQueue: string) => {
    const order = await findOrder(house.database.db, key);
    if (order === undefined) throw new Error(`no order ${key}`);
    return temporalJourneys(temporal.client, taskQueue).start(order);
  };
  const isThereOnce = (key: string, within = TAKES_OVER) =>
    eventually(async () => {
      const dispatches = await dispatchesOf(house.database.db, key);
      expect(dispatches).toMatchObject([{ state: 'accepted', generation: 1 }]);
      expect(await liveOf(house, key)).toHaveLength(1);
    }, within);
  const attempts = async (key: string) => {
    const [rows] = await house.database.pool.query(
      `select a.id from attempt a join dispatch d on d.id = a.dispatch_id
       where d.lead_order_key = ? and a.kind = 'create'`,
      [key],
    );
    return (rows as unknown[]).length;
  };

  it('is at each WMS once, at whichever step the worker was killed', async () => {
    const cases = STEPS.map((step) => ({ step, queue: queue(step), orders: WMSES.map(next) }));
    for (const { step, queue: taskQueue, orders } of cases) {
      const victim = await worker({
        taskQueues: [taskQueue],
        at: { step, dispatches: orders.length, signal: 'SIGKILL' },
      });
      for (const key of orders) expect(await start(key, taskQueue)).toBe(true);
      await victim.ended;
    }
    await worker({ taskQueues: cases.map((one) => one.queue) });
    for (const { orders } of cases) for (const key of orders) await isThereOnce(key);
  });

  it('is there once when a stopped worker comes back after another took over', async () => {
    const taskQueue = queue('zombie');
    const orders = WMSES.map(next);
    const zombie = await worker({
      taskQueues: [taskQueue],
      at: { step: 'claimed', dispatches: orders.length, signal: 'SIGSTOP' },
    });
    for (const key of orders) await start(key, taskQueue);
    for (const key of orders)
      await eventually(async () =>
        expect(await dispatchesOf(house.database.db, key)).toMatchObject([{ state: 'sending' }]),
      );
    await worker({ taskQueues: [taskQueue] });
    for (const key of orders) await isThereOnce(key);
    zombie.resume();
    await eventually(async () => {
      for (const key of orders) {
        const [rows] = await house.database.pool.query(
          `select a.id from attempt a join dispatch d on d.id = a.dispatch_id
           where d.lead_order_key = ? and a.outcome is null`,
          [key],
        );
        expect(rows).toEqual([]);
      }
    });
    for (const key of orders) {
      await isThereOnce(key);
      expect(await attempts(key)).toBeGreaterThanOrEqual(1);
    }
  });

  it('is one run and one order of the WMS when it is started 100 times at once', async () => {
    const taskQueue = queue('hundred');
    const key = next('fulfillment');
    const started = await Promise.all(Array.from({ length: 100 }, () => start(key, taskQueue)));
    expect(started.filter(Boolean)).toHaveLength(1);
    await worker({ taskQueues: [taskQueue] });
    await isThereOnce(key);
  });

  it('stays once when its journey is terminated and started again, also without its history', async () => {
    const taskQueue = queue('again');
    const orders = WMSES.map(next);
    await worker({ taskQueues: [taskQueue] });
    for (const key of orders) await start(key, taskQueue);
    for (const key of orders) await isThereOnce(key);
    for (const key of orders) {
      await temporal.client.workflow.getHandle(journeyId(key)).terminate('the test ends it');
      expect(await start(key, taskQueue)).toBe(true);
      await eventually(() => looksAgain(key));
      await temporal.client.workflowService.deleteWorkflowExecution({
        namespace: temporal.at.namespace,
        workflowExecution: { workflowId: journeyId(key) },
      });
      await eventually(async () => expect(await start(key, taskQueue)).toBe(true));
      await eventually(() => looksAgain(key));
      await isThereOnce(key);
      expect(await attempts(key)).toBe(1);
    }
  });

  it('is heard of by its warehouse soon after the worker that was asking has died', async () => {
    const taskQueue = queue('watch');
    const silence = { endpoint: 'shipments', kind: 'timeout-before', times: 1 } as const;
    await house.admin('fulfillment', 'PUT', '/faults', { faults: [silence] });
    const victim = await worker({ taskQueues: [taskQueue] });
    const workflowId = `${taskQueue}/fulfillment`;
    const options = { args: ['fulfillment'], taskQueue, workflowId };
    const handle = await temporal.client.workflow.start('watchShipments', options);
    await eventually(async () => {
      const { shipments } = (await house.admin('fulfillment', 'GET', '/calls')) as Calls;
      expect(shipments?.faults).toEqual({ 'timeout-before': 1 });
    });
    await victim.kill();
    await worker({ taskQueues: [taskQueue] });
    await expect(handle.result()).resolves.toEqual(expect.any(Number));
  });

  it('is there once when an attempt of the activity times out while the WMS is at it', async () => {
    const taskQueue = queue('impatient');
    const orders = WMSES.map(next);
    for (const wms of WMSES)
      await house.admin(wms, 'PUT', '/faults', {
        faults: [{ endpoint: 'create', kind: 'slow', ms: 2_500, times: 1 }],
      });
    const dir = mkdtempSync(join(tmpdir(), 'boosta-bundle-'));
    const bundle = join(dir, 'bundle.js');
    const { code } = await bundleWorkflowCode({
      workflowsPath: join(__dirname, '../../dist/test/chaos/impatient-dispatch.js'),
      logger: new DefaultLogger('ERROR'),
    });
    writeFileSync(bundle, code);
    await worker({
      taskQueues: [taskQueue],
      bundle,
      dispatcher: { leaseMs: 5_000, requestTimeoutMs: 4_000 },
    });
    const handles = await Promise.all(
      orders.map((key) =>
        temporal.client.workflow.start('impatientDispatch', {
          args: [key],
          taskQueue,
          workflowId: `${taskQueue}/${key}`,
        }),
      ),
    );
    for (const handle of handles)
      expect(await handle.result()).toEqual({ stage: 'dispatched', waiting: 'shipment' });
    for (const key of orders) {
      await isThereOnce(key);
      expect(await attempts(key)).toBe(1);
    }
    for (const { workflowId } of handles) {
      const { events } = await temporal.client.workflow.getHandle(workflowId).fetchHistory();
      const started = events?.find((event) => event.activityTaskStartedEventAttributes);
      expect(started?.activityTaskStartedEventAttributes?.attempt).toBeGreaterThan(1);
    }
    rmSync(dir, { recursive: true });
  });

  /** The new run has read what is recorded and waits for the parcel. */
  const looksAgain = async (key: string) => {
    const standing = await temporal.client.workflow.getHandle(journeyId(key)).query('standing');
    expect(standing).toEqual({ stage: 'dispatched', waiting: 'shipment' });
  };
});
