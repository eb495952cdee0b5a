import { recordSale } from '../../activities/record-sale';
import { addOrders } from '../../client/cli/orders';
import { addReturns } from '../../client/cli/returns';
import { addSales } from '../../client/cli/sales';
import { linesOf } from '../../db/queries/orders';
import { atTheWms, ship } from '../activities/parcels';
import { boostaOf, commandsOf } from '../support/boosta';
import { type House, openHouse } from '../support/house';

const groups = commandsOf({ orders: addOrders, returns: addReturns, sales: addSales });

describe('boosta returns', () => {
  let house: House;
  let key: string;
  let line: { lineNumber: string; quantity: number };
  const before = process.env['DATABASE_URL'];

  beforeAll(async () => {
    house = await openHouse();
    process.env['DATABASE_URL'] = house.database.url;
    [key = ''] = await house.matchedOrders(5, 5_201);
    await ship(house, await atTheWms(house, key), { shippedAt: new Date() });
    await recordSale(house.deps, key);
    const [first] = await linesOf(house.database.db, key);
    if (first === undefined) throw new Error('no line');
    line = first;
  });
  afterAll(async () => {
    process.env['DATABASE_URL'] = before;
    await house.close();
  });

  const boosta = (...args: string[]) => boostaOf(groups, args);
  const add = (...more: string[]) =>
    boosta('returns', 'add', key, '--reason', 'too many', '--by', 'kim', ...more);

  it.each([
    ['no line', ['--restock']],
    ['a line without units', ['--line', '1', '--restock']],
    ['no units', ['--line', '1=0', '--restock']],
    ['a line twice', ['--line', '1=1', '--line', '1=1', '--restock']],
    ['nothing said of the goods', ['--line', '1=1']],
    ['both said of the goods', ['--line', '1=1', '--restock', '--scrap']],
  ])('with %s is not understood', async (_, args) => {
    expect(await add(...args)).toMatchObject({ code: 2, out: '' });
  });

  it('is refused in one sentence for more than has shipped', async () => {
    const { code, err } = await add('--line', `${line.lineNumber}=${line.quantity + 1}`, '--scrap');
    expect(code).toBe(1);
    expect(err).toMatch(/^boosta: Of line .+ have shipped and not come back: \d+ cannot be returned\.\n$/u);
  });

  it('is recorded once, shown in the order, and gross less returns is net', async () => {
    const args = ['--line', `${line.lineNumber}=${line.quantity}`, '--restock', '--json'];
    const first = await add(...args);
    const recorded = JSON.parse(first.out) as { kind: string; amount: string };
    expect({ code: first.code, kind: recorded.kind }).toEqual({ code: 0, kind: 'new' });
    const again = await add(...args);
    expect(JSON.parse(again.out)).toMatchObject({ kind: 'known', amount: '0' });
    const shown = await boosta('orders', 'show', key);
    expect(shown.out).toContain('back on the shelf, by kim: too many');
    const sales = JSON.parse((await boosta('sales', '--json')).out) as Record<string, string>;
    expect(sales['returns']).toBe(recorded.amount);
    expect(BigInt(sales['gross'] ?? 0) + BigInt(sales['returns'] ?? 0)).toBe(BigInt(sales['total'] ?? 0));
    expect((await boosta('sales')).out).toMatch(/gross.+returns.+net/u);
  });
});
