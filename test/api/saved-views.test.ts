import { auditOf } from '../../db/queries/audit';
import { insertCollected } from '../../db/queries/orders';
import { type OpenedApi, openApi, type Visitor } from '../support/api';
import { boostaProcess } from '../support/boosta';
import { type FreshDatabase, freshDatabase } from '../support/database';

describe('saved views', () => {
  let database: FreshDatabase;
  let api: OpenedApi;
  let viewer: Visitor;
  let manager: Visitor;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await openApi({ database });
    viewer = await api.signedIn('viewer');
    manager = await api.signedIn('manager');
    await insertCollected(
      database.db,
      ['coupang', 'coupang', '11st'].map((channel, n) => ({
        key: `${channel}/${n}`,
        channel,
        source: 'hub',
        orderNumber: String(n),
        orderedAt: new Date(`2026-11-2${n}T00:00:00Z`),
      })),
    );
  });
  afterAll(async () => {
    await api.close();
    await database.close();
  });

  const save = async (who: Visitor, body: Record<string, unknown>) =>
    who.ask('POST', '/api/order-views', body);
  const views = async (who: Visitor) => (await who.ask('GET', '/api/order-views')).body.rows;
  const viewNamed = async (who: Visitor, name: string) =>
    (await views(who)).find((view: { name: string }) => view.name === name);

  it('open for oneself with the orders that fit, counted, and for nobody else', async () => {
    expect((await save(viewer, { name: '쿠팡만', filters: { channel: 'coupang' } })).status).toBe(200);
    expect(await views(viewer)).toMatchObject([
      {
        name: '쿠팡만',
        shared: false,
        mayChange: true,
        filters: { channel: 'coupang' },
        orders: 2,
        version: 1,
      },
    ]);
    expect(await views(manager)).toEqual([]);
    const found = await viewer.ask('GET', `/api/orders?view=${encodeURIComponent('쿠팡만')}`);
    expect(found.body.rows.map(({ key }: { key: string }) => key)).toEqual(['coupang/1', 'coupang/0']);
    const narrower = await viewer.ask('GET', `/api/orders?view=${encodeURIComponent('쿠팡만')}&channel=11st`);
    expect(narrower.body.rows.map(({ key }: { key: string }) => key)).toEqual(['11st/2']);
    expect((await manager.ask('GET', `/api/orders?view=${encodeURIComponent('쿠팡만')}`)).status).toBe(404);
  });

  it('are for all by a manager only, who alone changes them', async () => {
    const shared = { name: 'hub', filters: { source: 'hub' }, shared: true };
    expect((await save(viewer, shared)).status).toBe(403);
    expect((await save(manager, shared)).status).toBe(200);
    const seen = await viewNamed(viewer, 'hub');
    expect(seen).toMatchObject({ shared: true, mayChange: false, orders: 3 });
    const change = { name: 'mine now', filters: {}, version: seen.version };
    expect((await viewer.ask('PUT', `/api/order-views/${seen.id}`, change)).status).toBe(403);
    expect((await viewer.ask('DELETE', `/api/order-views/${seen.id}`, { version: 1 })).status).toBe(403);
    expect((await viewer.ask('GET', '/api/orders?view=hub')).body.rows).toHaveLength(3);
  });

  it('are renamed and removed as they were looked at only, and leave a trace', async () => {
    const { id, version } = await viewNamed(viewer, '쿠팡만');
    const at = `/api/order-views/${id}`;
    const filters = { channel: 'coupang', stage: 'collected' };
    expect((await viewer.ask('PUT', at, { name: '쿠팡 새 주문', filters, version })).status).toBe(200);
    expect((await viewer.ask('PUT', at, { name: 'late', filters, version })).status).toBe(409);
    expect((await manager.ask('PUT', at, { name: 'not his', filters, version: 2 })).status).toBe(404);
    expect((await viewer.ask('DELETE', at, { version })).status).toBe(409);
    expect((await viewer.ask('DELETE', at, { version: 2 })).status).toBe(200);
    expect(await viewNamed(viewer, '쿠팡 새 주문')).toBeUndefined();
    const trace = await auditOf(database.db, `view/${id}`);
    expect(trace.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      'viewer view.save',
      'viewer view.change',
      'viewer view.remove',
    ]);
    expect(trace[1]?.detail).toEqual({
      before: { name: '쿠팡만', filters: { channel: 'coupang' } },
      after: { name: '쿠팡 새 주문', filters },
    });
  });

  it('have one name each, by two at the same time too, and keep no search text', async () => {
    const both = await Promise.all([1, 2].map(() => save(viewer, { name: 'twice', filters: {} })));
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    await save(viewer, { name: 'other', filters: { q: '홍길동', stage: 'done' } });
    const other = await viewNamed(viewer, 'other');
    expect(other.filters).toEqual({ stage: 'done' });
    const rename = { name: 'twice', filters: other.filters, version: other.version };
    expect((await viewer.ask('PUT', `/api/order-views/${other.id}`, rename)).status).toBe(409);
  });

  it('are the same at the command line', async () => {
    const boosta = (...args: string[]) => boostaProcess({ DATABASE_URL: database.url }, ...args, '--json');
    const saved = await boosta('views', 'save', 'elevenst', '--channel', '11st', '--by', 'viewer');
    expect(saved).toMatchObject({ code: 0, err: '' });
    expect(await viewNamed(viewer, 'elevenst')).toMatchObject({ filters: { channel: '11st' }, orders: 1 });
    await boosta('views', 'rename', 'elevenst', '--to', '십일번가', '--by', 'viewer');
    const listed = await boosta('orders', 'list', '--view', '십일번가', '--by', 'viewer');
    expect(JSON.parse(listed.out).map(({ key }: { key: string }) => key)).toEqual(['11st/2']);
    expect((await boosta('orders', 'list', '--view', '십일번가', '--by', 'kim')).code).toBe(1);
    expect((await boosta('views', 'remove', '십일번가', '--by', 'viewer')).code).toBe(0);
    expect(await viewNamed(viewer, '십일번가')).toBeUndefined();
  });
});
