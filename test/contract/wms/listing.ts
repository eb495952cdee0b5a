import { OutsideUnavailable } from '../../../activities/outcome';
import type { Wms, WmsOrderListed } from '../../../activities/wms/wms';
import { createAll, created, options, type WmsBench } from './bench';

/** The WMS's own list of orders, by which it is compared with what was sent. */
export function listContract(bench: WmsBench, wms: () => Wms): void {
  it('lists every live order since a moment, also under paging', async () => {
    const from = new Date();
    if (wms().capabilities.list === 'none')
      return expect(wms().ordersSince(from)).rejects.toThrow(OutsideUnavailable);
    const replies = await createAll(wms(), bench.orders(130));
    expect(replies.every(({ outcome }) => outcome.kind === 'done')).toBe(true);
    const { list } = await bench.ledger();
    const sent = list.slice(-130).map(({ code, reference, state }) => ({
      code,
      reference: bench.referenceFound(bench.referenceCreated(reference)),
      state,
    }));
    const listed = await wms().ordersSince(from);
    const codes = new Set(sent.map(({ code }) => code));
    expect(byCode(listed.filter(({ code }) => codes.has(code)))).toEqual(byCode(sent));
  });

  it('lists what has shipped as shipped, and nothing that was cancelled as live', async () => {
    if (wms().capabilities.list === 'none') return;
    const from = new Date();
    await bench.staffTakeIn(false);
    const cancelled = await created(bench, wms());
    await wms().cancel(cancelled.order.code, cancelled.reference, options);
    await bench.staffTakeIn(true);
    const shipped = await created(bench, wms());
    await bench.shipAfter(0);
    const listed = await wms().ordersSince(from);
    await bench.shipAfter(1_000_000_000);
    const statesOf = (code: string) =>
      listed.filter((order) => order.code === code).map(({ state }) => state);
    expect(statesOf(shipped.order.code)).toEqual(['shipped']);
    expect(statesOf(cancelled.order.code).filter((state) => state !== 'cancelled')).toEqual([]);
  });
}

function byCode(orders: readonly WmsOrderListed[]): WmsOrderListed[] {
  return orders.toSorted((one, other) => one.code.localeCompare(other.code));
}
