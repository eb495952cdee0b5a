import { recordSale } from '../../activities/record-sale';
import { uploadTracking } from '../../activities/upload-tracking';
import { watchShipments } from '../../activities/watch-shipments';
import { attemptsOf } from '../../db/queries/attempts';
import { dispatchesOf } from '../../db/queries/dispatches';
import { shipmentsOf } from '../../db/queries/shipments';
import { WMS_STAND_INS } from '../../sandbox/stand-ins';
import { eventually } from '../support/eventually';
import { type House, openHouse } from '../support/house';
import { dispatchUntilSettled, expectSound, liveOf, sendAllTo, strike } from './dispatch-oracle';

describe('an order', () => {
  let house: House;
  let keys: string[];
  const next = () => {
    const key = keys.pop();
    if (key === undefined) throw new Error('no order left');
    return key;
  };
  beforeAll(async () => {
    house = await openHouse({ dispatcher: { leaseMs: 2_500, requestTimeoutMs: 500 } });
    keys = await house.matchedOrders(20, 5_301);
  });
  afterAll(() => house.close());

  it.each(WMS_STAND_INS)('routed to %s is shipped, booked and told to the channel', async (wms) => {
    const key = next();
    await sendAllTo(house, wms);
    await expect(dispatchUntilSettled(house.deps, key)).resolves.toMatchObject({ stage: 'dispatched' });
    await house.admin(wms, 'PUT', '/settings', { shipAfterMs: 0 });
    await eventually(async () => {
      await watchShipments(house.deps, wms);
      expect(await shipmentsOf(house.database.db, key)).toHaveLength(1);
    });
    await house.admin(wms, 'PUT', '/settings', { shipAfterMs: 3_600_000 });
    await recordSale(house.deps, key);
    await expect(uploadTracking(house.deps, key)).resolves.toEqual({ stage: 'done' });
  });

  describe('for a WMS that promises nothing but a look-up', () => {
    beforeAll(() => sendAllTo(house, 'shiphero'));
    const outcomesOf = async (key: string) => {
      const ids = (await dispatchesOf(house.database.db, key)).map(({ id }) => id);
      return (await attemptsOf(house.database.db, ids)).map(({ kind, outcome }) => `${kind}: ${outcome}`);
    };

    it.each(['timeout-after', '5xx-after', 'reset-after', 'broken-body'] as const)(
      'is sent once and found after %s',
      async (kind) => {
        const key = next();
        await strike(house, 'shiphero', { kind });
        await expect(dispatchUntilSettled(house.deps, key)).resolves.toMatchObject({ stage: 'dispatched' });
        expect(await outcomesOf(key)).toEqual(['create: unknown', 'look-up: found']);
        expect(await liveOf(house, key)).toHaveLength(1);
        await expectSound(house, [key]);
      },
    );

    it('is not sent again by itself when it is not found: a person is asked', async () => {
      const key = next();
      await strike(house, 'shiphero', { kind: 'reset-before' });
      await expect(dispatchUntilSettled(house.deps, key)).resolves.toEqual({
        stage: 'matched',
        waiting: 'unknown_outcome',
      });
      expect((await outcomesOf(key)).filter((outcome) => outcome.startsWith('create'))).toHaveLength(1);
      expect(await liveOf(house, key)).toEqual([]);
      await expectSound(house, [key]);
    });
  });
});
