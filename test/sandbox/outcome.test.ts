import { dispatchOrder } from '../../activities/dispatch-order';
import { matchOrder } from '../../activities/match-order';
import { normalizeOrder } from '../../activities/normalize-order';
import { readOutcome } from '../../sandbox/outcome';
import { type House, openHouse } from '../support/house';

describe('what a run of the sandbox came to', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  it('counts an order as doubled when a WMS has more units of it than the hub has offered', async () => {
    const outcome = () => readOutcome(house.database, house.standIns.addresses);
    for (const key of await house.matchedOrders(20, 5_301)) await dispatchOrder(house.deps, key);
    await expect(outcome()).resolves.toMatchObject({ duplicates: 0, lost: 0 });
    for (const key of (await house.collectDay(5, 5_302)).slice(0, 4)) {
      await normalizeOrder(house.deps, key);
      await house.database.pool.query('UPDATE order_line SET quantity = 2 * quantity WHERE order_key = ?', [
        key,
      ]);
      if ((await matchOrder(house.deps, key)).stage !== 'matched') continue;
      await dispatchOrder(house.deps, key);
      await expect(outcome()).resolves.toMatchObject({ duplicates: 1 });
      return;
    }
    throw new Error('no order could be matched');
  });
});
