import { wmsAdapter } from '../../../activities/wms/registry';
import type { Wms } from '../../../activities/wms/wms';
import { created, createOne, options, WmsBench } from './bench';
import { fixtureOf } from './fixtures';

describe('poomgo', () => {
  const bench = new WmsBench(wmsAdapter('poomgo'), fixtureOf('poomgo'));
  let wms: Wms;
  beforeAll(async () => {
    await bench.start();
    wms = bench.connect();
  });
  afterEach(async () => {
    await bench.faults();
    await bench.staffTakeIn(true);
  });
  afterAll(() => bench.stop());

  it('finds an order once the staff have taken it in, not before', async () => {
    await bench.staffTakeIn(false);
    const { order, reference } = await created(bench, wms);
    expect(await wms.lookup(order.code)).toEqual([]);
    expect((await wms.ordersSince(new Date())).map(({ code }) => code)).not.toContain(order.code);
    await bench.staffTakeIn(true);
    expect(await wms.lookup(order.code)).toEqual([
      { reference: bench.referenceFound(reference), state: 'open' },
    ]);
  });

  it('promises the lag that its connection knows of', () => {
    const visible = { visibleAfterSeconds: 600 };
    const { capabilities } = bench.connect({ takenInWithinSeconds: 600 });
    expect(capabilities).toEqual({ ...wms.capabilities, lookup: visible, list: visible });
  });

  it('is too late for an order that the staff have taken in, by either of its numbers', async () => {
    const { order, reference } = await created(bench, wms);
    for (const known of [reference, bench.referenceFound(reference)]) {
      const { outcome } = await wms.cancel(order.code, known, options);
      expect(outcome).toMatchObject({ kind: 'too-late', reason: expect.stringContaining('staff') });
    }
    expect(await bench.inLedger(order.code)).toMatchObject([{ state: 'open' }]);
  });

  it('does not say that an order is cancelled which it cannot look up', async () => {
    const { order, reference } = await created(bench, wms);
    await bench.faults({ endpoint: 'lookup', kind: '5xx-before' });
    expect((await wms.cancel(order.code, reference, options)).outcome.kind).toBe('unknown');
  });

  it('refuses an order of an item that the WMS does not have, without asking it', async () => {
    const before = await bench.received('create');
    const order = bench.order({ items: [{ itemCode: 'NO-SUCH', name: '?', quantity: 1 }] });
    expect((await createOne(wms, order)).outcome).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('NO-SUCH'),
    });
    expect(await bench.received('create')).toBe(before);
  });

  it('tells an item without stock as none, not as unknown', async () => {
    await bench.admin('products', [{ itemCode: 'SOLD-OUT', name: '품절', quantity: 0 }]);
    expect(await wms.stock()).toContainEqual({ itemCode: 'SOLD-OUT', quantity: 0 });
  });

  it('has two live orders of one key for a sender that sends again', async () => {
    const { order } = await created(bench, wms);
    await createOne(wms, order);
    expect((await bench.ledger()).doubles).toEqual({ [order.code]: 2 });
    expect(await wms.lookup(order.code)).toHaveLength(2);
  });
});
