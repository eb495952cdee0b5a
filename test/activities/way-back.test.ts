import { acknowledgeOrder } from '../../activities/acknowledge-order';
import { answerClaims } from '../../activities/answer-claims';
import { bookReturns } from '../../activities/book-returns';
import { cancelOrder } from '../../activities/cancel-order';
import { collectWindow } from '../../activities/collect-orders';
import { dispatchOrder } from '../../activities/dispatch-order';
import { matchOrder } from '../../activities/match-order';
import { normalizeOrder } from '../../activities/normalize-order';
import { OutsideUnavailable } from '../../activities/outcome';
import { pushStock } from '../../activities/push-stock';
import { recordSale } from '../../activities/record-sale';
import { uploadTracking } from '../../activities/upload-tracking';
import { watchShipBy } from '../../activities/watch-ship-by';
import { watchShipments } from '../../activities/watch-shipments';
import { claimsOfOrder } from '../../db/queries/claims';
import { listingStock, listListings } from '../../db/queries/listings';
import { findOrder, linesOf, recipientOf } from '../../db/queries/orders';
import { salesOf } from '../../db/queries/sales';
import { tasksOfOrder } from '../../db/queries/tasks';
import { CONNECTIONS } from '../../sandbox/seed';
import { type House, openHouse } from '../support/house';

interface MarketLine {
  readonly lineNumber: string;
  readonly quantity: number;
}

interface MarketLedger {
  readonly entries: readonly {
    readonly key: string;
    readonly acknowledged: boolean;
    readonly lines: readonly MarketLine[];
  }[];
  readonly claims: readonly { readonly key: string; readonly state: string; readonly answered: boolean }[];
  readonly stock: Readonly<Record<string, number>>;
}

/** SmartStore wants to be told more than any other: it stands for all of them here. */
const SOURCE = 'naver';

describe('what a marketplace is told', () => {
  let house: House;
  let keys: string[];
  beforeAll(async () => {
    house = await openHouse();
    await house.admin('naver', 'POST', '/days', { seed: 5_501, orders: 40, overSeconds: 0 });
    await collect();
    const wanted: string[] = [];
    for (const key of house.journeys.started) {
      // Those that nobody cancels, and whose deals are known.
      const standing = await normalizeOrder(house.deps, key);
      if (standing.waiting === 'acknowledgement') wanted.push(key);
    }
    keys = wanted;
  }, 60_000);
  afterEach(() => house.admin('naver', 'DELETE', '/faults'));
  afterAll(() => house.close());

  const db = () => house.database.db;
  const ledger = async () => (await house.admin('naver', 'GET', '/ledger')) as MarketLedger;
  const openTasksOf = async (key: string) =>
    (await tasksOfOrder(db(), key)).filter((task) => task.closedAt === null).map((task) => task.kind);
  const numberOf = (key: string) => key.split('/')[1] ?? '';

  async function collect(): Promise<void> {
    const now = Date.now();
    const window = { from: new Date(now - 3_600_000), to: new Date(now + 60_000) };
    await collectWindow(house.deps, SOURCE, window, 'run');
  }

  function next(): string {
    const key = keys.shift();
    if (key === undefined) throw new Error('no order is left');
    return key;
  }

  /** An order of one line, which is a known deal, with the WMS: there is a claim for each line. */
  async function dispatched(): Promise<string> {
    for (;;) {
      const key = next();
      await acknowledgeOrder(house.deps, key);
      await normalizeOrder(house.deps, key);
      if ((await linesOf(db(), key)).length > 1) continue;
      if ((await matchOrder(house.deps, key)).stage !== 'matched') continue;
      await dispatchOrder(house.deps, key);
      if ((await findOrder(db(), key))?.stage === 'dispatched') return key;
    }
  }

  async function claim(key: string, kind: string, more: object = {}): Promise<void> {
    await house.admin('naver', 'POST', '/claims', { orderNumber: numberOf(key), kind, ...more });
    await collect();
  }

  /** As the journey does when the channel has cancelled what the WMS has. */
  async function cancelAtTheWms(key: string): Promise<void> {
    const standing = await normalizeOrder(house.deps, key);
    const command = { by: 'channel', reason: 'The customer cancelled', upTo: standing.upTo ?? 0 };
    await cancelOrder(house.deps, key, { ...command, isRecall: standing.waiting === 'recall' });
  }

  async function ship(key: string): Promise<void> {
    const code = (
      await house.database.pool.query(
        "SELECT code FROM dispatch WHERE lead_order_key = ? AND state = 'accepted'",
        [key],
      )
    )[0] as { code: string }[];
    await house.admin('fulfillment', 'POST', '/ship', { code: code[0]?.code });
    await watchShipments(house.deps, CONNECTIONS.wms);
  }

  it('is that we have the order, before anything is sent; the address that counts is the one told then', async () => {
    const key = next();
    await house.admin('naver', 'POST', '/addresses', {
      orderNumber: numberOf(key),
      address: '부산광역시 해운대구 달맞이길 2',
    });
    await expect(acknowledgeOrder(house.deps, key)).resolves.toEqual({ stage: 'collected' });
    await expect(normalizeOrder(house.deps, key)).resolves.toEqual({ stage: 'normalized' });
    expect((await ledger()).entries.find((entry) => entry.key === key)?.acknowledged).toBe(true);
    expect((await recipientOf(db(), key))?.address).toBe('부산광역시 해운대구 달맞이길 2');
  });

  it('is tried again while it does not answer, and the order waits', async () => {
    const key = next();
    await house.admin('naver', 'PUT', '/faults', { faults: [{ endpoint: '*', kind: 'down' }] });
    await expect(acknowledgeOrder(house.deps, key)).rejects.toThrow(OutsideUnavailable);
    await expect(normalizeOrder(house.deps, key)).resolves.toMatchObject({ waiting: 'acknowledgement' });
  });

  it('cannot be told that we have what was cancelled there: nothing is sent, and no task stays', async () => {
    const key = next();
    await house.admin('naver', 'POST', '/claims', { orderNumber: numberOf(key), kind: 'cancellation' });
    await expect(acknowledgeOrder(house.deps, key)).resolves.toMatchObject({ waiting: 'not_acknowledged' });
    expect(await openTasksOf(key)).toEqual(['not_acknowledged']);
    await collect();
    await expect(normalizeOrder(house.deps, key)).resolves.toEqual({ stage: 'cancelled' });
    expect(await openTasksOf(key)).toEqual([]);
  });

  it('need not be that we have a line that was taken back: the rest of its order goes on', async () => {
    const held = (await ledger()).entries.find(({ key, lines }) => keys.includes(key) && lines.length > 1);
    if (held === undefined) throw new Error('no order of several lines is left');
    const { key, lines } = held;
    keys = keys.filter((each) => each !== key);
    const [{ lineNumber, quantity }] = lines as readonly [MarketLine];
    const claimed = { orderNumber: numberOf(key), kind: 'cancellation', lines: [{ lineNumber, quantity }] };
    await house.admin('naver', 'POST', '/claims', claimed);
    await expect(acknowledgeOrder(house.deps, key)).resolves.toMatchObject({ waiting: 'not_acknowledged' });
    await expect(normalizeOrder(house.deps, key)).resolves.toEqual({ stage: 'normalized' });
    const cancelled = (await linesOf(db(), key)).filter((line) => line.cancelledQuantity === line.quantity);
    expect(cancelled.map((line) => line.lineNumber)).toEqual([lineNumber]);
    expect(await openTasksOf(key)).toEqual([]);
  });

  it('is that a cancellation came in time, once the WMS has stopped the order', async () => {
    const key = await dispatched();
    await claim(key, 'cancellation');
    await cancelAtTheWms(key);
    expect(await claimsOfOrder(db(), key)).toMatchObject([{ outcome: 'stopped', answer: 'pending' }]);
    await answerClaims(house.deps, SOURCE);
    expect(await claimsOfOrder(db(), key)).toMatchObject([{ answer: 'done' }]);
    const told = (await ledger()).claims.filter((each) => each.key === key);
    expect(told).toMatchObject([{ state: 'done', answered: true }]);
  });

  it('is that a cancellation came too late, with the number of the parcel', async () => {
    const key = await dispatched();
    await claim(key, 'cancellation');
    await ship(key);
    await cancelAtTheWms(key);
    expect(await claimsOfOrder(db(), key)).toMatchObject([{ outcome: 'too late', answer: 'pending' }]);
    await answerClaims(house.deps, SOURCE);
    const told = (await ledger()).claims.filter((each) => each.key === key);
    expect(told).toMatchObject([{ state: 'withdrawn', answered: true }]);
    expect(await openTasksOf(key)).toEqual(['changed_too_late']);
  });

  it('is nothing of a claim while it does not answer, and it is told then', async () => {
    const key = await dispatched();
    await claim(key, 'cancellation');
    await cancelAtTheWms(key);
    await house.admin('naver', 'PUT', '/faults', { faults: [{ endpoint: '*', kind: 'down' }] });
    await expect(answerClaims(house.deps, SOURCE)).rejects.toThrow(OutsideUnavailable);
    await house.admin('naver', 'DELETE', '/faults');
    await answerClaims(house.deps, SOURCE);
    expect(await claimsOfOrder(db(), key)).toMatchObject([{ answer: 'done' }]);
  });

  it('has told of a return: it is out of the sales, once, to the won', async () => {
    const key = await dispatched();
    await ship(key);
    await recordSale(house.deps, key);
    await uploadTracking(house.deps, key);
    await claim(key, 'return', { state: 'done' });
    await normalizeOrder(house.deps, key);
    await bookReturns(house.deps);
    await bookReturns(house.deps);
    expect(await claimsOfOrder(db(), key)).toMatchObject([{ kind: 'return', outcome: 'returned' }]);
    const sales = await salesOf(db(), key);
    const goods = sales
      .filter(({ kind }) => kind !== 'shipping_fee')
      .reduce((sum, { amount }) => sum + amount, 0n);
    expect(goods).toBe(0n);
  });

  it('has told of a return that nothing has shipped of: that is a task', async () => {
    const key = await dispatched();
    await claim(key, 'return', { state: 'done' });
    await normalizeOrder(house.deps, key);
    await bookReturns(house.deps);
    expect(await openTasksOf(key)).toEqual(['return_not_booked']);
  });

  it('is how much may be sold of each listing, less what is kept back, and again only once it is another', async () => {
    const levels = await listingStock(db(), SOURCE);
    expect(levels.length).toBeGreaterThan(0);
    expect(await pushStock(house.deps, SOURCE)).toBe(levels.length);
    const { stock } = await ledger();
    for (const { listing, quantity } of levels) expect(stock[listing]).toBe(quantity);
    expect(await pushStock(house.deps, SOURCE)).toBe(0);
    await house.database.pool.query("INSERT INTO channel_rule VALUES ('smartstore', 840, 1, 7, 10)");
    expect(await pushStock(house.deps, SOURCE)).toBe(levels.length);
    const [first] = levels;
    const told = (await listListings(db(), SOURCE)).find(({ listing }) => listing === first?.listing);
    expect(told?.pushedQuantity).toBe((first?.quantity ?? 0) - 7);
  });

  it('wanted it shipped by a day that is over: that is a task until it has left', async () => {
    const key = await dispatched();
    expect((await findOrder(db(), key))?.shipBy).not.toBeNull();
    await house.database.pool.query(
      'UPDATE orders SET ship_by = now(6) - INTERVAL 1 DAY WHERE order_key = ?',
      [key],
    );
    await watchShipBy(db());
    expect(await openTasksOf(key)).toEqual(['ship_by_passed']);
    await ship(key);
    await recordSale(house.deps, key);
    await watchShipBy(db());
    expect(await openTasksOf(key)).toEqual([]);
  });
});
