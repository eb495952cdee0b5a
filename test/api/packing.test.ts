import { tryDispatchOrder } from '../../activities/dispatch-order';
import { type OpenedApi, openApi, type Visitor } from '../support/api';
import { openStockShop, type StockShop } from '../support/stock-shop';

const PACKING = '/api/dispatch/packing';
const reason = 'one parcel is cheaper';

describe('combined packing over the API', () => {
  let shop: StockShop;
  let api: OpenedApi;
  let manager: Visitor;
  let operator: Visitor;
  let viewer: Visitor;
  beforeAll(async () => {
    shop = await openStockShop();
    api = await openApi({ database: shop.database });
    manager = await api.signedIn('manager', 'han');
    operator = await api.signedIn('operator', 'lee');
    viewer = await api.signedIn('viewer', 'oh');
  });
  afterAll(async () => {
    await api.close();
    await shop.close();
  });

  it('a window is set by managers, for a channel or for all others', async () => {
    const body = { channel: '', minutes: 20, mostOrders: 5, reason };
    expect((await operator.ask('PUT', `${PACKING}/windows`, body)).status).toBe(403);
    expect((await manager.ask('PUT', `${PACKING}/windows`, { ...body, minutes: -1 })).status).toBe(400);
    expect((await manager.ask('PUT', `${PACKING}/windows`, body)).status).toBe(200);
    const { windows } = (await viewer.ask('GET', `${PACKING}/windows`)).body;
    expect(windows).toMatchObject([
      { channel: '', minutes: 20, mostOrders: 5, mostPieces: null, setBy: 'han' },
    ]);
  });

  it('a rule is added and ended by managers; one about what is not there is a conflict that says so', async () => {
    const body = { itemCode: 'I-A', reason: '유리' };
    expect((await operator.ask('POST', `${PACKING}/rules`, body)).status).toBe(403);
    const { id } = (await manager.ask('POST', `${PACKING}/rules`, body)).body;
    expect((await viewer.ask('GET', `${PACKING}/rules`)).body.rules).toMatchObject([{ id, itemCode: 'I-A' }]);
    const wrong = await manager.ask('POST', `${PACKING}/rules`, { ...body, itemCode: 'NONE' });
    expect(wrong).toMatchObject({ status: 409, body: { detail: 'There is no item NONE.' } });
    expect((await manager.ask('POST', `${PACKING}/rules/${id}/end`, { reason })).status).toBe(200);
    expect((await manager.ask('POST', `${PACKING}/rules/${id}/end`, { reason })).status).toBe(409);
    expect((await viewer.ask('GET', `${PACKING}/rules`)).body.rules).toEqual([]);
  });

  it('orders that wait together are listed and shown with each other, their receiver masked', async () => {
    const { id: wms } = await shop.warehouse('on-hand');
    const keys = [await shop.order({ wms, lines: [['A', 1]] }), await shop.order({ wms, lines: [['B', 1]] })];
    for (const key of keys) await tryDispatchOrder(shop.deps, key);
    const { groups } = (await viewer.ask('GET', `${PACKING}/groups`)).body;
    expect(groups).toMatchObject([{ orders: keys.toSorted(), recipient: { name: '홍*동' } }]);
    const [first = '', second = ''] = keys;
    const { body: order } = await viewer.ask('GET', `/api/orders/${first}`);
    expect(order.together).toMatchObject([{ state: 'ready', with: [second] }]);
    expect(order.together[0].waitsUntil).not.toBeNull();
    expect((await viewer.ask('GET', `/api/orders/${first}/together`)).body.together).toEqual(order.together);
    for (const [command, effect] of [
      ['combine', 'goes-with-others'],
      ['separate', 'goes-by-itself'],
      ['send-now', 'goes-now'],
    ])
      expect(order.commands).toContainEqual({ command, outlook: { possible: true, effect } });
    const { body: preview } = await viewer.ask('GET', `/api/orders/${first}/preview/separate`);
    expect(preview.together).toEqual(order.together);
    const { body: listed } = await viewer.ask('GET', '/api/dispatch/dispatches?state=ready');
    expect(listed.rows).toContainEqual(expect.objectContaining({ orders: keys.toSorted() }));
    const { body: evidence } = await viewer.ask('GET', `/api/dispatch/orders/${second}`);
    expect(evidence.dispatches.at(-1)).toMatchObject({ state: 'ready', orders: keys.toSorted() });
  });

  it('nearly the same receivers are proposed with their difference, of all orders or of one', async () => {
    const { id: wms } = await shop.warehouse('on-hand');
    const address = '서울 강남구 테헤란로 152 101동 1203호';
    const to = { name: '김하늘', phone: '010-1234-5678', address };
    const one = await shop.order({ wms, lines: [['A', 1]], to });
    const flat = { ...to, address: address.replace('1203', '1204') };
    const other = await shop.order({ wms, lines: [['A', 1]], to: flat });
    const expected = [{ difference: { differs: 'address' } }];
    expect((await viewer.ask('GET', `${PACKING}/proposals`)).body.proposals).toMatchObject(expected);
    const ofOne = await viewer.ask('GET', `${PACKING}/proposals?order=${encodeURIComponent(other)}`);
    expect(ofOne.body.proposals).toMatchObject(expected);
    const alone = await shop.order({
      wms,
      lines: [['A', 1]],
      to: { name: '박바다', phone: '010-7777-0000' },
    });
    const ofAlone = await viewer.ask('GET', `${PACKING}/proposals?order=${encodeURIComponent(alone)}`);
    expect(ofAlone.body.proposals).toEqual([]);
    const { body } = await viewer.ask('GET', `/api/orders/${alone}`);
    expect(body.commands).toContainEqual({
      command: 'separate',
      outlook: { possible: false, hindrance: 'goes-by-itself' },
    });
    const combine = `/api/orders/${one}/combine`;
    expect((await viewer.ask('POST', combine, { reason, with: [other] })).status).toBe(403);
    expect((await operator.ask('POST', combine, { reason, with: [] })).status).toBe(400);
    // Nobody runs its journey here: what cannot be carried out is a conflict.
    expect((await operator.ask('POST', combine, { reason, with: [other] })).status).toBe(409);
  });
});
