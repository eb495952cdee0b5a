import { dispatchOrder } from '../../activities/dispatch-order';
import { syncStock } from '../../activities/sync-stock';
import { auditOf } from '../../db/queries/audit';
import { saveConnection } from '../../db/queries/connections';
import { type OpenedApi, openApi, type Visitor } from '../support/api';
import type { ModelWarehouse } from '../support/model-warehouse';
import { openStockShop, type StockShop } from '../support/stock-shop';

describe('stock through the API', () => {
  let shop: StockShop;
  let api: OpenedApi;
  let wms: ModelWarehouse;
  let viewer: Visitor;
  let operator: Visitor;
  let manager: Visitor;
  let counted: string;

  beforeAll(async () => {
    shop = await openStockShop();
    wms = await shop.warehouse('on-hand', { 'I-A': 10, 'I-B': 1 });
    await saveConnection(shop.database, {
      id: wms.id,
      kind: 'wms',
      adapter: 'model',
      settings: {},
      secrets: {},
    });
    await syncStock(shop.deps, wms.id);
    counted = new Date().toISOString();
    api = await openApi({ database: shop.database });
    viewer = await api.signedIn('viewer');
    operator = await api.signedIn('operator', 'kim');
    manager = await api.signedIn('manager', 'lee');
  });
  afterAll(async () => {
    await api.close();
    await shop.close();
  });

  const at = (item: string, rest = '') => `/api/stock/levels/${wms.id}/${item}${rest}`;
  const rowsOf = async (path: string) => (await viewer.ask('GET', path)).body.rows;
  const codesOf = async (query: string) =>
    (await rowsOf(`/api/stock/levels${query}`)).map(({ itemCode }: { itemCode: string }) => itemCode);

  it('tells what is there, promised and free, now and at a past moment', async () => {
    await dispatchOrder(shop.deps, await shop.order({ wms: wms.id, lines: [['A', 4]] }));
    const now = { onHand: 10, allocated: 4, shippedSince: 0, safety: 0, available: 6, isLow: false };
    expect((await viewer.ask('GET', at('I-A'))).body).toMatchObject(now);
    expect((await viewer.ask('GET', at('I-A', `/at?at=${counted}`))).body).toMatchObject({ available: 10 });
    expect((await viewer.ask('GET', at('I-A', '/at?at=2020-01-01T00:00:00Z'))).status).toBe(404);
    expect((await viewer.ask('GET', at('nothing'))).status).toBe(404);
  });

  it('finds items by a part of their name or code, page by page', async () => {
    expect(await codesOf('')).toEqual(['I-A', 'I-B']);
    expect(await codesOf('?search=i-b')).toEqual(['I-B']);
    expect(await codesOf(`?wms=${wms.id}&search=zzz`)).toEqual([]);
    const { body } = await viewer.ask('GET', '/api/stock/levels?limit=1');
    expect(await codesOf(`?limit=1&cursor=${body.next}`)).toEqual(['I-B']);
  });

  it('goes through the ledger of an item, the newest first, each change once', async () => {
    const all = await rowsOf(at('I-A', '/ledger'));
    expect(all).toMatchObject([
      { reason: 'reserved', allocatedChange: 4, allocated: 4 },
      { reason: 'snapshot', onHandChange: 10, onHand: 10 },
    ]);
    const { body } = await viewer.ask('GET', at('I-A', '/ledger?limit=1'));
    expect([...body.rows, ...(await rowsOf(at('I-A', `/ledger?cursor=${body.next}`)))]).toEqual(all);
  });

  it('lists what orders wait for, and which orders, the oldest first', async () => {
    const older = await shop.order({ wms: wms.id, lines: [['B', 3]], age: 4 });
    const newer = await shop.order({ wms: wms.id, lines: [['B', 2]], age: 2 });
    for (const key of [newer, older]) await dispatchOrder(shop.deps, key);
    const { body } = await viewer.ask('GET', '/api/stock/shortages');
    expect(body.items).toMatchObject([{ itemCode: 'I-B', orders: 2, pieces: 5, available: 1, name: 'I-B' }]);
    const waiting = await rowsOf(at('I-B', '/waiting'));
    expect(waiting).toMatchObject([
      { orderKey: older, quantity: 3 },
      { orderKey: newer, quantity: 2 },
    ]);
    const first = await viewer.ask('GET', at('I-B', '/waiting?limit=1'));
    expect(await rowsOf(at('I-B', `/waiting?cursor=${first.body.next}`))).toEqual([waiting[1]]);
    expect(await codesOf('?only=short')).toEqual(['I-B']);
  });

  it('keeps a safety buffer and a warning level, with who set them and what they were', async () => {
    const seen = { safety: 0, warnBelow: null };
    const set = { safety: 2, warnBelow: 20, seen, reason: 'a sale is coming' };
    expect((await operator.ask('PUT', at('I-A'), set)).status).toBe(200);
    expect((await viewer.ask('GET', at('I-A'))).body).toMatchObject({
      safety: 2,
      warnBelow: 20,
      available: 4,
      isLow: true,
    });
    expect(await rowsOf(at('I-A', '/ledger?limit=1'))).toMatchObject([
      { reason: 'safety_changed', safetyChange: 2, madeBy: 'kim' },
    ]);
    expect(await auditOf(shop.database.db, `stock/${wms.id}/I-A`)).toMatchObject([
      { actor: 'kim', reason: 'a sale is coming', detail: { was: seen, now: { safety: 2, warnBelow: 20 } } },
    ]);
  });

  it('tells who decided on levels that somebody has set meanwhile, and changes nothing', async () => {
    const stale = { safety: 9, seen: { safety: 0, warnBelow: null }, reason: 'to be sure' };
    const late = await operator.ask('PUT', at('I-A'), stale);
    expect(late).toMatchObject({ status: 409, body: { detail: expect.stringContaining('safety 2') } });
    expect((await viewer.ask('GET', at('I-A'))).body).toMatchObject({ safety: 2, warnBelow: 20 });
  });

  it('holds orders by a rule until a manager ends it', async () => {
    const rule = { itemCode: 'I-A', quantity: 3, reason: 'a check of the lot' };
    expect((await manager.ask('POST', '/api/stock/holds', { ...rule, itemCode: 'I-Z' })).status).toBe(409);
    const { body: made } = await manager.ask('POST', '/api/stock/holds', rule);
    const held = await shop.order({ wms: wms.id, lines: [['A', 3]] });
    expect(await dispatchOrder(shop.deps, held)).toMatchObject({ waiting: 'held' });
    expect((await viewer.ask('GET', '/api/stock/holds')).body.rules).toMatchObject([
      { ...rule, id: made.id, channel: '', madeBy: 'lee', orders: 1, validTo: null },
    ]);
    const end = () => manager.ask('POST', `/api/stock/holds/${made.id}/end`, { reason: 'the lot is fine' });
    expect((await end()).status).toBe(200);
    expect((await end()).status).toBe(409);
    expect((await viewer.ask('GET', '/api/stock/holds')).body.rules).toEqual([]);
    expect(await auditOf(shop.database.db, `hold/${made.id}`)).toMatchObject([
      { actor: 'lee', action: 'hold.add' },
      { actor: 'lee', action: 'hold.remove', reason: 'the lot is fine' },
    ]);
  });

  it('lets a viewer set nothing, and an operator make no rules', async () => {
    const refused = [
      await viewer.ask('PUT', at('I-A'), {}),
      await operator.ask('POST', '/api/stock/holds', {}),
      await operator.ask('POST', '/api/stock/holds/1/end', {}),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403]);
  });
});
