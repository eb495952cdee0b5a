import { MockActivityEnvironment } from '@temporalio/testing';
import { createActivities } from '../../activities';
import { normalizeOrder } from '../../activities/normalize-order';
import { recordSale } from '../../activities/record-sale';
import { takeSteps } from '../../activities/take-steps';
import { dispatchesOf } from '../../db/queries/dispatches';
import { type House, openHouse } from '../support/house';
import { sendAllTo } from './dispatch-oracle';
import { atTheWms, ship } from './parcels';

const AT_THE_WMS = { stage: 'dispatched', waiting: 'shipment' };

describe('the steps of an order', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
    await sendAllTo(house, 'fulfillment');
  });
  afterAll(() => house.close());

  it('go on together to where it waits', async () => {
    const standings = [];
    for (const key of await house.collectDay(30))
      standings.push(await takeSteps(house.deps, key, normalizeOrder));
    expect(standings).toContainEqual(AT_THE_WMS);
    expect(standings).toContainEqual({ stage: 'normalized', waiting: 'unknown_deal' });
    expect(standings.every(({ waiting }) => waiting !== undefined)).toBe(true);
  });

  it('lead from a parcel to the end', async () => {
    const [, key] = await house.matchedOrders(5, 3);
    if (key === undefined) throw new Error('no order');
    const at = await atTheWms(house, key);
    await ship(house, at);
    await expect(takeSteps(house.deps, key, recordSale)).resolves.toEqual({ stage: 'done' });
  });

  it('are taken alone when the first try at them did not go through', async () => {
    const key = (await house.collectDay(5, 4))[0] ?? '';
    const again = new MockActivityEnvironment({ attempt: 2 });
    const { normalizeOrder: normalize } = createActivities(house.deps, {
      give: async () => ({ done: false, says: 'nobody is there' }),
    });
    await expect(again.run(normalize, key)).resolves.toEqual({ stage: 'matched' });
    expect(await dispatchesOf(house.database.db, key)).toMatchObject([{ state: 'ready' }]);
  });

  it('end where the outside does not answer, which is tried again where it can be seen', async () => {
    const [key] = (await house.matchedOrders(5, 2)).values();
    if (key === undefined) throw new Error('no order');
    await house.admin('fulfillment', 'PUT', '/faults', {
      faults: [{ endpoint: '*', kind: 'down', probability: 1 }],
    });
    const standing = await takeSteps(house.deps, key, normalizeOrder);
    expect(standing).toMatchObject({ stage: 'matched', waiting: 'retry' });
  });
});
