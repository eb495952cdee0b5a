import { OutsideUnavailable } from '../../../activities/outcome';
import type { Wms } from '../../../activities/wms/wms';
import { created, createOne, options, shipmentsSince, type WmsBench } from './bench';

/** The call limit of a connection: no request is made without a permit. */
export function permitContract(bench: WmsBench, wms: () => Wms): void {
  const { capabilities } = bench.adapter;

  it('asks for a permit before each request: the first, those for more pages, and those that look what came of it', async () => {
    const fresh = bench.connect();
    const before = await bench.receivedInAll();
    bench.permits = 0;
    const { order, reference } = await created(bench, fresh);
    await bench.find(fresh, order.code);
    if (capabilities.list !== 'none') await fresh.ordersSince(bench.startedAt);
    await shipmentsSince(fresh, bench.startedAt);
    await fresh.stock();
    await fresh.cancel(order.code, reference, options);
    // Refused, it asks whether the code is known where it has to.
    await createOne(fresh, order);
    expect(bench.permits).toBe((await bench.receivedInAll()) - before);
    expect(bench.permits).toBeGreaterThan(4);
  });

  it('is not called where there is no permit: certainly not received, and to be tried again then', async () => {
    const { order, reference } = await created(bench, wms());
    const before = await bench.receivedInAll();
    const barred = bench.connect({}, () => Promise.reject(new OutsideUnavailable('the limit', 1_234)));
    const another = await createOne(barred, bench.order());
    expect(another.outcome).toMatchObject({ kind: 'not-received', retryAfterMs: 1_234 });
    const cancellation = await barred.cancel(order.code, reference, options);
    expect(cancellation.outcome).toMatchObject({ kind: 'not-received' });
    for (const reading of [bench.find(barred, order.code), barred.shipmentsSince(bench.startedAt)])
      await expect(reading).rejects.toMatchObject({ name: 'OutsideUnavailable', retryAfterMs: 1_234 });
    expect(await bench.receivedInAll()).toBe(before);
  });
}
