import type { Wms } from '../../../activities/wms/wms';
import { createAll, createOne, options, TIMEOUT_MS, type WmsBench } from './bench';

/** What becomes of an order that is created, and of one that is created again. */
export function createContract(bench: WmsBench, wms: () => Wms): void {
  const repeated = { 'same-order': 'done', refused: 'duplicate', 'not-promised': 'done' } as const;

  it('accepts an order, and the WMS has it as it was sent', async () => {
    const order = bench.order();
    const { outcome, exchange } = await createOne(wms(), order);
    const [row, ...others] = await bench.inLedger(order.code);
    expect(others).toEqual([]);
    expect(outcome).toEqual({ kind: 'done', reference: bench.referenceCreated(row?.reference ?? '') });
    expect(row?.orderNumbers).toContain(order.orderNumbers[0]);
    expect(row?.items).toEqual(order.items.map(({ itemCode, quantity }) => ({ itemCode, quantity })));
    expect(exchange.request).toContain(order.code);
    expect(exchange.response).toMatch(new RegExp(`${order.code}|${row?.reference}`));
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

  it('answers for each of several orders by itself, in the same order', async () => {
    const known = bench.order();
    await createOne(wms(), known);
    const { recipient } = known;
    const invalid = bench.order({ recipient: { ...recipient, name: '' } });
    const sent = [bench.order(), known, invalid, bench.order()];
    const replies = await createAll(wms(), sent);
    const { onRepeat } = wms().capabilities;
    const kind = repeated[onRepeat];
    const timesMade = (code: string) => (code === known.code && onRepeat === 'not-promised' ? 2 : 1);
    expect(replies.map(({ outcome }) => outcome.kind)).toEqual(['done', kind, 'refused', 'done']);
    for (const [index, { code }] of sent.entries()) {
      expect(await bench.inLedger(code)).toHaveLength(code === invalid.code ? 0 : timesMade(code));
      expect(replies[index]?.exchange.request).toContain(code);
      const others = sent.filter((other) => other.code !== code);
      for (const other of others) expect(replies[index]?.exchange.request).not.toContain(other.code);
    }
  });

  it('takes as many orders as it says in one request', async () => {
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
