import { eq } from 'drizzle-orm';
import { cancelOrder } from '../../activities/cancel-order';
import type { Deps } from '../../activities/deps';
import { contentOf, dispatchesOf } from '../../db/queries/dispatches';
import { findOrder } from '../../db/queries/orders';
import { sumDemand } from '../../db/queries/stock';
import { dispatch } from '../../db/schema';
import { journeyId } from '../../domain/order-key';
import { wmsOrderOf } from '../../domain/wms-order';
import { temporalJourneys } from '../../worker/temporal-journeys';
import { TASK_QUEUE } from '../../workflows/names';
import { DispatchProcess } from '../support/dispatch-process';
import { type House, openHouse } from '../support/house';
import { type FreshTemporal, freshTemporal } from '../support/temporal';
import { WorkerProcess } from '../support/worker-process';
import { expectSound, freshAllowance, liveOf, sendAllTo, WMSES, type WmsName } from './dispatch-oracle';

/** Three doors stand between an order and a second parcel; here each stands alone, and then none. */

const PROMISES_NOTHING = {
  fulfillment: { rejectRepeatedCodes: false },
  shipstation: { upsertByKey: false },
} as const;
const KEEPS_ITS_PROMISE = {
  fulfillment: { rejectRepeatedCodes: true },
  shipstation: { upsertByKey: true },
} as const;

/**
 * The way it must not be done: look whether it has been sent, send it, write that down.
 *
 * @param looked resolves when it is to go on after its look.
 */
async function checkThenSend(deps: Deps, wms: WmsName, id: string, looked: () => Promise<void>) {
  const { db } = deps.database;
  const [row] = await db.select().from(dispatch).where(eq(dispatch.id, id));
  if (row === undefined || row.state === 'accepted') return;
  const content = await contentOf(db, [id]);
  const demand = sumDemand(content.map(({ itemCode, pieces }) => ({ itemCode, quantity: pieces })));
  await looked();
  const to = await deps.connections.wms(wms);
  const order = wmsOrderOf(row.code, content, demand);
  await to.wms.create([order], { timeoutMs: 10_000, beforeHandOver: () => undefined });
  await db.update(dispatch).set({ state: 'accepted', wms }).where(eq(dispatch.id, id));
}

/** Lets nobody through before `count` have come. */
function barrier(count: number): () => Promise<void> {
  let arrived = 0;
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    arrived += 1;
    if (arrived >= count) open();
    return opened;
  };
}

describe('a journey', () => {
  let house: House;
  let temporal: FreshTemporal;
  let worker: WorkerProcess | undefined;
  beforeAll(async () => {
    house = await openHouse();
    temporal = await freshTemporal();
  });
  afterAll(async () => {
    await worker?.kill();
    await temporal.close();
    await house.close();
  });

  it('is not started again while it is open, nor after it has ended well', async () => {
    const [key = ''] = await house.matchedOrders(5, 4_302);
    const order = await findOrder(house.database.db, key);
    if (order === undefined) throw new Error('no order');
    const start = () => temporalJourneys(temporal.client).start(order);
    expect(await start()).toBe(true);
    expect(await start()).toBe(false);
    await cancelOrder(house.deps, key, { by: 'kim', reason: 'ends the journey well' });
    worker = await WorkerProcess.start({
      databaseUrl: house.database.url,
      temporal: temporal.at,
      taskQueues: [TASK_QUEUE],
      dispatcher: {},
    });
    expect(await temporal.client.workflow.result(journeyId(key))).toEqual({ stage: 'cancelled' });
    expect(await start()).toBe(false);
  });
});

describe.each(WMSES)('an order for %s', (wms) => {
  let house: House;
  let keys: string[];

  beforeAll(async () => {
    house = await openHouse();
    keys = await house.matchedOrders(12);
    await sendAllTo(house, wms);
  });
  beforeEach(() => freshAllowance(house));
  afterAll(() => house.close());

  const next = async () => {
    const key = keys.shift() ?? '';
    const [made] = await dispatchesOf(house.database.db, key);
    if (made === undefined) throw new Error('no order left');
    return { key, id: made.id };
  };
  const naively = async (id: string, senders: number) => {
    const together = barrier(senders);
    await Promise.all(Array.from({ length: senders }, () => checkThenSend(house.deps, wms, id, together)));
  };

  it('ships twice when nothing but a check stands before the sending, by a WMS that promises nothing', async () => {
    await house.admin(wms, 'PUT', '/settings', PROMISES_NOTHING[wms]);
    const { key, id } = await next();
    await naively(id, 2);
    expect(await liveOf(house, key)).toHaveLength(2);
  });

  it('is there once by the key of the WMS alone, whoever sends', async () => {
    await house.admin(wms, 'PUT', '/settings', KEEPS_ITS_PROMISE[wms]);
    const { key, id } = await next();
    await naively(id, 10);
    expect(await liveOf(house, key)).toHaveLength(1);
  });

  it('is there once by the lock alone, of 100 dispatches in four processes', async () => {
    await house.admin(wms, 'PUT', '/settings', PROMISES_NOTHING[wms]);
    const { key } = await next();
    const processes = await Promise.all(Array.from({ length: 4 }, () => DispatchProcess.start()));
    try {
      const job = { databaseUrl: house.database.url, orderKeys: Array.from({ length: 25 }, () => key) };
      const reports = await Promise.all(processes.map((process) => process.run(job)));
      expect(reports.flat()).toHaveLength(100);
      expect(new Set(reports.flat())).toEqual(new Set(['dispatched/shipment']));
    } finally {
      for (const process of processes) process.stop();
    }
    expect(await liveOf(house, key)).toHaveLength(1);
    await expectSound(house, [key]);
  });

  it('is left alone by a second sender while the first has it in hand', async () => {
    await house.admin(wms, 'PUT', '/settings', PROMISES_NOTHING[wms]);
    const { key, id } = await next();
    const both = barrier(2);
    const done = barrier(2);
    const first = house.anotherWorker({
      onStep: async (step) => {
        if (step !== 'claimed') return;
        void both();
        await done();
      },
    });
    const sent = first.dispatcher.dispatch(id, wms, 5_000);
    await both();
    const second = house.deps.dispatcher.dispatch(id, wms, 5_000);
    await expect(second).resolves.toMatchObject({ kind: 'again', why: 'another sender holds the lease' });
    void done();
    await expect(sent).resolves.toEqual({ kind: 'with-the-wms' });
    expect(await liveOf(house, key)).toHaveLength(1);
  });
});
