import { attemptsOf } from '../../db/queries/attempts';
import { dispatchesOf } from '../../db/queries/dispatches';
import { findOrder } from '../../db/queries/orders';
import { journeyId } from '../../domain/order-key';
import { CONNECTIONS } from '../../sandbox/seed';
import { temporalJourneys } from '../../worker/temporal-journeys';
import { TASK_QUEUE, wmsTaskQueue } from '../../workflows/names';
import { eventually } from '../support/eventually';
import { type House, openHouse } from '../support/house';
import { freshTemporal } from '../support/temporal';
import { WorkerProcess } from '../support/worker-process';
import { freshAllowance, sendAllTo } from './dispatch-oracle';

const BOUNDS = { leaseMs: 3_000, requestTimeoutMs: 1_000 };
const PATIENCE_MS = 20_000;
const TAKES_OVER = { withinMs: 45_000, everyMs: 250 };

describe('a WMS that does not answer', () => {
  let house: House;
  let keys: Record<'quick' | 'slow', string[]>;
  beforeAll(async () => {
    house = await openHouse();
    const all = await house.matchedOrders(120, 4_310);
    const isSlow = (key: string) => key.startsWith('kakao/');
    keys = { quick: all.filter((key) => !isSlow(key)), slow: all.filter(isSlow) };
    await sendAllTo(house, CONNECTIONS.wms);
    const second = [CONNECTIONS.secondWms, 'kakao'];
    await house.database.pool.query('update route set wms = ? where channel = ?', second);
  });
  afterAll(() => house.close());

  const next = async (of: 'quick' | 'slow' = 'quick') => {
    const key = keys[of].shift() ?? '';
    const [made] = await dispatchesOf(house.database.db, key);
    if (made === undefined) throw new Error('no order left');
    return { key, id: made.id };
  };

  it('rests after so many silent calls: nothing is claimed for it meanwhile, and others take theirs', async () => {
    const { dispatcher } = house.anotherWorker({ ...BOUNDS, breaker: { silentCalls: 3, restMs: 4_000 } });
    const send = (id: string, wms: string) => dispatcher.dispatch(id, wms, PATIENCE_MS);
    await house.admin('fulfillment', 'PUT', '/faults', { faults: [{ endpoint: '*', kind: 'down' }] });
    for (let call = 0; call < 3; call += 1) {
      const { id } = await next();
      expect(await send(id, CONNECTIONS.wms)).toMatchObject({ kind: 'again', why: 'not received' });
    }
    const [spared, elsewhere] = [await next(), await next('slow')];
    const result = await send(spared.id, CONNECTIONS.wms);
    expect(result).toMatchObject({ kind: 'again', why: expect.stringContaining('rests') });
    expect(dispatcher.isBusy(CONNECTIONS.wms)).toBe(true);
    expect(await attemptsOf(house.database.db, [spared.id])).toEqual([]);
    expect(dispatcher.isBusy(CONNECTIONS.secondWms)).toBe(false);
    expect(await send(elsewhere.id, CONNECTIONS.secondWms)).toEqual({ kind: 'with-the-wms' });

    await house.admin('fulfillment', 'DELETE', '/faults');
    await eventually(async () =>
      expect(await send(spared.id, CONNECTIONS.wms)).toEqual({ kind: 'with-the-wms' }),
    );
    expect(dispatcher.isBusy(CONNECTIONS.wms)).toBe(false);
  });

  it('is tried again in a task queue of its own, while the orders of another go through', async () => {
    await freshAllowance(house);
    await house.admin('shipstation', 'PUT', '/faults', {
      faults: [{ endpoint: 'create', kind: 'timeout-before' }],
    });
    const slow = keys.slow.slice(0, 3);
    const quick = keys.quick.slice(0, 6);
    expect(slow).toHaveLength(3);

    const temporal = await freshTemporal();
    const worker = await WorkerProcess.start({
      databaseUrl: house.database.url,
      temporal: temporal.at,
      dispatcher: BOUNDS,
      taskQueues: [TASK_QUEUE],
    });
    const stateOf = async (key: string) => (await dispatchesOf(house.database.db, key))[0]?.state;
    try {
      for (const key of [...slow, ...quick]) {
        const order = await findOrder(house.database.db, key);
        if (order === undefined) throw new Error(`no order ${key}`);
        await temporalJourneys(temporal.client).start(order);
      }
      for (const key of quick)
        await eventually(async () => expect(await stateOf(key)).toBe('accepted'), TAKES_OVER);
      for (const key of slow) {
        expect(await stateOf(key)).not.toBe('accepted');
        await eventually(async () => {
          const { events } = await temporal.client.workflow.getHandle(journeyId(key)).fetchHistory();
          const queues = events?.flatMap(({ activityTaskScheduledEventAttributes: scheduled }) =>
            scheduled === null || scheduled === undefined ? [] : [scheduled.taskQueue?.name],
          );
          expect(queues).toEqual([wmsTaskQueue(TASK_QUEUE, CONNECTIONS.secondWms)]);
        }, TAKES_OVER);
      }
      await house.admin('shipstation', 'DELETE', '/faults');
      for (const key of slow)
        await eventually(async () => expect(await stateOf(key)).toBe('accepted'), TAKES_OVER);
    } finally {
      await worker.kill();
      await temporal.close();
    }
  });
});
