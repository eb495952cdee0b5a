import { WorkflowFailedError } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Collection, collectOrders } from '../../workflows/collect-orders';
import type { syncStock } from '../../workflows/sync-stock';
import type { watchShipments } from '../../workflows/watch-shipments';
import { ScriptedWorker } from './scripted';
import { startTimeSkipping } from './time-skipping';

let env: TestWorkflowEnvironment;
let worker: ScriptedWorker;
beforeAll(async () => {
  env = await startTimeSkipping();
  worker = await ScriptedWorker.start(env.nativeConnection, env.client.workflow, 'test-collect-orders');
});
afterAll(async () => {
  await worker.stop();
  await env.teardown();
});

const window = (from: number) => ({
  from: `2026-11-2${from}T00:00:00Z`,
  to: `2026-11-2${from + 1}T00:00:00Z`,
});
const run = (collection: Collection) =>
  env.client.workflow.execute<typeof collectOrders>('collectOrders', {
    args: [collection],
    workflowId: `collect/${collection.source}`,
    taskQueue: worker.taskQueue,
  });
const counts = (orders: number) => ({ records: orders, newRecords: orders, orders, undecodable: 0 });

describe('a collection', () => {
  it('reads the windows that are due, the oldest first', async () => {
    const read: unknown[] = [];
    worker.script('hub-1', {
      windowsToCollect: () => [window(1), window(2)],
      collectWindow: (_source, each) => {
        read.push(each);
        return counts(3);
      },
    });
    await expect(run({ source: 'hub-1', intervalMs: 300_000 })).resolves.toEqual({ windows: 2, orders: 6 });
    expect(read).toEqual([window(1), window(2)]);
  });

  it('reads the window that a person gave instead', async () => {
    const asked: unknown[] = [];
    worker.script('hub-2', {
      windowsToCollect: (_source, _at, _interval, given) => {
        asked.push(given);
        return [window(5)];
      },
      collectWindow: () => counts(1),
    });
    const collected = await run({ source: 'hub-2', intervalMs: 300_000, window: window(5) });
    expect(collected).toEqual({ windows: 1, orders: 1 });
    expect(asked).toEqual([window(5)]);
  });

  it('tries a window again, and the next ones only after it', async () => {
    let failures = 3;
    const read: unknown[] = [];
    worker.script('hub-3', {
      windowsToCollect: () => [window(1), window(2)],
      collectWindow: (_source, each) => {
        read.push(each);
        failures -= 1;
        if (failures >= 0) throw new Error('The hub does not answer');
        return counts(1);
      },
    });
    await expect(run({ source: 'hub-3', intervalMs: 300_000 })).resolves.toMatchObject({ windows: 2 });
    expect(read).toEqual([window(1), window(1), window(1), window(1), window(2)]);
  });

  it('that fails opens a task and stops there, so that no gap is left behind it', async () => {
    const reported: unknown[] = [];
    const script = worker.script('hub-4', {
      windowsToCollect: () => [window(1), window(2)],
      collectWindow: () => Promise.reject(new Error('The hub does not answer')),
      reportCollectionFailure: (...given) => void reported.push(given),
    });
    await expect(run({ source: 'hub-4', intervalMs: 300_000 })).rejects.toThrow(WorkflowFailedError);
    expect(reported).toEqual([['hub-4', expect.stringContaining(window(1).from)]]);
    expect(script.count('collectWindow')).toBe(5);
  });

  it('that does not even know what is due opens a task, too', async () => {
    const script = worker.script('hub-5', {
      windowsToCollect: () => Promise.reject(new Error('No source is connected as hub-5')),
      reportCollectionFailure: () => undefined,
    });
    await expect(run({ source: 'hub-5', intervalMs: 300_000 })).rejects.toThrow(WorkflowFailedError);
    expect(script.count('reportCollectionFailure')).toBe(1);
  });
});

describe('a look at a WMS', () => {
  it.each([
    ['watchShipments', 'shipments'],
    ['syncStock', 'stock'],
  ] as const)('by %s that fails again and again opens a task', async (name, part) => {
    const reported: unknown[] = [];
    const wms = `wms-${name}`;
    const script = worker.script(wms, {
      [name]: () => Promise.reject(new Error('The WMS does not answer')),
      reportWmsFailure: (...given: unknown[]) => void reported.push(given),
    });
    const looked = env.client.workflow.execute<typeof watchShipments | typeof syncStock>(name, {
      args: [wms],
      workflowId: name,
      taskQueue: worker.taskQueue,
    });
    await expect(looked).rejects.toThrow(WorkflowFailedError);
    expect(script.count(name)).toBe(3);
    expect(reported).toEqual([[wms, part]]);
  });
});
