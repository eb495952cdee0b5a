import { wmsAdapter } from '../../../activities/wms/registry';
import type { Wms } from '../../../activities/wms/wms';
import { created, createOne, options, TIMEOUT_MS, WmsBench } from './bench';
import { fixtureOf } from './fixtures';

describe('fassto', () => {
  const bench = new WmsBench(wmsAdapter('fassto'), fixtureOf('fassto'));
  let wms: Wms;
  beforeAll(() => bench.start());
  beforeEach(() => {
    wms = bench.connect();
  });
  afterEach(async () => {
    await bench.faults();
    await bench.admin('settings', { tokenMs: 3_600_000, refuseTokenBy: 'status', createdAnswers: 'order' });
  });
  afterAll(() => bench.stop());

  const revokeTokens = () => bench.admin('tokens', []);

  describe.each(['status', 'code'])('when a token stops holding midway, told by %s', (refuseTokenBy) => {
    beforeEach(() => bench.admin('settings', { refuseTokenBy }));

    it('creates with the next one: once', async () => {
      await created(bench, wms);
      await revokeTokens();
      const { order } = await created(bench, wms);
      expect(await bench.inLedger(order.code)).toHaveLength(1);
    });

    it('reads and cancels with the next one', async () => {
      const { order, reference } = await created(bench, wms);
      await revokeTokens();
      expect(await bench.find(wms, order.code)).toEqual([{ reference, state: 'open' }]);
      await revokeTokens();
      expect((await wms.cancel(order.code, reference, options)).outcome).toEqual({ kind: 'cancelled' });
    });

    it('says that nothing was received when the next one does not hold either', async () => {
      await bench.admin('settings', { tokenMs: 1 });
      const order = bench.order();
      expect((await createOne(wms, order)).outcome).toMatchObject({
        kind: 'not-received',
        reason: expect.stringContaining('credentials'),
      });
      expect(await bench.inLedger(order.code)).toEqual([]);
    });
  });

  it('renews a token before it ends', async () => {
    await bench.admin('settings', { tokenMs: 30_000 });
    const before = await bench.received('auth');
    await created(bench, wms);
    await created(bench, wms);
    expect(await bench.received('auth')).toBe(before + 2);
  });

  it('asks for one token when many calls need it at once', async () => {
    const before = await bench.received('auth');
    await Promise.all(bench.orders(10).map((order) => createOne(wms, order)));
    expect(await bench.received('auth')).toBe(before + 1);
  });

  it('sends nothing, and has time to say so, when no token can be had', async () => {
    await bench.faults({ endpoint: 'auth', kind: 'timeout-before' });
    const before = await bench.received('create');
    const { outcome, exchange } = await createOne(wms, bench.order(), 1_000);
    expect(outcome.kind).toBe('not-received');
    expect(exchange).toMatchObject({ request: expect.stringContaining('not sent'), status: null });
    expect(await bench.received('create')).toBe(before);
  });

  it('asks before each hand-over, also of the second try', async () => {
    await created(bench, wms);
    await revokeTokens();
    let handedOver = 0;
    const beforeHandOver = () => {
      handedOver += 1;
      if (handedOver === 2) throw new Error('the lease has run out');
    };
    const order = bench.order();
    await expect(wms.create([order], { timeoutMs: TIMEOUT_MS, beforeHandOver })).rejects.toThrow('lease');
    expect(await bench.inLedger(order.code)).toEqual([]);
  });

  it('refuses an order of an item that the WMS does not have', async () => {
    const order = bench.order({ items: [{ itemCode: 'NO-SUCH', name: '?', quantity: 1 }] });
    expect((await createOne(wms, order)).outcome).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('NO-SUCH'),
    });
  });

  it('takes no error in a 200 for a refusal: the order may have been made', async () => {
    await bench.admin('settings', { createdAnswers: 'error' });
    const order = bench.order();
    const { outcome, exchange } = await createOne(wms, order);
    expect(exchange.status).toBe(200);
    expect(outcome.kind).toBe('unknown');
    expect(await bench.find(wms, order.code)).toHaveLength(1);
  });

  it('has two live orders of one key for a sender that sends again', async () => {
    const { order } = await created(bench, wms);
    await createOne(wms, order);
    expect((await bench.ledger()).doubles).toEqual({ [order.code]: 2 });
    expect(await bench.find(wms, order.code)).toHaveLength(2);
  });
});
