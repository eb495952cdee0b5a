import { tryDispatchOrder } from '../../activities/dispatch-order';
import { addOrders } from '../../client/cli/orders';
import { addPacking } from '../../client/cli/packing';
import { boostaOf, commandsOf } from '../support/boosta';
import { openStockShop, type StockShop } from '../support/stock-shop';

const groups = commandsOf({ packing: addPacking, orders: addOrders });
const boosta = (...args: string[]) => boostaOf(groups, args);
const json = async (...args: string[]) => JSON.parse((await boosta(...args, '--json')).out);
const WHY = ['--by', 'kim', '--reason', 'one parcel is cheaper'];

describe('boosta packing', () => {
  let shop: StockShop;
  const before = { ...process.env };
  beforeAll(async () => {
    shop = await openStockShop();
    process.env['DATABASE_URL'] = shop.database.url;
  });
  afterAll(async () => {
    process.env = before;
    await shop.close();
  });

  it('says how long orders wait, and does not change it without a reason', async () => {
    expect((await boosta('packing', 'window')).err + (await boosta('packing', 'window')).out).toContain(
      'No window is set',
    );
    expect((await boosta('packing', 'window', '--minutes', '30')).err).toContain('say why: --reason');
    const set = await json('packing', 'window', '--minutes', '30', '--pieces', '9', ...WHY);
    expect(set).toMatchObject([{ channel: '', minutes: 30, mostOrders: null, mostPieces: 9, setBy: 'kim' }]);
    expect((await boosta('packing', 'window')).out).toContain('(others)');
  });

  it('adds a rule, lists it, and ends it once', async () => {
    const { id } = await json('packing', 'rule', 'add', '--item', 'I-A', ...WHY);
    expect((await boosta('packing', 'rules')).out).toContain('I-A');
    expect((await boosta('packing', 'rule', 'add', '--item', 'NONE', ...WHY)).err).toContain(
      'There is no item NONE',
    );
    await boosta('packing', 'rule', 'end', String(id), ...WHY);
    expect((await boosta('packing', 'rule', 'end', String(id), ...WHY)).err).toContain(
      `There is no rule ${id}`,
    );
    expect(await json('packing', 'rules')).toEqual([]);
  });

  it('shows what waits together, of all orders and of one', async () => {
    const { id: wms } = await shop.warehouse('on-hand');
    const keys = [await shop.order({ wms, lines: [['A', 1]] }), await shop.order({ wms, lines: [['B', 1]] })];
    for (const key of keys) await tryDispatchOrder(shop.deps, key);
    const [first = '', second = ''] = keys;
    expect(await json('packing', 'list')).toMatchObject([{ orders: keys.toSorted() }]);
    expect(await json('orders', 'together', first)).toMatchObject([{ state: 'ready', with: [second] }]);
    expect((await boosta('orders', 'together', first)).out).toContain(second);
    expect((await boosta('orders', 'together', 'none/1')).err).toContain('none/1');
  });

  it('proposes receivers that are nearly the same, with what differs', async () => {
    const { id: wms } = await shop.warehouse('on-hand');
    const to = { name: '김하늘', phone: '010-1234-5678' };
    await shop.order({ wms, lines: [['A', 1]], to });
    await shop.order({ wms, lines: [['A', 1]], to: { ...to, phone: '010-9999-0000' } });
    expect(await json('packing', 'proposals')).toMatchObject([{ difference: { differs: 'phones' } }]);
    expect((await boosta('packing', 'proposals')).out).toContain('***-****-0000');
  });
});
