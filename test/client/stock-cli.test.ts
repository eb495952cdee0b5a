import { dispatchOrder } from '../../activities/dispatch-order';
import { sweepOrders } from '../../activities/sweep-orders';
import { syncStock } from '../../activities/sync-stock';
import { addHolds } from '../../client/cli/holds';
import { addStock } from '../../client/cli/stock';
import { saveConnection } from '../../db/queries/connections';
import { openTasks } from '../../db/queries/tasks';
import { boostaOf, commandsOf } from '../support/boosta';
import type { ModelWarehouse } from '../support/model-warehouse';
import { openStockShop, type StockShop } from '../support/stock-shop';

const groups = commandsOf({ stock: addStock, holds: addHolds });
const boosta = (...args: string[]) => boostaOf(groups, args);

describe('boosta stock', () => {
  let shop: StockShop;
  let wms: ModelWarehouse;
  const before = { ...process.env };
  beforeAll(async () => {
    shop = await openStockShop();
    process.env['DATABASE_URL'] = shop.database.url;
    wms = await shop.warehouse('on-hand', { 'I-A': 10, 'I-B': 1 });
    await saveConnection(shop.database, {
      id: wms.id,
      kind: 'wms',
      adapter: 'model',
      settings: {},
      secrets: {},
    });
    await syncStock(shop.deps, wms.id);
  });
  afterAll(async () => {
    process.env = before;
    await shop.close();
  });

  const of = (item: string) => ['--wms', wms.id, '--item', item];
  const json = async (...args: string[]): Promise<unknown> =>
    JSON.parse((await boosta(...args, '--json')).out);

  it('shows what is there, promised and free, now and at a past moment', async () => {
    const counted = new Date();
    const key = await shop.order({ wms: wms.id, lines: [['A', 4]] });
    await dispatchOrder(shop.deps, key);
    const now = { onHand: 10, allocated: 4, shippedSince: 0, safety: 0, available: 6, incoming: null };
    expect(await json('stock', 'show', ...of('I-A'))).toMatchObject({ ...now, queue: [] });
    expect(await json('stock', 'show', ...of('I-A'), '--at', counted.toISOString())).toMatchObject({
      ...now,
      allocated: 0,
      available: 10,
    });
    expect(await json('stock', 'list', '--wms', wms.id)).toMatchObject([
      { itemCode: 'I-A', ...now },
      { itemCode: 'I-B', available: 1 },
    ]);
    expect(await json('stock', 'ledger', '--item', 'I-A')).toMatchObject([
      { reason: 'reserved', allocatedChange: 4, allocated: 4 },
      { reason: 'snapshot', onHandChange: 10, onHand: 10 },
    ]);
    expect((await boosta('stock', 'show', ...of('I-A'))).out).toContain('I-A at w1: 6 available');
    expect((await boosta('stock', 'ledger', '--item', 'I-A')).out).toContain('4 (+4)');
  });

  it('lists what orders wait for, and who waits in which order', async () => {
    const waiting = await shop.order({ wms: wms.id, lines: [['B', 3]], age: 4 });
    await dispatchOrder(shop.deps, waiting);
    expect(await json('stock', 'list', '--short')).toMatchObject([{ itemCode: 'I-B', waitedFor: 3 }]);
    expect(await json('stock', 'show', ...of('I-B'))).toMatchObject({
      queue: [{ orderKey: waiting, quantity: 3 }],
    });
    expect((await boosta('stock', 'show', ...of('I-B'))).out).toContain(waiting);
  });

  it('keeps a buffer that is never promised, with who wanted it', async () => {
    await expect(boosta('stock', 'set', ...of('I-A'), '--safety', '5', '--by', 'kim')).resolves.toMatchObject(
      {
        code: 0,
      },
    );
    expect(await json('stock', 'show', ...of('I-A'))).toMatchObject({ safety: 5, available: 1 });
    const key = await shop.order({ wms: wms.id, lines: [['A', 2]] });
    await expect(dispatchOrder(shop.deps, key)).resolves.toMatchObject({ waiting: 'shortage' });
    expect(await json('stock', 'ledger', '--item', 'I-A', '--limit', '1')).toMatchObject([
      { reason: 'safety_changed', safetyChange: 5, madeBy: 'kim' },
    ]);
  });

  it('has a task open while an item is below its warning level', async () => {
    const low = async () =>
      (await openTasks(shop.database.db))
        .filter((task) => task.kind === 'stock_low')
        .map((task) => task.reason);
    await boosta('stock', 'set', ...of('I-A'), '--warn', '20');
    await sweepOrders(shop.deps);
    await sweepOrders(shop.deps);
    expect(await low()).toEqual(['I-A at w1: 1 sellable, below 20']);
    wms.deliver('I-A', 30);
    await syncStock(shop.deps, wms.id);
    expect(await low()).toEqual([]);
    await boosta('stock', 'set', ...of('I-A'), '--warn', '99');
    await sweepOrders(shop.deps);
    expect(await low()).toHaveLength(1);
    await boosta('stock', 'set', ...of('I-A'), '--warn', 'none');
    await sweepOrders(shop.deps);
    expect(await low()).toEqual([]);
  });

  it.each([
    [['stock', 'set', '--wms', 'w1', '--item', 'I-A']],
    [['stock', 'set', '--wms', 'w1', '--item', 'I-A', '--safety', '-1']],
    [['stock', 'show', '--wms', 'w1']],
    [['holds', 'add', '--item', 'I-A']],
    [['holds', 'add', '--quantity', '0', '--reason', 'x']],
  ])('exits with 2 and says what would fit: %j', async (args) => {
    await expect(boosta(...args)).resolves.toMatchObject({ code: 2, out: '' });
  });

  it.each([
    [['stock', 'set', '--wms', 'nowhere', '--item', 'I-A', '--safety', '1'], 'there are: w1'],
    [['stock', 'set', '--wms', 'w1', '--item', 'nothing', '--safety', '1'], 'no item nothing'],
    [['stock', 'show', '--wms', 'w1', '--item', 'nothing'], 'never told'],
    [['stock', 'show', '--wms', 'w1', '--item', 'I-A', '--at', '2020-01-01'], 'by then'],
    [['holds', 'add', '--item', 'nothing', '--reason', 'x'], 'no item nothing'],
    [['holds', 'remove', '9', '--reason', 'x'], 'no rule 9'],
  ])('exits with 1 and one sentence: %j', async (args, says) => {
    const { code, err } = await boosta(...args);
    expect(code).toBe(1);
    expect(err).toContain(says);
  });

  it('makes, lists and ends rules for holding orders', async () => {
    const made = ['holds', 'add', '--item', 'I-A', '--quantity', '9', '--reason', '대량', '--by', 'kim'];
    const { id } = (await json(...made)) as { id: number };
    expect(await json('holds', 'list')).toMatchObject([
      {
        id,
        channel: null,
        itemCode: 'I-A',
        quantity: 9,
        reason: '대량',
        validTo: null,
        madeBy: 'kim',
        orders: 0,
      },
    ]);
    expect((await boosta('holds')).out).toContain('(any)');
    await expect(boosta('holds', 'remove', String(id), '--reason', 'x')).resolves.toMatchObject({ code: 0 });
    expect((await boosta('holds')).err).toBe('No rule holds anything.\n');
  });
});
