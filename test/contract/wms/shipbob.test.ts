import { wmsAdapter } from '../../../activities/wms/registry';
import type { Wms } from '../../../activities/wms/wms';
import { created, createOne, options, shipmentsSince, WmsBench } from './bench';
import { fixtureOf } from './fixtures';

describe('shipbob', () => {
  const bench = new WmsBench(wmsAdapter('shipbob'), fixtureOf('shipbob'));
  let wms: Wms;
  beforeAll(async () => {
    await bench.start();
    wms = bench.connect();
  });
  afterEach(() =>
    bench.admin('settings', {
      callsPerMinute: 0,
      duplicateWords: 'Cannot insert order with existing ReferenceId',
      rejectRepeatedReferences: true,
    }),
  );
  afterAll(() => bench.stop());

  it('keeps the reference id of a cancelled order taken', async () => {
    const { order, reference } = await created(bench, wms);
    await wms.cancel(order.code, reference, options);
    expect((await createOne(wms, order)).outcome.kind).toBe('duplicate');
    expect(await wms.lookup(order.code)).toEqual([{ reference, state: 'cancelled' }]);
  });

  it('knows a repeated reference id also when it is refused in other words', async () => {
    const { order } = await created(bench, wms);
    await bench.admin('settings', { duplicateWords: 'Duplicate reference' });
    expect((await createOne(wms, order)).outcome.kind).toBe('duplicate');
  });

  it('cannot tell a refusal in other words while the look-up does not answer', async () => {
    const { order } = await created(bench, wms);
    await bench.admin('settings', { duplicateWords: 'Duplicate reference' });
    await bench.faults({ endpoint: 'lookup', kind: 'reset-before' });
    const { outcome } = await createOne(wms, order);
    await bench.faults();
    expect(outcome.kind).toBe('unknown');
  });

  it('says with a wrong channel that nothing was received', async () => {
    const order = bench.order();
    const { outcome } = await createOne(bench.connect({ channelId: 8 }), order);
    expect(outcome.kind).toBe('not-received');
    expect(await bench.inLedger(order.code)).toEqual([]);
  });

  it('is told by the call beyond the limit when to come back', async () => {
    await bench.admin('settings', { callsPerMinute: 3 });
    for (let call = 0; call < 3; call += 1) await wms.lookup('BO');
    const { outcome } = await createOne(wms, bench.order());
    if (outcome.kind !== 'not-received') throw new Error(outcome.kind);
    expect(outcome.retryAfterMs).toBeGreaterThan(0);
    expect(outcome.retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  it('reads every page of orders and of inventory', async () => {
    const products = Array.from({ length: 260 }, (_, n) => ({
      itemCode: `MORE-${n}`,
      name: '품목',
      quantity: n,
    }));
    await bench.admin('products', products);
    const levels = new Map((await wms.stock()).map(({ itemCode, quantity }) => [itemCode, quantity]));
    for (const { itemCode, quantity } of products) expect(levels.get(itemCode)).toBe(quantity);
    const orders = bench.orders(260);
    for (const order of orders) await createOne(wms, order);
    await bench.shipAfter(0);
    const { shipments } = await shipmentsSince(wms, bench.startedAt);
    await bench.shipAfter(1_000_000_000);
    const codes = shipments.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(orders.map(({ code }) => code)));
    const listed = (await wms.ordersSince(bench.startedAt)).map(({ code }) => code);
    expect(listed).toEqual(expect.arrayContaining(orders.map(({ code }) => code)));
  });

  it('ships twice to a sender that trusts it, when it promises nothing', async () => {
    await bench.admin('settings', { rejectRepeatedReferences: false });
    const { order } = await created(bench, wms);
    await createOne(wms, order);
    expect((await bench.ledger()).doubles).toEqual({ [order.code]: 2 });
  });
});
