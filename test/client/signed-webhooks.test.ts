import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { openWebhooks, type Webhooks } from '../../activities/receive-webhook';
import { watchShipments } from '../../activities/watch-shipments';
import { dispatchesOf } from '../../db/queries/dispatches';
import { shipmentsOf } from '../../db/queries/shipments';
import { tasksOfOrder } from '../../db/queries/tasks';
import { sendAllTo } from '../activities/dispatch-oracle';
import { type AtTheWms, atTheWms } from '../activities/parcels';
import { type OpenedApi, openApi } from '../support/api';
import { eventually } from '../support/eventually';
import { type House, openHouse } from '../support/house';

interface Caught {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}
type Spoil = (caught: Caught) => Caught;

/** Other bytes of the same sense. */
const rewritten: Spoil = ({ headers, body }) => ({ headers, body: Buffer.concat([body, Buffer.from(' ')]) });
const unsigned: Spoil = ({ body }) => ({ headers: {}, body });
const signedByAnother: Spoil = ({ headers, body }) => ({
  headers: Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      /signature|hmac/.test(name) ? `v1,${Buffer.alloc(32).toString('base64')}` : value,
    ]),
  ),
  body,
});

describe.each(['shipbob', 'shiphero'] as const)('a signed webhook of %s', (wms) => {
  let house: House;
  let webhooks: Webhooks;
  let api: OpenedApi;
  let address: string;
  let keys: string[];
  /** An address that is not ours: what is sent there can be sent on, as it was or spoiled. */
  let catcher: Server;
  const caught: Caught[] = [];

  beforeAll(async () => {
    house = await openHouse();
    webhooks = openWebhooks({ database: house.database, journeys: house.journeys, log: house.deps.log });
    api = await openApi({ database: house.database, webhooks, log: house.deps.log });
    address = `${api.url}/webhooks/wms/${wms}`;
    catcher = createServer((request, response) => {
      void buffer(request).then((body) => {
        const signature = Object.entries(request.headers).filter(([name]) => /^(webhook|x)-/.test(name));
        caught.push({ headers: Object.fromEntries(signature) as Record<string, string>, body });
        response.end();
      });
    });
    await new Promise<void>((resolve) => void catcher.listen(0, '127.0.0.1', resolve));
    await sendAllTo(house, wms);
    keys = await house.matchedOrders(20, 5_021);
  });
  afterEach(async () => {
    await house.admin(wms, 'PUT', '/faults', { faults: [] });
    await settings({ shipAfterMs: 3_600_000, webhookUrl: null });
  });
  afterAll(async () => {
    catcher.close();
    await api.close();
    await webhooks.close();
    await house.close();
  });

  const db = () => house.database.db;
  const settings = (given: object) => house.admin(wms, 'PUT', '/settings', given);
  const state = async (key: string) => (await dispatchesOf(db(), key))[0]?.state;
  const nudges = (key: string) => house.journeys.nudges.filter(({ orderKey }) => orderKey === key).length;
  const shipped = (key: string) =>
    eventually(async () => expect(await state(key)).toBe('shipped'), { withinMs: 30_000 });
  async function next(): Promise<AtTheWms> {
    const key = keys.pop();
    if (key === undefined) throw new Error('no order is left');
    return atTheWms(house, key);
  }
  async function caughtOne(): Promise<Caught> {
    caught.length = 0;
    const { port } = catcher.address() as AddressInfo;
    await settings({ shipAfterMs: 0, webhookUrl: `http://127.0.0.1:${port}` });
    return eventually(() => {
      const [first] = caught;
      if (first === undefined) throw new Error('nothing came');
      return first;
    });
  }
  const send = ({ headers, body }: Caught) =>
    fetch(address, { method: 'POST', headers, body: new Uint8Array(body) });

  it('has the parcel written down once, as polling finds it', async () => {
    const { key } = await next();
    await settings({ shipAfterMs: 0, webhookUrl: address });
    await shipped(key);
    await watchShipments(house.deps, wms);
    expect(await shipmentsOf(db(), key)).toHaveLength(1);
    await eventually(async () => expect(nudges(key)).toBe(1));
    expect(await tasksOfOrder(db(), key)).toEqual([]);
  });

  it('changes nothing when it is sent again', async () => {
    const { key } = await next();
    const told = await caughtOne();
    // As a WMS does, while its limit of calls leaves none to read the fact.
    const answer = await eventually(async () => {
      const response = await send(told);
      expect(response.status).toBe(200);
      return response.json() as Promise<unknown>;
    });
    expect(answer).toEqual({ parcels: 1 });
    await eventually(async () => expect(await (await send(told)).json()).toEqual({ parcels: 0 }));
    expect(await shipmentsOf(db(), key)).toHaveLength(1);
    expect(nudges(key)).toBe(1);
  });

  it.each([
    ['changed on its way', rewritten],
    ['without a signature', unsigned],
    ['signed by another', signedByAnother],
  ])('%s is turned away', async (_, spoil) => {
    const { key } = await next();
    const told = await caughtOne();
    expect((await send(spoil(told))).status).toBe(401);
    expect(await state(key)).toBe('accepted');
  });

  it('that is lost costs time only: polling finds the parcel', async () => {
    const { key } = await next();
    await house.admin(wms, 'PUT', '/faults', { faults: [{ endpoint: 'webhook', kind: 'reset-before' }] });
    await settings({ shipAfterMs: 0, webhookUrl: address });
    await eventually(async () => {
      await watchShipments(house.deps, wms);
      expect(await state(key)).toBe('shipped');
    });
    expect(nudges(key)).toBe(1);
  });
});
