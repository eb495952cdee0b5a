import { auditOf } from '../../db/queries/audit';
import { saveConnection } from '../../db/queries/connections';
import { saveRoute } from '../../db/queries/routes';
import { type OpenedApi, openApi, type Visitor } from '../support/api';
import { type FreshDatabase, freshDatabase } from '../support/database';

const HOUR_MS = 3_600_000;

describe('the routing through the API', () => {
  let database: FreshDatabase;
  let api: OpenedApi;
  let lee: Visitor;
  let park: Visitor;

  beforeAll(async () => {
    database = await freshDatabase();
    api = await openApi({ database });
    lee = await api.signedIn('manager', 'lee');
    park = await api.signedIn('manager', 'park');
    for (const [id, paused] of [
      ['old', false],
      ['new', false],
      ['asleep', true],
    ] as const)
      await saveConnection(database, {
        id,
        kind: 'wms',
        adapter: 'shipbob',
        settings: {},
        secrets: {},
        paused,
      });
    await saveRoute(database.db, { channel: '', wms: 'old', validFrom: new Date(0) });
  });
  afterAll(async () => {
    await api.close();
    await database.close();
  });

  const routes = async () => (await lee.ask('GET', '/api/dispatch/routes')).body;
  const inForce = async () =>
    (await routes()).inForce.map((r: { channel: string; wms: string }) => `${r.channel}: ${r.wms}`);

  it('sends a channel elsewhere, at once or later, and keeps who wanted it', async () => {
    const { version } = await routes();
    const at = new Date(Date.now() + HOUR_MS).toISOString();
    const set = { channel: 'kakao', wms: 'new', version, reason: 'nearer' };
    expect((await lee.ask('POST', '/api/dispatch/routes', set)).body).toEqual({ rematched: 0 });
    const again = { ...set, wms: 'old', validFrom: at, version: (await routes()).version };
    expect((await lee.ask('POST', '/api/dispatch/routes', again)).status).toBe(200);
    expect(await inForce()).toEqual([': old', 'kakao: new']);
    expect((await routes()).later).toEqual([{ channel: 'kakao', itemCode: '', wms: 'old', validFrom: at }]);
    expect(await auditOf(database.db, 'route/kakao/*')).toMatchObject([
      { actor: 'lee', action: 'route.set', reason: 'nearer' },
      { actor: 'lee', action: 'route.set' },
    ]);
  });

  it('tells who decided on a routing that somebody has changed meanwhile, and changes nothing', async () => {
    const { version } = await routes();
    const mine = { channel: '11st', wms: 'new', version, reason: 'mine' };
    const theirs = { channel: 'b2b', wms: 'new', version, reason: 'theirs' };
    expect((await park.ask('POST', '/api/dispatch/routes', theirs)).status).toBe(200);
    const late = await lee.ask('POST', '/api/dispatch/routes', mine);
    expect(late).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('changed the routing meanwhile') },
    });
    const cut = { from: 'old', to: 'new', version, reason: 'mine' };
    expect((await lee.ask('POST', '/api/dispatch/cut-over', cut)).status).toBe(409);
    expect(await inForce()).toEqual([': old', 'b2b: new', 'kakao: new']);
  });

  it('shows what a cut-over would move, and then moves just that', async () => {
    const { body: preview } = await lee.ask('GET', '/api/dispatch/cut-over?from=old&to=new');
    expect(preview).toMatchObject({
      routes: [{ channel: '', itemCode: '' }],
      later: [{ channel: 'kakao', wms: 'old' }],
      openAtOld: 0,
      waiting: 0,
    });
    const cut = { from: 'old', to: 'new', version: preview.version, reason: 'the warehouse closes' };
    const { body: done } = await lee.ask('POST', '/api/dispatch/cut-over', cut);
    expect(done.routes).toEqual(preview.routes);
    expect(await inForce()).toEqual([': new', 'b2b: new', 'kakao: new']);
    expect(await auditOf(database.db, 'wms/old')).toMatchObject([
      { actor: 'lee', action: 'wms.cutover', reason: 'the warehouse closes' },
    ]);
  });

  it.each([
    ['from=old&to=old', 'the same WMS'],
    ['from=new&to=asleep', 'asleep is paused'],
    ['from=new&to=nowhere', 'No WMS is connected as nowhere'],
    ['from=new&to=old&at=2020-01-01T00:00:00Z', 'The moment has passed'],
  ])('says why %s cannot be done', async (query, says) => {
    const { status, body } = await lee.ask('GET', `/api/dispatch/cut-over?${query}`);
    expect(status).toBe(409);
    expect(body.detail).toContain(says);
  });
});
