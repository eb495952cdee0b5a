import { pino } from 'pino';
import { openWebhooks, type Webhooks } from '../../activities/receive-webhook';
import { watchShipments } from '../../activities/watch-shipments';
import { findConnection, saveConnection } from '../../db/queries/connections';
import { dispatchesOf } from '../../db/queries/dispatches';
import { findOrder } from '../../db/queries/orders';
import { shipmentsOf } from '../../db/queries/shipments';
import { tasksOfOrder } from '../../db/queries/tasks';
import { CONNECTIONS } from '../../sandbox/seed';
import { WEBHOOK_SECRET } from '../../sandbox/stand-ins';
import { type AtTheWms, atTheWms, inTwo } from '../activities/parcels';
import { type OpenedApi, openApi } from '../support/api';
import { eventually } from '../support/eventually';
import { type House, openHouse } from '../support/house';

const WMS = CONNECTIONS.secondWms;

describe("a WMS's webhook", () => {
  let house: House;
  let webhooks: Webhooks;
  let api: OpenedApi;
  let url: string;
  let keys: string[];
  /** What the API says to its log, for the secret must not be there. */
  const logged: string[] = [];

  beforeAll(async () => {
    house = await openHouse();
    const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
    webhooks = openWebhooks({ database: house.database, journeys: house.journeys, log });
    api = await openApi({ database: house.database, webhooks, log });
    url = api.url;
    await house.admin('shipstation', 'PUT', '/settings', { callsPerMinute: 0, webhookUrl: address() });
    keys = await house.matchedOrders(120, 5_011);
  });
  afterAll(async () => {
    await api.close();
    await webhooks.close();
    await house.close();
  });

  const address = (secret = WEBHOOK_SECRET) => `${url}/webhooks/wms/${WMS}?secret=${secret}`;
  const db = () => house.database.db;
  const state = async (key: string) => (await dispatchesOf(db(), key))[0]?.state;
  async function next(): Promise<AtTheWms> {
    for (;;) {
      const key = keys.pop();
      if (key === undefined) throw new Error('no order is left');
      if ((await findOrder(db(), key))?.channel !== 'kakao') continue;
      return atTheWms(house, key);
    }
  }
  async function several(): Promise<AtTheWms> {
    for (;;) {
      const order = await next();
      if (order.items.reduce((sum, item) => sum + item.quantity, 0) > 1) return order;
    }
  }
  const ship = (order: AtTheWms, items?: AtTheWms['items']) =>
    house.admin('shipstation', 'POST', '/ship', {
      code: order.code,
      ...(items === undefined ? {} : { items }),
    });
  const faults = (...given: object[]) => house.admin('shipstation', 'PUT', '/faults', { faults: given });
  const nudges = (key: string) => house.journeys.nudges.filter(({ orderKey }) => orderKey === key).length;
  const post = (to: string, body: unknown = {}) =>
    fetch(to, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  /** Sent again, as a WMS does, while its limit of calls leaves none to read the fact. */
  const taken = (told: object) =>
    eventually(async () => expect((await post(address(), told)).status).toBe(200), {
      withinMs: 30_000,
      everyMs: 500,
    });
  const calls = async () =>
    ((await house.admin('shipstation', 'GET', '/calls')) as { shipments: { received: number } }).shipments
      .received;

  it('has the parcel written down and its journey told, without anybody asking', async () => {
    const order = await next();
    await ship(order);
    await eventually(async () => expect(await state(order.key)).toBe('shipped'));
    await eventually(async () => expect(nudges(order.key)).toBe(1));
  });

  it('that comes twice, or after the next one, changes nothing', async () => {
    const order = await several();
    const [first, rest] = inTwo(order);
    await faults(
      { endpoint: 'webhook', kind: 'slow', ms: 500, times: 1 },
      { endpoint: 'webhook', kind: 'duplicate-delivery' },
    );
    await ship(order, first);
    await ship(order, rest);
    await eventually(async () => expect(await state(order.key)).toBe('shipped'), { withinMs: 30_000 });
    await faults();
    expect(await shipmentsOf(db(), order.key)).toHaveLength(2);
    // What polling finds is the same.
    await watchShipments(house.deps, WMS);
    expect(await shipmentsOf(db(), order.key)).toHaveLength(2);
    expect(nudges(order.key)).toBe(2);
    expect(await tasksOfOrder(db(), order.key)).toEqual([]);
  });

  it('that is lost costs time only: polling finds the parcel', async () => {
    const order = await next();
    await faults({ endpoint: 'webhook', kind: 'reset-before' });
    await ship(order);
    expect(await state(order.key)).toBe('accepted');
    await watchShipments(house.deps, WMS);
    await faults();
    expect(await state(order.key)).toBe('shipped');
    expect(nudges(order.key)).toBe(1);
  });

  it('is sent again until the fact could be read, and is answered with 2xx only then', async () => {
    const order = await next();
    await faults({ endpoint: 'shipments', kind: '5xx-before', times: 1 });
    await ship(order);
    await eventually(async () => expect(await state(order.key)).toBe('shipped'), { withinMs: 30_000 });
    await faults();
  });

  it('with a wrong secret, or none, is turned away, and nobody is asked', async () => {
    const order = await next();
    await house.admin('shipstation', 'PUT', '/settings', { webhookUrl: null });
    await ship(order);
    const before = await calls();
    const told = {
      resource_url: `${house.standIns.addresses.shipstation.url}/shipments`,
      resource_type: 'SHIP_NOTIFY',
    };
    for (const to of [address('wrong'), address(''), `${url}/webhooks/wms/${WMS}`])
      expect((await post(to, told)).status).toBe(401);
    expect(await calls()).toBe(before);
    expect(await state(order.key)).toBe('accepted');
    await taken(told);
    expect(await state(order.key)).toBe('shipped');
    await house.admin('shipstation', 'PUT', '/settings', { webhookUrl: address() });
  });

  it('that names another host is read from ours', async () => {
    const order = await next();
    await faults({ endpoint: 'webhook', kind: 'reset-before' });
    await ship(order);
    await faults();
    // Nothing listens at port 9 of this machine: whoever asked there would have to try again.
    const told = { resource_url: 'http://127.0.0.1:9/shipments?storeID=1', resource_type: 'SHIP_NOTIFY' };
    await taken(told);
    expect(await state(order.key)).toBe('shipped');
  });

  it.each([
    ['no JSON', 'this is no JSON', 400],
    [
      'something that names no shipments',
      { resource_url: 'http://x/orders', resource_type: 'SHIP_NOTIFY' },
      400,
    ],
    ['news of an order', { resource_url: 'http://x/orders', resource_type: 'ORDER_NOTIFY' }, 200],
    ['more than a megabyte', 'x'.repeat(2 ** 20 + 1), 413],
  ])('with %s changes nothing', async (_, body, status) => {
    const before = await calls();
    expect((await post(address(), body)).status).toBe(status);
    expect(await calls()).toBe(before);
  });

  it('of a WMS that sends none, or that nobody knows, is not found', async () => {
    expect((await post(`${url}/webhooks/wms/${CONNECTIONS.wms}`)).status).toBe(404);
    expect((await post(`${url}/webhooks/wms/nobody`)).status).toBe(404);
    expect((await fetch(address())).status).toBe(404);
  });

  it('while its connection is paused, is to come again later', async () => {
    const row = await findConnection(db(), WMS);
    if (row === undefined) throw new Error('no connection');
    const paused = openWebhooks({ database: house.database, journeys: house.journeys, log: house.deps.log });
    await saveConnection(house.database, { ...row, paused: true });
    const request = {
      headers: {},
      query: new URLSearchParams({ secret: WEBHOOK_SECRET }),
      body: new Uint8Array(),
    };
    await expect(paused.receive(WMS, request)).resolves.toMatchObject({ kind: 'later' });
    await saveConnection(house.database, { ...row, paused: false });
    await paused.close();
  });

  it('leaves no secret in the log', () => {
    expect(logged.length).toBeGreaterThan(0);
    expect(logged.filter((line) => line.includes(WEBHOOK_SECRET))).toEqual([]);
  });
});
