import { acknowledgeOrder } from '../../activities/acknowledge-order';
import { collectWindow } from '../../activities/collect-orders';
import { matchOrder } from '../../activities/match-order';
import { normalizeOrder } from '../../activities/normalize-order';
import { recordSale } from '../../activities/record-sale';
import { uploadTracking } from '../../activities/upload-tracking';
import { emitDay } from '../../sandbox/emit-day';
import { atTheWms, ship } from '../activities/parcels';
import { type House, openHouse } from '../support/house';
import { compareSides, readSides } from './compare-sources';
import { type ChaosSource, findSources } from './furnish';

/** Told more than any other: what is broken is broken of its orders. */
const SOURCE = 'naver';

describe("a source's own ledger, compared with the database", () => {
  let house: House;
  let sources: ChaosSource[];
  const done: string[] = [];
  beforeAll(async () => {
    house = await openHouse();
    const { addresses } = house.standIns;
    sources = await findSources(house.database, addresses);
    await emitDay(addresses, { seed: 6_101, orders: 90, overSeconds: 0 });
    const now = Date.now();
    const window = { from: new Date(now - 3_600_000), to: new Date(now + 60_000) };
    for (const { id } of sources) await collectWindow(house.deps, id, window, 'run');
    for (const key of house.journeys.started) if (await bringToItsEnd(key)) done.push(key);
  }, 180_000);
  afterAll(() => house.close());

  async function bringToItsEnd(key: string): Promise<boolean> {
    await acknowledgeOrder(house.deps, key);
    await normalizeOrder(house.deps, key);
    if ((await matchOrder(house.deps, key)).stage !== 'matched') return false;
    await ship(house, await atTheWms(house, key));
    await recordSale(house.deps, key);
    return (await uploadTracking(house.deps, key)).stage === 'done';
  }
  async function differences(): Promise<string[]> {
    const sides = await readSides(house.database.db, { sources, admin: house.admin });
    return sides.flatMap(compareSides).map(({ source, key, what }) => `${source}: ${key} ${what}`);
  }
  function next(): string {
    const key = done.find((each) => each.startsWith('smartstore/'));
    if (key === undefined) throw new Error('no order is left');
    done.splice(done.indexOf(key), 1);
    return key;
  }
  /** Every test breaks something else: its difference is a further one. */
  async function found(statement: string, ...values: string[]): Promise<string[]> {
    const before = new Set(await differences());
    await house.database.pool.query(statement, values);
    return (await differences()).filter((difference) => !before.has(difference));
  }

  it('agrees, whatever the source, when every order is through', async () => {
    expect(done.length).toBeGreaterThan(60);
    const sides = await readSides(house.database.db, { sources, admin: house.admin });
    for (const { held, known } of sides) expect(Math.min(held.length, known.length)).toBeGreaterThan(5);
    expect(await differences()).toEqual([]);
  });

  it('finds an order that the database has lost', async () => {
    const key = next();
    const after = await found('DELETE FROM orders WHERE order_key = ?', key);
    expect(after).toEqual([`naver: ${key} is not in the database`]);
  });

  it('finds an order that no source holds, also under a source that is none', async () => {
    const copy = `INSERT INTO orders (order_key, channel, source, order_number, ordered_at, shipping_fee, created_at,
      updated_at, swept_at) SELECT ?, channel, ?, order_number, ordered_at, shipping_fee, created_at, updated_at, swept_at
      FROM orders WHERE order_key = ?`;
    const key = next();
    const twice = await found(copy, `${key}-2`, SOURCE, key);
    expect(twice).toEqual([`naver: ${key}-2 is not held by its source`]);
    expect(await found(copy, `${key}-3`, 'nobody', key)).toEqual([
      `nobody: ${key}-3 is not held by its source`,
    ]);
  });

  it('finds an order whose source was told another tracking number, or none', async () => {
    const [key, other] = [next(), next()];
    const numbered = `UPDATE shipment JOIN tracking_upload ON shipment_id = shipment.id
      SET tracking_number = '1' WHERE order_key = ?`;
    const wrong = await found(numbered, key);
    expect(wrong).toContain(`naver: ${key} tracking number 1 is done, and not at the source`);
    const unknown = await found("UPDATE tracking_upload SET state = 'refused' WHERE order_key = ?", other);
    expect(unknown).toEqual([expect.stringMatching(/tracking number \d+ is refused, and at the source$/)]);
  });

  it('finds an order that is cancelled, acknowledged or addressed otherwise than its source believes', async () => {
    const key = next();
    const cancelled = await found(
      'UPDATE order_line SET dispatched_quantity = 0, cancelled_quantity = 1 WHERE order_key = ? LIMIT 1',
      key,
    );
    expect(cancelled).toEqual([expect.stringContaining('0 units are cancelled at the source, and 1 here')]);
    const untold = await found("UPDATE acknowledgement SET state = 'pending' WHERE order_key = ?", key);
    expect(untold).toEqual([`naver: ${key} is acknowledged at the source alone`]);
    const moved = await found("UPDATE recipient SET address = '부산' WHERE order_key = ?", key);
    expect(moved).toEqual([`naver: ${key} the recipient has another address`]);
  });
});
