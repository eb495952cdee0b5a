import { wmsAdapter } from '../../../activities/wms/registry';
import type { Wms } from '../../../activities/wms/wms';
import { createAll, created, createOne, options, shipmentsSince, WmsBench } from './bench';
import { fixtureOf } from './fixtures';

describe('shiphero', () => {
  const bench = new WmsBench(wmsAdapter('shiphero'), fixtureOf('shiphero'));
  let wms: Wms;
  beforeAll(async () => {
    await bench.start();
    wms = bench.connect();
  });
  afterEach(async () => {
    await bench.faults();
    await bench.admin('settings', { createdAnswers: 'order', maxCredits: 0, tokenLifetimeSeconds: 1_000 });
  });
  afterAll(() => bench.stop());

  it('takes an order number twice', async () => {
    const { order, reference } = await created(bench, wms);
    await createOne(wms, order);
    expect((await bench.ledger()).doubles).toEqual({ [order.code]: 2 });
    const found = await wms.lookup(order.code);
    expect(found).toHaveLength(2);
    expect(found).toContainEqual({ reference, state: 'open' });
  });

  it('refuses an item that it does not have, by an error in a 200', async () => {
    const order = bench.order({ items: [{ itemCode: 'NO-SUCH', name: '?', quantity: 1 }] });
    const { outcome, exchange } = await createOne(wms, order);
    expect(exchange.status).toBe(200);
    expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringContaining('NO-SUCH') });
    expect(await bench.inLedger(order.code)).toEqual([]);
  });

  it.each(['error', 'both', 'engine'])(
    'takes no error for a refusal when an order was created (%s)',
    async (createdAnswers) => {
      await bench.admin('settings', { createdAnswers });
      const order = bench.order();
      const { outcome, exchange } = await createOne(wms, order);
      expect(exchange.status).toBe(200);
      expect(outcome.kind).toBe('unknown');
      expect(await wms.lookup(order.code)).toHaveLength(1);
    },
  );

  it('has received nothing where the credits did not suffice, and says when they will', async () => {
    await bench.admin('settings', { maxCredits: 25 });
    const orders = bench.orders(3);
    const replies = await createAll(wms, orders);
    expect(replies.map(({ outcome }) => outcome.kind)).toEqual(['done', 'done', 'not-received']);
    expect(replies[2]?.exchange.status).toBe(200);
    expect(replies[2]?.outcome).toMatchObject({ retryAfterMs: 1_000 });
    expect(await bench.inLedger(orders[2]?.code ?? '')).toEqual([]);
  });

  it('gets a new token when the old one has run out', async () => {
    await bench.admin('settings', { tokenLifetimeSeconds: 0 });
    const order = bench.order();
    expect((await createOne(wms, order)).outcome.kind).toBe('not-received');
    await bench.admin('settings', { tokenLifetimeSeconds: 1_000 });
    expect((await createOne(wms, order)).outcome.kind).toBe('done');
    expect(await bench.inLedger(order.code)).toHaveLength(1);
  });

  it('has received nothing while no token can be had', async () => {
    const fresh = bench.connect();
    await bench.faults({ endpoint: 'auth', kind: 'reset-after' });
    const order = bench.order();
    expect((await createOne(fresh, order)).outcome.kind).toBe('not-received');
    await bench.faults();
    expect((await createOne(fresh, order)).outcome.kind).toBe('done');
  });

  it('sends no order that it could not read back', async () => {
    const items = Array.from({ length: 101 }, (_, n) => ({ itemCode: `I-${n}`, name: '품목', quantity: 1 }));
    const before = await bench.received('create');
    expect((await createOne(wms, bench.order({ items }))).outcome.kind).toBe('refused');
    expect(await bench.received('create')).toBe(before);
  });

  it('goes on reading shipments where it broke off', async () => {
    const orders = await Promise.all(Array.from({ length: 45 }, () => created(bench, wms)));
    await bench.shipAfter(0);
    await wms.lookup('BO');
    await bench.faults({ endpoint: 'shipments', kind: 'reset-before', probability: 0.5 });
    const seen = new Set<string>();
    let cursor: string | Date = bench.startedAt;
    const poll = async () => {
      const answer = await wms.shipmentsSince(cursor);
      for (const { code } of answer.shipments) seen.add(code);
      cursor = answer.cursor;
    };
    for (let polls = 0; polls < 60; polls += 1) await poll().catch(() => undefined);
    await bench.shipAfter(1_000_000_000);
    expect([...seen]).toEqual(expect.arrayContaining(orders.map(({ order }) => order.code)));
  });

  it('does not let the cursor pass a label that has no number yet', async () => {
    const { order } = await created(bench, wms);
    const { cursor } = await shipmentsSince(wms, bench.startedAt);
    await bench.shipAfter(0);
    await wms.lookup('BO');
    await bench.admin('parcels', { code: order.code, trackingNumber: null });
    await created(bench, wms);
    const before = await shipmentsSince(wms, cursor);
    expect(before.shipments.map(({ code }) => code)).not.toContain(order.code);
    await bench.admin('parcels', { code: order.code, trackingNumber: '600000000001' });
    const { shipments } = await shipmentsSince(bench.connect({ shipmentOverlapSeconds: 1 }), before.cursor);
    await bench.shipAfter(1_000_000_000);
    expect(shipments.map(({ code }) => code)).toContain(order.code);
  });

  it('is too late to cancel what has shipped, in whatever words', async () => {
    const { order, reference } = await created(bench, wms);
    await bench.shipAfter(0);
    const { outcome } = await wms.cancel(order.code, reference, options);
    await bench.shipAfter(1_000_000_000);
    expect(outcome.kind).toBe('too-late');
  });
});
