import { ZodError } from 'zod';
import { OutsideUnavailable } from '../../activities/outcome';
import type { CreateOutcome, Wms, WmsAdapter, WmsShipment } from '../../activities/wms/wms';
import { FAULT_KINDS, type FaultKind } from '../../sandbox/stand-in/faults';
import { eventually } from '../support/eventually';
import { createOne, TIMEOUT_MS, WmsBench } from './wms-bench';
import { ITEMS, STOCK, type WmsFixture } from './wms-fixtures';

/** A time-out has to be waited for; nothing else in the suite depends on it. */
const SHORT_MS = 300;
const options = { timeoutMs: TIMEOUT_MS, beforeHandOver: () => undefined };

/** What every adapter owes the dispatch protocol, on real HTTP, compared with the stand-in's own ledger. */
export function describeWms(adapter: WmsAdapter, fixture: WmsFixture): void {
  describe(adapter.name, () => {
    const bench = new WmsBench(adapter, fixture);
    let wms: Wms;
    beforeAll(async () => {
      await bench.start();
      wms = bench.connect();
    });
    afterEach(async () => bench.faults());
    afterAll(() => bench.stop());

    describe('creating', () => createContract(bench, () => wms));
    describe('under faults', () => faultContract(bench, () => wms));
    describe('finding and cancelling', () => cancelContract(bench, () => wms));
    describe('connecting', () => connectContract(bench, () => wms));
    describe('shipping', () => shippingContract(bench, () => wms));
  });
}

function createContract(bench: WmsBench, wms: () => Wms): void {
  const repeated = { 'same-order': 'done', refused: 'duplicate', 'not-promised': 'done' } as const;

  it('accepts an order, and the WMS has it as it was sent', async () => {
    const order = bench.order();
    const { outcome, exchange } = await createOne(wms(), order);
    const [row, ...others] = await bench.inLedger(order.code);
    expect(others).toEqual([]);
    expect(outcome).toEqual({ kind: 'done', reference: row?.reference });
    expect(row?.orderNumbers).toContain(order.orderNumbers[0]);
    expect(row?.items).toEqual(order.items.map(({ itemCode, quantity }) => ({ itemCode, quantity })));
    expect(exchange.request).toContain(order.code);
    expect(exchange.response).toContain(order.code);
  });

  it('keeps its promise when the same order is sent again', async () => {
    const order = bench.order();
    const { onRepeat } = wms().capabilities;
    const first = await createOne(wms(), order);
    const second = await createOne(wms(), order);
    expect(second.outcome.kind).toBe(repeated[onRepeat]);
    if (onRepeat === 'same-order') expect(second.outcome).toEqual(first.outcome);
    if (onRepeat !== 'not-promised') expect(await bench.inLedger(order.code)).toHaveLength(1);
  });

  it('answers for each order of a bulk call by itself, in the same order', async () => {
    const known = bench.order();
    await createOne(wms(), known);
    const { recipient } = known;
    const invalid = bench.order({ recipient: { ...recipient, name: '' } });
    const sent = [bench.order(), known, invalid, bench.order()];
    const replies = await wms().create(sent, options);
    const kind = repeated[wms().capabilities.onRepeat];
    expect(replies.map(({ outcome }) => outcome.kind)).toEqual(['done', kind, 'refused', 'done']);
    for (const [index, { code }] of sent.entries()) {
      expect(await bench.inLedger(code)).toHaveLength(code === invalid.code ? 0 : 1);
      expect(replies[index]?.exchange.request).toContain(code);
      const others = sent.filter((other) => other.code !== code);
      for (const other of others) expect(replies[index]?.exchange.request).not.toContain(other.code);
    }
  });

  it('takes a full bulk call as one request', async () => {
    const orders = bench.orders(wms().capabilities.ordersPerCall);
    const before = await bench.received('create');
    const replies = await wms().create(orders, options);
    expect(new Set(replies.map(({ outcome }) => outcome.kind))).toEqual(new Set(['done']));
    expect(await bench.received('create')).toBe(before + 1);
  });

  it('sends nothing when the hand-over is called off', async () => {
    const order = bench.order();
    const before = await bench.received('create');
    const calledOff = new Error('the lease has run out');
    const beforeHandOver = () => {
      throw calledOff;
    };
    await expect(wms().create([order], { timeoutMs: TIMEOUT_MS, beforeHandOver })).rejects.toBe(calledOff);
    expect(await bench.received('create')).toBe(before);
    expect(await bench.inLedger(order.code)).toEqual([]);
  });
}

const EXPECTED: Record<FaultKind, readonly CreateOutcome['kind'][]> = {
  down: ['not-received'],
  slow: ['done'],
  'timeout-before': ['unknown'],
  'timeout-after': ['unknown'],
  '5xx-before': ['unknown'],
  '5xx-after': ['unknown'],
  'reset-before': ['unknown'],
  'reset-after': ['unknown'],
  'broken-body': ['unknown'],
  '429': ['not-received'],
  'duplicate-delivery': ['done', 'duplicate'],
};

function faultContract(bench: WmsBench, wms: () => Wms): void {
  describe.each([1, 3])('a call with %i orders', (count) => {
    it.each(FAULT_KINDS)('tells the truth under %s', async (kind) => {
      const orders = bench.orders(count);
      await createOne(wms(), bench.order());
      await bench.faults({
        endpoint: kind === 'down' ? '*' : 'create',
        kind,
        ms: kind === 'slow' ? 50 : undefined,
      });
      const timeoutMs = kind.startsWith('timeout') ? SHORT_MS : TIMEOUT_MS;
      const replies = await wms().create(orders, { ...options, timeoutMs });
      await bench.faults();
      expect(replies).toHaveLength(count);
      for (const [index, { code }] of orders.entries()) {
        const outcome = replies[index]?.outcome;
        expect(EXPECTED[kind]).toContain(outcome?.kind);
        const live = await bench.inLedger(code);
        if (outcome?.kind === 'done' || outcome?.kind === 'duplicate') expect(live).toHaveLength(1);
        if (outcome?.kind === 'refused' || outcome?.kind === 'not-received') expect(live).toEqual([]);
        if (kind === '429') expect(outcome).toMatchObject({ retryAfterMs: expect.any(Number) });
      }
    });
  });

  it('ends within its time-out, reading the answer included', async () => {
    await bench.faults({ endpoint: 'create', kind: 'slow', ms: 3_000 });
    const started = performance.now();
    expect((await createOne(wms(), bench.order(), SHORT_MS)).outcome.kind).toBe('unknown');
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  it('settles an unknown outcome by what it promises: sent again, there is one live order', async () => {
    if (wms().capabilities.onRepeat === 'not-promised') return;
    for (const kind of ['reset-before', 'reset-after', 'timeout-after', '5xx-after'] as const) {
      const order = bench.order();
      await bench.faults({ endpoint: 'create', kind, times: 1 });
      expect((await createOne(wms(), order, SHORT_MS)).outcome.kind).toBe('unknown');
      expect(['done', 'duplicate']).toContain((await createOne(wms(), order)).outcome.kind);
      expect(await wms().lookup(order.code)).toHaveLength(1);
    }
    expect((await bench.ledger()).doubles).toEqual({});
  });

  it.each(['down', '5xx-before', 'reset-after', 'broken-body', '429'] as const)(
    'says under %s that a read brought nothing, not that there is nothing',
    async (kind) => {
      const order = bench.order();
      await createOne(wms(), order);
      await bench.faults({ endpoint: '*', kind });
      await expect(wms().lookup(order.code)).rejects.toThrow(OutsideUnavailable);
      await expect(wms().shipmentsSince(null)).rejects.toThrow(OutsideUnavailable);
      if (wms().capabilities.stock !== 'none')
        await expect(wms().stock()).rejects.toThrow(OutsideUnavailable);
    },
  );
}

function cancelContract(bench: WmsBench, wms: () => Wms): void {
  async function created() {
    const order = bench.order();
    const { outcome } = await createOne(wms(), order);
    if (outcome.kind !== 'done') throw new Error(`not created: ${outcome.reason}`);
    return { order, reference: outcome.reference };
  }

  it('finds an order by its caller key, exactly', async () => {
    const { order, reference } = await created();
    const longer = bench.order({ code: `${order.code}0` });
    await createOne(wms(), longer);
    expect(await wms().lookup(order.code)).toEqual([{ reference, state: 'open' }]);
    expect(await wms().lookup(order.code.slice(0, -1))).toEqual([]);
  });

  it('cancels an open order, and says so again when asked again', async () => {
    const { order, reference } = await created();
    for (let asked = 0; asked < 2; asked += 1) {
      const { outcome } = await wms().cancel(order.code, reference, options);
      expect(outcome).toEqual({ kind: 'cancelled' });
    }
    expect(await bench.inLedger(order.code)).toMatchObject([{ state: 'cancelled' }]);
    expect(await wms().lookup(order.code)).toEqual([{ reference, state: 'cancelled' }]);
  });

  it('is too late for an order that has shipped', async () => {
    const { order, reference } = await created();
    await bench.shipAfter(0);
    const { outcome } = await wms().cancel(order.code, reference, options);
    await bench.shipAfter(1_000_000_000);
    expect(outcome.kind).toBe('too-late');
    expect(await bench.inLedger(order.code)).toMatchObject([{ state: 'shipped' }]);
    expect(await wms().lookup(order.code)).toEqual([{ reference, state: 'shipped' }]);
  });

  it.each(['reset-before', 'reset-after', '5xx-after', 'broken-body', 'timeout-after'] as const)(
    'leaves a cancellation unknown under %s, and finds out when asked again',
    async (kind) => {
      const { order, reference } = await created();
      await bench.faults({ endpoint: bench.fixture.cancelEndpoint, kind, times: 1 });
      const first = await wms().cancel(order.code, reference, { ...options, timeoutMs: 1_000 });
      // A broken answer may be made up for by asking what has become of the order.
      expect(['unknown', 'cancelled']).toContain(first.outcome.kind);
      const second = await wms().cancel(order.code, reference, options);
      expect(second.outcome).toEqual({ kind: 'cancelled' });
      expect(await bench.inLedger(order.code)).toMatchObject([{ state: 'cancelled' }]);
    },
  );

  it('does not ship what was cancelled', async () => {
    const { order, reference } = await created();
    await wms().cancel(order.code, reference, options);
    await bench.shipAfter(0);
    const { shipments } = await wms().shipmentsSince(null);
    await bench.shipAfter(1_000_000_000);
    expect(shipments.map(({ code }) => code)).not.toContain(order.code);
  });
}

function connectContract(bench: WmsBench, wms: () => Wms): void {
  const { secret } = bench.fixture;

  it('names the setting that does not fit', () => {
    const settings = bench.fixture.settings(bench.standIn.url);
    expect(() => bench.adapter.connect({ ...settings, [secret]: '' })).toThrow(ZodError);
    expect(() => bench.adapter.connect({ ...settings, [secret]: '' })).toThrow(secret);
    expect(() => bench.adapter.connect({ ...settings, tpyo: 1 })).toThrow('tpyo');
  });

  it('says with a wrong secret that nothing was received and why, and tells no secret', async () => {
    const stranger = bench.connect({ [secret]: 'a-wrong-secret' });
    const order = bench.order();
    const reply = await createOne(stranger, order);
    expect(reply.outcome).toMatchObject({
      kind: 'not-received',
      reason: expect.stringContaining('credentials'),
    });
    expect(await bench.inLedger(order.code)).toEqual([]);
    const told = [reply, await stranger.lookup(order.code).catch((error: Error) => error.message)];
    expect(JSON.stringify(told)).not.toMatch(/secret-of-the-test|a-wrong-secret/);
    expect(told[1]).toContain('credentials');
  });

  it('keeps no credentials in the evidence', async () => {
    const { exchange } = await createOne(wms(), bench.order());
    expect(JSON.stringify(exchange)).not.toMatch(/of-the-test|authorization|signature/i);
  });

  it('promises what the registry says', () => {
    expect(wms().capabilities).toEqual(bench.adapter.capabilities);
  });
}

function shippingContract(bench: WmsBench, wms: () => Wms): void {
  it('knows every level of stock, and counts down what has shipped', async () => {
    if (wms().capabilities.stock === 'none') return expect(wms().stock()).resolves.toEqual([]);
    const level = async () => (await wms().stock()).find(({ itemCode }) => itemCode === ITEMS[1])?.quantity;
    expect(await wms().stock()).toHaveLength(ITEMS.length);
    const before = await level();
    expect(before).toBeLessThanOrEqual(STOCK);
    await createOne(wms(), bench.order({ items: [{ itemCode: ITEMS[1], name: '김', quantity: 7 }] }));
    expect(await level()).toBe(before);
    await bench.shipAfter(0);
    expect(await level()).toBe((before ?? 0) - 7);
    await bench.shipAfter(1_000_000_000);
  });

  it('brings every shipment through the cursor, over restarts and faults', async () => {
    const seen = new Map<string, WmsShipment>();
    let cursor: string | null = null;
    const poll = async () => {
      const answer = await wms().shipmentsSince(cursor);
      for (const shipment of answer.shipments) seen.set(shipment.shipmentId, shipment);
      cursor = answer.cursor;
    };
    await bench.shipAfter(0);
    await poll();
    for (let round = 0; round < 4; round += 1) {
      await bench.faults();
      await bench.shipAfter(1_000_000_000);
      const orders = bench.orders(60);
      const replies = await wms().create(orders, options);
      expect(replies.every(({ outcome }) => outcome.kind === 'done')).toBe(true);
      await bench.restart(0);
      await bench.faults(
        { endpoint: '*', kind: '5xx-after', probability: 0.1 },
        { endpoint: '*', kind: 'reset-after', probability: 0.1 },
        { endpoint: '*', kind: 'broken-body', probability: 0.1 },
        { endpoint: '*', kind: '429', probability: 0.1 },
      );
      await eventually(poll);
    }
    await bench.faults();
    await poll();
    const { list } = await bench.ledger();
    const shipped = list.flatMap((row) =>
      row.shipments.map((parcel) => ({ ...parcel, code: row.code, items: row.items })),
    );
    expect(shipped.length).toBeGreaterThan(240);
    expect([...seen.keys()].toSorted()).toHaveLength(shipped.length);
    for (const { trackingNumber, carrier, code, items } of shipped) {
      const match = [...seen.values()].find((shipment) => shipment.trackingNumber === trackingNumber);
      expect(match).toMatchObject({ code, carrier, items });
    }
  });

  it('repeats little once everything has been read', async () => {
    const { cursor } = await wms().shipmentsSince(null);
    const next = await wms().shipmentsSince(cursor);
    expect(next.cursor).toBe(cursor);
  });
}
