import type { Wms, WmsShipment } from '../../../activities/wms/wms';
import { eventually } from '../../support/eventually';
import { createAll, createOne, shipmentsSince, type WmsBench } from './bench';
import { ITEMS, STOCK } from './fixtures';

/** Stock, and parcels through the cursor. */
export function shippingContract(bench: WmsBench, wms: () => Wms): void {
  it('knows every level of stock, and counts down what has shipped', async () => {
    if (wms().capabilities.stock === 'none') return expect(wms().stock()).resolves.toEqual([]);
    const level = async () => (await wms().stock()).find(({ itemCode }) => itemCode === ITEMS[1])?.quantity;
    expect(await wms().stock()).toHaveLength(ITEMS.length);
    const before = await level();
    expect(before).toBeLessThanOrEqual(STOCK);
    await createOne(wms(), bench.order({ items: [{ itemCode: ITEMS[1], name: '김', quantity: 7 }] }));
    const after = (before ?? 0) - 7;
    expect(await level()).toBe(wms().capabilities.stock === 'available' ? after : before);
    await bench.shipAfter(0);
    expect(await level()).toBe(after);
    await bench.shipAfter(1_000_000_000);
  });

  it('brings every shipment through the cursor, over restarts and faults', async () => {
    const seen = new Map<string, WmsShipment>();
    let cursor: string | Date = bench.startedAt;
    const poll = async (): Promise<void> => {
      const answer = await wms().shipmentsSince(cursor);
      for (const shipment of answer.shipments) seen.set(shipment.shipmentId, shipment);
      cursor = answer.cursor;
      if (answer.more) await poll();
    };
    await bench.shipAfter(0);
    await poll();
    for (let round = 0; round < 4; round += 1) {
      await bench.faults();
      await bench.shipAfter(1_000_000_000);
      const orders = bench.orders(60);
      const replies = await createAll(wms(), orders);
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
    expect(shipped.length).toBeGreaterThanOrEqual(240);
    expect([...seen.keys()].toSorted()).toHaveLength(shipped.length);
    for (const { trackingNumber, carrier, code, items } of shipped) {
      const match = [...seen.values()].find((shipment) => shipment.trackingNumber === trackingNumber);
      expect(match).toMatchObject({ code, carrier, items });
    }
  });

  it('brings a parcel of a carrier that the connection does not name, in the words of the WMS', async () => {
    await createOne(wms(), bench.order());
    await bench.shipAfter(0);
    const { shipments } = await shipmentsSince(bench.connect({ carrierCodes: {} }), bench.startedAt);
    await bench.shipAfter(1_000_000_000);
    const { list } = await bench.ledger();
    expect(shipments).toHaveLength(list.filter(({ state }) => state === 'shipped').length);
    for (const { carrier } of shipments) expect(carrier).toEqual({ other: expect.stringMatching(/./) });
  });

  it('brings the other parcels when one cannot be read, and names it', async () => {
    const [spoiled, ...others] = bench.orders(3);
    if (!spoiled) throw new Error('no order');
    await createAll(wms(), [spoiled, ...others]);
    await bench.shipAfter(0);
    await shipmentsSince(wms(), bench.startedAt);
    await bench.admin('parcels', { code: spoiled.code, trackingNumber: 12.5 });
    const again = await shipmentsSince(wms(), bench.startedAt);
    const codes = again.shipments.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(others.map(({ code }) => code)));
    expect(codes).not.toContain(spoiled.code);
    expect(again.unreadable).toContainEqual({
      id: expect.stringMatching(/\d/),
      reason: expect.not.stringContaining('12.5'),
    });
    await bench.admin('parcels', { code: spoiled.code, trackingNumber: '600000000001' });
    await bench.shipAfter(1_000_000_000);
  });

  it('repeats little once everything has been read', async () => {
    const { cursor } = await shipmentsSince(wms(), bench.startedAt);
    const next = await shipmentsSince(wms(), cursor);
    expect(next.cursor).toBe(cursor);
  });
}
