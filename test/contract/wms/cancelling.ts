import { OutsideUnavailable } from '../../../activities/outcome';
import type { Wms, WmsOrderFound } from '../../../activities/wms/wms';
import { created, createOne, options, shipmentsSince, type WmsBench } from './bench';

/** Finding an order again, and cancelling it. */
export function cancelContract(bench: WmsBench, wms: () => Wms): void {
  beforeEach(() => bench.staffTakeIn(false));
  afterEach(() => bench.staffTakeIn(true));

  const found = (reference: string, state: WmsOrderFound['state']) =>
    state === 'cancelled' && bench.fixture.forgetsCancelled
      ? []
      : [{ reference: bench.referenceFound(reference), state }];

  it('finds an order by its caller key, exactly', async () => {
    await bench.staffTakeIn(true);
    const { order, reference } = await created(bench, wms());
    const longer = bench.order({ code: `${order.code}0` });
    await createOne(wms(), longer);
    expect(await bench.find(wms(), order.code)).toEqual(found(reference, 'open'));
    expect(await bench.find(wms(), order.code.slice(0, -1))).toEqual([]);
  });

  it('does not say that there is nothing where nothing can be looked up', async () => {
    if (wms().capabilities.lookup !== 'none') return;
    await expect(wms().lookup(bench.order().code)).rejects.toThrow(OutsideUnavailable);
  });

  it('promises a lag where an order is not found at once', async () => {
    const { lookup } = wms().capabilities;
    const { order, reference } = await created(bench, wms());
    const early = await bench.find(wms(), order.code);
    await bench.staffTakeIn(true);
    expect(await bench.find(wms(), order.code)).toEqual(found(reference, 'open'));
    if (early.length === 0) expect(lookup).toMatchObject({ visibleAfterSeconds: expect.any(Number) });
    if (early.length === 0) expect(lookup).not.toEqual({ visibleAfterSeconds: 0 });
  });

  it('cancels an open order, and says so again when asked again', async () => {
    const { order, reference } = await created(bench, wms());
    for (let asked = 0; asked < 2; asked += 1) {
      const { outcome } = await wms().cancel(order.code, reference, options);
      expect(outcome).toEqual({ kind: 'cancelled' });
    }
    expect(await bench.inLedger(order.code)).toMatchObject([{ state: 'cancelled' }]);
    expect(await bench.find(wms(), order.code)).toEqual(found(reference, 'cancelled'));
  });

  it('is too late for an order that has shipped', async () => {
    await bench.staffTakeIn(true);
    const { order, reference } = await created(bench, wms());
    await bench.shipAfter(0);
    const { outcome } = await wms().cancel(order.code, reference, options);
    await bench.shipAfter(1_000_000_000);
    expect(outcome.kind).toBe('too-late');
    expect(await bench.inLedger(order.code)).toMatchObject([{ state: 'shipped' }]);
    expect(await bench.find(wms(), order.code)).toEqual(found(reference, 'shipped'));
  });

  it.each(['reset-before', 'reset-after', '5xx-after', '409-after', 'broken-body', 'timeout-after'] as const)(
    'leaves a cancellation unknown under %s, and finds out when asked again',
    async (kind) => {
      const { order, reference } = await created(bench, wms());
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
    const { order, reference } = await created(bench, wms());
    await wms().cancel(order.code, reference, options);
    await bench.staffTakeIn(true);
    await bench.shipAfter(0);
    const { shipments } = await shipmentsSince(wms(), bench.startedAt);
    await bench.shipAfter(1_000_000_000);
    expect(shipments.map(({ code }) => code)).not.toContain(order.code);
  });
}
