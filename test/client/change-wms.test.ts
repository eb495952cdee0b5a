import type { Context } from '../../client/connect';
import { cutOver } from '../../client/use-cases/change-wms';
import { listWmses } from '../../client/use-cases/list-connections';
import { shadowRun } from '../../client/use-cases/shadow-run';
import { showDispatches } from '../../client/use-cases/show-dispatch';
import { auditOf } from '../../db/queries/audit';
import { dispatchesOf } from '../../db/queries/dispatches';
import { recipientOf } from '../../db/queries/orders';
import { listRoutes, saveRoute } from '../../db/queries/routes';
import { readConfig } from '../../worker/config';
import { dispatchUntilSettled, freshAllowance, liveAt, strike } from '../activities/dispatch-oracle';
import { type House, openHouse } from '../support/house';
import { type FreshTemporal, freshTemporal } from '../support/temporal';

const KIM = { by: 'kim', reason: 'the warehouse closes' };
const HOUR_MS = 3_600_000;
const LONG_AGO = new Date(0);

describe('changing the WMS from a terminal', () => {
  let house: House;
  let temporal: FreshTemporal;
  let context: Context;
  let keys: string[];

  beforeAll(async () => {
    house = await openHouse({ dispatcher: { leaseMs: 2_500, requestTimeoutMs: 500 } });
    temporal = await freshTemporal();
    const { client } = temporal;
    context = {
      config: readConfig({}),
      database: house.database,
      temporal: client,
      close: async () => undefined,
    };
    keys = await house.matchedOrders(30);
  });
  beforeEach(async () => {
    await freshAllowance(house);
    await house.database.pool.query('delete from route');
    await saveRoute(house.database.db, { channel: '', wms: 'fulfillment', validFrom: LONG_AGO });
    await saveRoute(house.database.db, { channel: 'kakao', wms: 'shipstation', validFrom: LONG_AGO });
  });
  afterAll(async () => {
    await temporal.close();
    await house.close();
  });

  const next = () => {
    const key = keys.shift();
    if (key === undefined) throw new Error('no order left');
    return key;
  };
  const routes = async () =>
    (await listRoutes(house.database.db)).map(({ channel, wms }) => `${channel}: ${wms}`);

  it('gives each route to the old WMS a successor, tells what stays there, and keeps who did it', async () => {
    await dispatchUntilSettled(house.deps, next());
    const later = new Date(Date.now() + HOUR_MS);
    await saveRoute(house.database.db, { channel: '11st', wms: 'fulfillment', validFrom: later });
    const done = await cutOver(context, { from: 'fulfillment', to: 'shipstation' }, KIM);
    expect(done).toMatchObject({
      routes: [{ channel: '', itemCode: '' }],
      later: [{ channel: '11st' }],
      openAtOld: 1,
    });
    expect(await routes()).toEqual([
      ': fulfillment',
      ': shipstation',
      '11st: fulfillment',
      'kakao: shipstation',
    ]);
    expect(await auditOf(house.database.db, 'wms/fulfillment')).toMatchObject([
      { actor: 'kim', action: 'wms.cutover', reason: KIM.reason },
    ]);
    const [open] = (await listWmses(house.database.db)).filter(({ id }) => id === 'fulfillment');
    expect(open?.open).toEqual({ accepted: 1 });
  });

  it.each([
    [{ from: 'fulfillment', to: 'fulfillment' }, 'the same WMS'],
    [{ from: 'fulfillment', to: 'nowhere' }, 'No WMS is connected as nowhere'],
    [{ from: 'fulfillment', to: 'shipstation', at: LONG_AGO }, 'The moment has passed'],
  ])('refuses %j', async (change, says) => {
    await expect(cutOver(context, change, KIM)).rejects.toThrow(says);
    expect(await routes()).toHaveLength(2);
  });

  it('shows what another WMS would refuse or lack, and sends it nothing', async () => {
    const { pool, db } = house.database;
    await pool.query(
      `insert into stock (wms, item_code, on_hand, snapshot_at) values ('shipstation', 'X', 1, now(6))`,
    );
    const [first = '', second = ''] = keys;
    await pool.query('update recipient set postcode = ? where order_key = ?', ['1', first]);
    await pool.query('update recipient set address = ? where order_key = ?', ['가'.repeat(400), second]);
    const before = (await liveAt(house, 'shipstation')).length;
    const run = await shadowRun(db, 'shipstation', LONG_AGO);
    const said = (key: string) => run.differences.filter((d) => d.orderKey === key).map((d) => d.says);
    expect(said(first)).toEqual(['recipient.postcode is not of five digits']);
    expect(said(second)).toEqual(['recipient.address has 400 characters, 300 fit']);
    expect(run.dispatches).toBeGreaterThan(20);
    expect((await liveAt(house, 'shipstation')).length).toBe(before);

    // Where stock is kept, what is not there is told too.
    await pool.query(`delete from stock where wms = 'fulfillment' and item_code <> 'NOTHING'`);
    await expect(shadowRun(db, 'fulfillment', LONG_AGO)).rejects.toThrow('has not been read yet');
    await pool.query(
      `insert into stock (wms, item_code, on_hand, snapshot_at) values ('fulfillment', 'X', 1, now(6))`,
    );
    const lacking = await shadowRun(db, 'fulfillment', LONG_AGO);
    expect(lacking.differences.some(({ says }) => says.endsWith('is not known there'))).toBe(true);
    expect(lacking.short.length).toBeGreaterThan(0);
  });

  it('shows every request, answer and look-up of an order, with personal data masked unless somebody says why', async () => {
    const key = keys.find((each) => each.startsWith('kakao/')) ?? '';
    await strike(house, 'shipstation', { kind: 'timeout-after' });
    await dispatchUntilSettled(house.deps, key);
    const [dispatch] = await dispatchesOf(house.database.db, key);
    const person = await recipientOf(house.database.db, key);
    const shown = await showDispatches(house.database, key);
    expect(shown.dispatches[0]).toMatchObject({
      code: dispatch?.code,
      state: 'accepted',
      wms: 'shipstation',
    });
    expect(shown.dispatches[0]?.attempts.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
      'create unknown',
      'create done',
    ]);
    const text = JSON.stringify(shown);
    expect(text).toMatch(/POST \S+createorders/);
    expect(text).toContain(dispatch?.code);
    for (const personal of [person?.name, person?.phone, person?.address])
      expect(text).not.toContain(personal);
    expect(await auditOf(house.database.db, key)).toEqual([]);

    const revealed = JSON.stringify(await showDispatches(house.database, key, KIM));
    expect(revealed).toContain(person?.name);
    expect(await auditOf(house.database.db, key)).toMatchObject([
      { actor: 'kim', action: 'dispatch.reveal' },
    ]);
  });
});
