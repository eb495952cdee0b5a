import { OutsideUnavailable } from '../../../activities/outcome';
import type { FetchedRecord } from '../../../activities/sources/source';
import { UndecodableRecord } from '../../../domain/errors';
import { isCancelled } from '../../../domain/merge-parts';
import type { StandardOrder } from '../../../domain/order';
import type { EmittedOrder } from '../../../sandbox/generator/generate-day';
import type { FaultKind } from '../../../sandbox/stand-in/faults';
import { type Bench, keyOf } from './bench';

const named = ({ recordId, contentHash }: FetchedRecord) => `${recordId} ${contentHash}`;

export function describeCollecting(bench: Bench): void {
  const strike = (kind: FaultKind, more: { times?: number; ms?: number } = { times: 1 }) =>
    bench.fixture.standIn.setFaults([{ endpoint: bench.fixture.ordersEndpoint, kind, ...more }]);
  /** What was taken back before anybody could see it, a source need not offer. */
  const wanted = () => bench.fixture.orders.filter((order) => !isCancelledAtOnce(order)).map(keyOf);
  const found = async () => [...bench.ordersIn(await bench.collect()).keys()];

  test('offers every order, to the won and to the piece', async () => {
    const orders = bench.ordersIn(await bench.collect());
    expect([...orders.keys()]).toEqual(expect.arrayContaining(wanted()));
    const { told = (order: StandardOrder) => order } = bench.fixture;
    const emitted = new Map(bench.fixture.orders.map((order) => [keyOf(order), order]));
    for (const [key, order] of orders) {
      const placed = emitted.get(key);
      expect(plain(order)).toEqual(placed && plain(told(standardForm(placed))));
    }
  });

  test('tells the cancelled orders from the others', async () => {
    const orders = [...bench.ordersIn(await bench.collect()).values()];
    const kept = orders.filter((order) => !isCancelled(order)).map(({ key }) => key);
    expect(kept.sort()).toEqual(wanted().sort());
  });

  test('gives the same records again, each once', async () => {
    const first = await bench.collect();
    const second = await bench.collect();
    expect(new Set(first.map(named)).size).toBe(first.length);
    expect(second.map(named).sort()).toEqual(first.map(named).sort());
  });

  test('goes on after any page where an earlier reading stopped', async () => {
    const pages = [];
    for await (const page of bench.source.fetchRecords(bench.fixture.window)) pages.push(page);
    expect(pages.at(-1)?.next).toBeUndefined();
    for (const [index, { next }] of pages.entries()) {
      if (next === undefined) continue;
      const rest = pages.slice(index + 1).flatMap(({ records }) => records);
      const again = await bench.collect(bench.source, bench.fixture.window, next);
      expect(again.map(named)).toEqual(expect.arrayContaining(rest.map(named)));
    }
  });

  test('loses nothing at the edge of two windows', async () => {
    const [early, late] = bench.halves();
    const records = [
      ...(await bench.collect(bench.source, early)),
      ...(await bench.collect(bench.source, late)),
    ];
    expect([...bench.ordersIn(records).keys()]).toEqual(expect.arrayContaining(wanted()));
  });

  const lostAnswers: FaultKind[] = ['timeout-after', 'reset-after', '5xx-after', 'broken-body'];
  test.each(lostAnswers)('loses nothing when the answer is lost (%s)', async (kind) => {
    await strike(kind);
    await expect(bench.collect()).rejects.toThrow(OutsideUnavailable);
    expect(await found()).toEqual(expect.arrayContaining(wanted()));
  });

  const noAnswers: FaultKind[] = ['timeout-before', 'reset-before', '5xx-before', '429'];
  test.each(noAnswers)('is unavailable, never empty, when there is no answer (%s)', async (kind) => {
    await strike(kind);
    await expect(bench.collect()).rejects.toThrow(OutsideUnavailable);
  });

  test('is unavailable when it is down', async () => {
    await bench.fixture.standIn.setFaults([{ endpoint: '*', kind: 'down' }]);
    await expect(bench.collect()).rejects.toThrow(OutsideUnavailable);
  });

  test('loses nothing when a request is acted on twice', async () => {
    await strike('duplicate-delivery', {});
    expect(await found()).toEqual(expect.arrayContaining(wanted()));
  });

  test('waits for a slow answer as long as it is set to, and no longer', async () => {
    await strike('slow', { times: 1, ms: 100 });
    expect(await bench.collect()).not.toHaveLength(0);
    await strike('slow', { times: 1, ms: 1_500 });
    await expect(bench.collect()).rejects.toThrow(OutsideUnavailable);
  });

  test('goes on when its token or session has ended midway', async () => {
    await bench.collect();
    await bench.fixture.expireSession?.();
    expect(await found()).toEqual(expect.arrayContaining(wanted()));
  });

  test('keeps a record that cannot be read as it came, and the others with it', async () => {
    const broken = await bench.fixture.emitBroken();
    const records = await bench.collect();
    const record = records.find(({ recordId }) => recordId === broken);
    expect(() => bench.source.decode(record?.body ?? Buffer.alloc(0))).toThrow(UndecodableRecord);
    const others = records.filter((each) => each !== record);
    expect([...bench.ordersIn(others).keys()]).toEqual(expect.arrayContaining(wanted()));
  });

  test('refuses what is no record at all by naming something of it', () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('{'), Buffer.from([0xb1, 0xff]), Buffer.from('null')])
      expect(() => bench.source.decode(bytes)).toThrow(UndecodableRecord);
  });

  test('says that a secret is wrong without saying the secret', async () => {
    const { settings, secret } = bench.fixture.wrongSecret;
    await bench.withSettings(settings, async (wrong) => {
      const error = await bench.collect(wrong).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(OutsideUnavailable);
      expect(String(error)).not.toContain(secret);
    });
  });

  test('names the setting that does not fit', async () => {
    await expect(bench.withSettings({}, async () => undefined)).rejects.toThrow(/expected|required|invalid/i);
  });
}

/** What only some sources tell has tests of its own. */
function plain(order: StandardOrder) {
  const { shipBy: _, lines, ...rest } = order;
  return { ...rest, lines: lines.map(({ listing: __, ...line }) => line) };
}

function isCancelledAtOnce({ cancellation, lines }: EmittedOrder): boolean {
  return cancellation?.afterSeconds === 0 && cancellation.lineNumbers.length === lines.length;
}

function standardForm(order: EmittedOrder): StandardOrder {
  const { recipient, cancellation } = order;
  const cancelled = cancellation?.afterSeconds === 0 ? cancellation.lineNumbers : [];
  return {
    key: keyOf(order),
    channel: order.channel,
    orderNumber: order.orderNumber,
    orderedAt: order.placedAt,
    recipient: {
      name: recipient.name,
      phone: recipient.mobile,
      phone2: recipient.safeNumber,
      postcode: recipient.postcode,
      address: recipient.address,
      deliveryMessage: recipient.deliveryMessage,
    },
    shippingFee: order.shippingFee,
    shipBy: null,
    lines: order.lines.map(({ lineNumber, deal, option, quantity, amount, discount }) => ({
      lineNumber,
      deal,
      option,
      quantity,
      cancelledQuantity: cancelled.includes(lineNumber) ? quantity : 0,
      amount,
      discount,
      listing: null,
    })),
  };
}
