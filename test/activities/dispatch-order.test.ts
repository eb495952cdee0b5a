import { collectWindow } from '../../activities/collect-orders';
import { dispatchOrder } from '../../activities/dispatch-order';
import { matchOrder } from '../../activities/match-order';
import { normalizeOrder } from '../../activities/normalize-order';
import { dispatchesOf } from '../../db/queries/dispatches';
import { findOrder } from '../../db/queries/orders';
import { CONNECTIONS } from '../../sandbox/seed';
import { type House, openHouse } from '../support/house';
import { liveOf } from './dispatch-oracle';
import { cancelled, keyOf, offering, plainOrders, recordsOf, WINDOW } from './offered-source';

describe('an order that is ready', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  it('stands at the WMS once, with its stock reserved, when it is dispatched', async () => {
    const [key] = await house.matchedOrders(5);
    if (key === undefined) throw new Error('no order');
    await expect(dispatchOrder(house.deps, key)).resolves.toEqual({
      stage: 'dispatched',
      waiting: 'shipment',
    });
    const dispatches = await dispatchesOf(house.database.db, key);
    expect(dispatches).toHaveLength(1);
    expect(dispatches[0]).toMatchObject({ state: 'accepted', doubt: 'none', generation: 1 });
    expect((await findOrder(house.database.db, key))?.stage).toBe('dispatched');
  });

  it('is not sent when the channel has cancelled it while the WMS did not answer', async () => {
    const { deps, source } = await offering(house);
    const offer = async (records: typeof source.records) => {
      source.records = records;
      await collectWindow(deps, CONNECTIONS.source, WINDOW, 'run');
    };
    const [order] = plainOrders(4_320, 1);
    if (order === undefined) throw new Error('no order');
    const key = keyOf(order);
    await offer(recordsOf(order));
    await normalizeOrder(deps, key);
    await matchOrder(deps, key);
    await offer(cancelled(order));
    await expect(dispatchOrder(deps, key)).resolves.toEqual({ stage: 'collected' });
    await expect(normalizeOrder(deps, key)).resolves.toEqual({ stage: 'cancelled' });
    expect(await liveOf(house, key)).toEqual([]);
  });
});
