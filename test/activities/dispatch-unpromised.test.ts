import { cancelOrder } from '../../activities/cancel-order';
import type { Deps } from '../../activities/deps';
import { resolveDispatch } from '../../activities/resolve-dispatch';
import { attemptsOf } from '../../db/queries/attempts';
import { dispatchesOf } from '../../db/queries/dispatches';
import { type House, openHouse } from '../support/house';
import { dispatchUntilSettled, expectSound, liveOf, sendAllTo, strike } from './dispatch-oracle';

/** Real adapters of WMSes that promise nothing when an order is sent twice. */

const AT_THE_WMS = { stage: 'dispatched', waiting: 'shipment' };
const ASKS = { stage: 'matched', waiting: 'unknown_outcome' };
const PERSON = { by: 'kim', reason: 'saw it in the list of the warehouse' };
const LOST = ['timeout-after', 'reset-after', '5xx-after', 'broken-body'] as const;

describe.each(['poomgo', 'fassto'] as const)('an order whose answer %s lost', (wms) => {
  let house: House;
  let worker: Deps;
  let keys: string[];

  beforeAll(async () => {
    house = await openHouse();
    keys = await house.matchedOrders(16);
    await sendAllTo(house, wms);
    if (wms === 'poomgo') await house.admin('poomgo', 'PUT', '/settings', { takeInAfterMs: 300 });
    await house.database.pool.query(
      `update connection set settings = json_set(settings, '$.takenInWithinSeconds', 1) where id = 'poomgo'`,
    );
    worker = house.anotherWorker({ leaseMs: 3_000, requestTimeoutMs: 1_000 });
  });
  afterEach(() => house.admin(wms, 'DELETE', '/faults'));
  afterAll(() => house.close());

  const creations = async (key: string) => {
    const ids = (await dispatchesOf(house.database.db, key)).map(({ id }) => id);
    return (await attemptsOf(house.database.db, ids)).filter(({ kind }) => kind === 'create');
  };
  const next = () => keys.shift() ?? '';

  it.each(LOST)('is found and not sent again after %s', async (kind) => {
    const key = next();
    await strike(house, wms, { kind });
    await expect(dispatchUntilSettled(worker, key)).resolves.toEqual(AT_THE_WMS);
    expect(await creations(key)).toHaveLength(1);
    expect(await liveOf(house, key)).toHaveLength(1);
    await expectSound(house, [key]);
  });

  it('waits for a person when it is found nowhere', async () => {
    const key = next();
    await strike(house, wms, { kind: 'timeout-before' });
    await expect(dispatchUntilSettled(worker, key)).resolves.toEqual(ASKS);
    expect(await creations(key)).toHaveLength(1);
    expect(await liveOf(house, key)).toEqual([]);
    await expectSound(house, [key]);
  });

  it('asks a person again when what he called received is nowhere to be cancelled', async () => {
    const key = next();
    if (wms === 'poomgo') await house.admin('poomgo', 'PUT', '/settings', { takeInAfterMs: 3_600_000 });
    await strike(house, wms, { kind: 'timeout-before' });
    await expect(dispatchUntilSettled(worker, key)).resolves.toEqual(ASKS);
    await resolveDispatch(worker, key, 'received', PERSON);
    await expect(cancelOrder(worker, key, PERSON)).resolves.toMatchObject({ done: false });
  });
});
