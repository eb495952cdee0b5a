import { wmsAdapter } from '../../activities/wms/registry';
import { localReader, toLocal, windowStart } from '../../activities/wms/shipstation/time';
import type { Wms } from '../../activities/wms/wms';
import { created, createOne, options, shipmentsSince, WmsBench } from './wms/bench';
import { fixtureOf, ITEMS } from './wms/fixtures';

/** Only the date is false: sockets and time-outs go by the real clock. */
function setClock(at: string): void {
  jest.useFakeTimers({
    now: new Date(at),
    doNotFake: [
      'nextTick',
      'setImmediate',
      'clearImmediate',
      'setTimeout',
      'clearTimeout',
      'setInterval',
      'clearInterval',
      'queueMicrotask',
      'performance',
      'hrtime',
    ],
  });
}

describe('sabangnet-fulfillment', () => {
  const bench = new WmsBench(wmsAdapter('sabangnet-fulfillment'), fixtureOf('sabangnet-fulfillment'));
  let wms: Wms;
  beforeAll(async () => {
    await bench.start();
    wms = bench.connect();
  });
  afterEach(async () => {
    jest.useRealTimers();
    await bench.admin('settings', {
      shipAfterMs: 1_000_000_000,
      approveCancelAtOnce: true,
      rejectRepeatedCodes: true,
    });
  });
  afterAll(() => bench.stop());

  it('takes a code again once its order was cancelled', async () => {
    const { order, reference } = await created(bench, wms);
    await wms.cancel(order.code, reference, options);
    expect((await createOne(wms, order)).outcome.kind).toBe('done');
    expect((await wms.lookup(order.code)).map(({ state }) => state)).toEqual(['cancelled', 'open']);
    expect((await bench.ledger()).doubles).toEqual({});
  });

  it('refuses an order of an item that the WMS does not have, and sends the others', async () => {
    const unknown = bench.order({ items: [{ itemCode: 'NO-SUCH', name: '?', quantity: 1 }] });
    const known = bench.order();
    const replies = await wms.create([unknown, known], options);
    expect(replies.map(({ outcome }) => outcome.kind)).toEqual(['refused', 'done']);
    expect(replies[0]?.outcome).toMatchObject({ reason: expect.stringContaining('NO-SUCH') });
  });

  it('finds an item that the WMS got after connecting', async () => {
    await bench.admin('products', [{ itemCode: 'NEW-01', name: '새 품목', quantity: 5 }]);
    const order = bench.order({ items: [{ itemCode: 'NEW-01', name: '새 품목', quantity: 1 }] });
    expect((await createOne(wms, order)).outcome.kind).toBe('done');
  });

  it('leaves a cancellation unknown until the warehouse has decided', async () => {
    const { order, reference } = await created(bench, wms);
    await bench.admin('settings', { approveCancelAtOnce: false });
    expect((await wms.cancel(order.code, reference, options)).outcome.kind).toBe('unknown');
    await bench.admin('settings', { approveCancelAtOnce: true });
    expect((await wms.cancel(order.code, reference, options)).outcome.kind).toBe('cancelled');
  });

  it('leaves out no parcel whose number comes days after its order, over midnight in Seoul', async () => {
    // The warehouse's orders of before must not be later ones.
    setClock('2036-11-22T14:59:50Z');
    const early = await created(bench, wms);
    const { cursor: before } = await shipmentsSince(wms, new Date());
    jest.setSystemTime(new Date('2036-11-22T15:00:10Z'));
    const { cursor: overnight, shipments: none } = await shipmentsSince(wms, before);
    expect(none).toEqual([]);
    const late = await created(bench, wms);
    jest.setSystemTime(new Date('2036-11-24T20:00:00Z'));
    await bench.shipAfter(0);
    const { shipments } = await shipmentsSince(wms, overnight);
    const codes = shipments.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining([early.order.code, late.order.code]));
  });

  it('ships twice to a sender that trusts it, when it promises nothing', async () => {
    await bench.admin('settings', { rejectRepeatedCodes: false });
    const { order } = await created(bench, wms);
    await createOne(wms, order);
    expect((await bench.ledger()).doubles).toEqual({ [order.code]: 2 });
  });
});

describe('shipstation', () => {
  const bench = new WmsBench(wmsAdapter('shipstation'), fixtureOf('shipstation'));
  let wms: Wms;
  beforeAll(async () => {
    await bench.start();
    wms = bench.connect();
  });
  afterAll(() => bench.stop());

  it('says that a locked order is known, and revives no cancelled one', async () => {
    const { order, reference } = await created(bench, wms);
    await wms.cancel(order.code, reference, options);
    expect((await createOne(wms, order)).outcome.kind).toBe('duplicate');
    expect(await wms.lookup(order.code)).toEqual([{ reference, state: 'cancelled' }]);
  });

  it('takes the latest content of an order that is sent again', async () => {
    const { order } = await created(bench, wms);
    await createOne(wms, { ...order, items: [{ itemCode: ITEMS[1], name: '김', quantity: 9 }] });
    expect(await bench.inLedger(order.code)).toMatchObject([
      { items: [{ itemCode: ITEMS[1], quantity: 9 }] },
    ]);
  });

  it('is told by the 41st call of a minute when to come back', async () => {
    await bench.admin('settings', { callsPerMinute: 40 });
    for (let call = 0; call < 40; call += 1) await wms.lookup('BO');
    const { outcome } = await createOne(wms, bench.order());
    await bench.admin('settings', { callsPerMinute: 0 });
    if (outcome.kind !== 'not-received') throw new Error(outcome.kind);
    expect(outcome.retryAfterMs).toBeGreaterThan(0);
    expect(outcome.retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  it('has two live orders of one key for a sender that trusts it, when it promises nothing', async () => {
    await bench.admin('settings', { upsertByKey: false });
    const { order } = await created(bench, wms);
    await createOne(wms, order);
    await bench.admin('settings', { upsertByKey: true });
    expect((await bench.ledger()).doubles).toEqual({ [order.code]: 2 });
  });

  it.each(['2026-03-08T10:00:00Z', '2026-11-01T09:00:00Z'])(
    'begins no window late around the change of clocks at %s',
    (change) => {
      for (let minutes = -180; minutes <= 180; minutes += 10) {
        const at = new Date(Date.parse(change) + minutes * 60_000);
        const read = localReader()(toLocal(at));
        const hour = 3_600_000;
        expect(at.getTime() - read.getTime()).toBeGreaterThanOrEqual(0);
        expect(at.getTime() - read.getTime()).toBeLessThanOrEqual(hour);
        // Even if the server takes the later of two readings, the window begins in time.
        const start = localReader()(windowStart(at)).getTime();
        const ambiguous = toLocal(new Date(start)) === toLocal(new Date(start + hour));
        expect(start + (ambiguous ? hour : 0)).toBeLessThanOrEqual(at.getTime());
      }
    },
  );
});
