import { pino } from 'pino';
import { runBulk } from '../../activities/bulk-action';
import { matchOrder } from '../../activities/match-order';
import { normalizeOrder } from '../../activities/normalize-order';
import { auditOf } from '../../db/queries/audit';
import { bulkRows, insertBulkJob, reopenFailedRows } from '../../db/queries/bulk';
import { findOrder } from '../../db/queries/orders';
import { inTransaction } from '../../db/transaction';
import type { BulkCommand } from '../../domain/bulk';
import { type BoostaWorker, createWorker } from '../../worker/create-worker';
import { temporalCommands } from '../../worker/temporal-commands';
import type { bulkAction } from '../../workflows/bulk-action';
import { TASK_QUEUE, workflowIds } from '../../workflows/names';
import { NO_ALERTS } from '../support/alerts';
import { eventually } from '../support/eventually';
import { type House, openHouse } from '../support/house';
import { type FreshTemporal, freshTemporal } from '../support/temporal';

const KIM = { by: 'kim', reason: 'the supplier recalls it' };

/** Real MySQL, Temporal and worker, on a task queue of its own. */
describe('one command for many orders', () => {
  let house: House;
  let temporal: FreshTemporal;
  let worker: BoostaWorker;
  let running: Promise<void>;
  let keys: string[];

  beforeAll(async () => {
    house = await openHouse();
    keys = await ordersOfUnknownDeals();
    temporal = await freshTemporal();
    const log = pino({ level: 'silent' });
    const parts = {
      connection: temporal.connection,
      namespace: temporal.at.namespace,
      database: house.database,
      log,
      alerts: NO_ALERTS,
      taskQueue: TASK_QUEUE,
    };
    worker = await createWorker(parts);
    running = worker.run();
  });
  afterAll(async () => {
    worker.shutdown();
    await running;
    await temporal.close();
    await house.close();
  });

  /** Nothing of them is sent, whatever is done to them. */
  const ordersOfUnknownDeals = async () => {
    const waiting: string[] = [];
    for (const key of await house.collectDay(240, 5_712)) {
      await normalizeOrder(house.deps, key);
      if ((await matchOrder(house.deps, key)).waiting === 'unknown_deal') waiting.push(key);
    }
    expect(waiting.length).toBeGreaterThan(4);
    return waiting;
  };
  const store = (command: BulkCommand, of: readonly string[]) =>
    inTransaction(house.database, (tx) => insertBulkJob(tx, command, KIM, of));
  const run = (jobId: number) =>
    temporal.client.workflow.execute<typeof bulkAction>('bulkAction', {
      args: [jobId],
      taskQueue: TASK_QUEUE,
      workflowId: workflowIds.bulk(jobId),
    });
  const rowsOf = (jobId: number, state: 'pending' | 'done' | 'failed') =>
    bulkRows(house.database.db, jobId, state, '', 100);
  const startJourneys = async (of: readonly string[]) => {
    for (const key of of) {
      const order = await findOrder(house.database.db, key);
      if (order !== undefined) await worker.deps.journeys.start(order);
    }
  };

  it('is carried out for each, and what could not be is told of its order alone', async () => {
    const [first = '', second = '', third = ''] = keys;
    await startJourneys([first, second]);
    const jobId = await store('hold', [first, second, third]);
    await run(jobId);
    expect((await rowsOf(jobId, 'done')).map((row) => row.orderKey)).toEqual([first, second].toSorted());
    expect(await rowsOf(jobId, 'failed')).toEqual([
      { orderKey: third, state: 'failed', says: expect.stringContaining('journey') },
    ]);
    expect((await findOrder(house.database.db, first))?.heldReason).toBe(KIM.reason);
  });

  it('tries what failed once more, and nothing else', async () => {
    const [, , , fourth = '', fifth = ''] = keys;
    await startJourneys([fourth]);
    const jobId = await store('hold', [fourth, fifth]);
    await run(jobId);
    await startJourneys([fifth]);
    expect(await inTransaction(house.database, (tx) => reopenFailedRows(tx, jobId))).toBe(1);
    await run(jobId);
    expect(await rowsOf(jobId, 'done')).toHaveLength(2);
    const held = (await auditOf(house.database.db, fourth)).filter(({ action }) => action === 'order.hold');
    expect(held).toHaveLength(1);
  });

  it('gives a row the same command once, though its activity is run again', async () => {
    const [first = ''] = keys;
    const jobId = await store('release', [first]);
    const commands = temporalCommands(temporal.client);
    await runBulk(worker.deps, commands, jobId);
    await house.database.pool.query("update bulk_row set state = 'pending' where job_id = ?", [jobId]);
    await runBulk(worker.deps, commands, jobId);
    // The second time it is not on hold any more: a new command would have been refused.
    expect(await rowsOf(jobId, 'done')).toHaveLength(1);
    await eventually(async () => {
      const released = (await auditOf(house.database.db, first)).filter((a) => a.action === 'order.release');
      expect(released).toHaveLength(1);
    });
  });

  it('says of an order without a parcel that there is no tracking number to tell', async () => {
    const [, second = ''] = keys;
    const jobId = await store('resend-tracking', [second]);
    await run(jobId);
    expect((await rowsOf(jobId, 'failed')).map(({ says }) => says)).toEqual([
      'There is no tracking number to tell again',
    ]);
  });
});
