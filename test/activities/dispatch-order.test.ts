import { dispatchOrder } from '../../activities/dispatch-order';
import { dispatchesOf } from '../../db/queries/dispatches';
import { findOrder } from '../../db/queries/orders';
import { type House, openHouse } from '../support/house';

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
});
