import { OutsideUnavailable } from '../../activities/outcome';
import { sourceAdapters } from '../../activities/sources/registry';
import type { FetchedRecord, Source, SourceAdapter, TrackingUpload } from '../../activities/sources/source';
import { UndecodableRecord } from '../../domain/errors';
import { isCancelled, mergeParts } from '../../domain/merge-parts';
import type { OrderPart, StandardOrder } from '../../domain/order';
import { orderKey } from '../../domain/order-key';
import type { EmittedOrder } from '../../sandbox/generator/generate-day';
import type { FaultKind } from '../../sandbox/stand-in/faults';
import { toolsOfOne } from '../support/source-tools';
import { orderTold } from '../support/told';
import { type SourceFixture, sourceFixtures } from './source-fixtures';

const ORDERS = 60;

/** What every adapter of the registry promises; its own tests add its quirks only. */
describe.each([...sourceAdapters])('the source $name', (adapter) => {
  let fixture: SourceFixture;
  let source: Source;

  beforeEach(async () => {
    const start = sourceFixtures[adapter.name];
    if (!start) throw new Error(`No fixture for ${adapter.name} in source-fixtures.ts`);
    fixture = await start(ORDERS);
    source = await adapter.connect(fixture.settings, toolsOfOne());
  });

  afterEach(async () => {
    await source.close();
    await fixture.stop();
  });

  test('offers every order, to the won and to the piece', async () => {
    const orders = standardOrders(source, await collect(source, fixture));
    expect([...orders.keys()].sort()).toEqual(fixture.orders.map(keyOf).sort());
    for (const emitted of fixture.orders) expect(orders.get(keyOf(emitted))).toEqual(standardForm(emitted));
  });

  test('tells the cancelled orders from the others', async () => {
    const orders = standardOrders(source, await collect(source, fixture));
    const cancelled = [...orders.values()].filter(isCancelled).map(({ key }) => key);
    expect(cancelled.sort()).toEqual(fixture.orders.filter(isCancelledAtOnce).map(keyOf).sort());
  });

  test('gives the same records again', async () => {
    const first = await collect(source, fixture);
    const second = await collect(source, fixture);
    const named = ({ recordId, contentHash }: FetchedRecord) => `${recordId} ${contentHash}`;
    expect(new Set(first.map(named)).size).toBe(first.length);
    expect(second.map(named).sort()).toEqual(first.map(named).sort());
  });

  const lostAnswers: FaultKind[] = ['timeout-after', 'reset-after', '5xx-after', 'broken-body'];
  test.each(lostAnswers)('loses nothing when the answer is lost (%s)', async (kind) => {
    await fixture.standIn.setFaults([{ endpoint: fixture.ordersEndpoint, kind, times: 1 }]);
    await expect(collect(source, fixture)).rejects.toThrow(OutsideUnavailable);
    expect(standardOrders(source, await collect(source, fixture)).size).toBe(ORDERS);
  });

  const noAnswers: FaultKind[] = ['timeout-before', 'reset-before', '5xx-before', '429'];
  test.each(noAnswers)('is unavailable, never empty, when there is no answer (%s)', async (kind) => {
    await fixture.standIn.setFaults([{ endpoint: fixture.ordersEndpoint, kind, times: 1 }]);
    await expect(collect(source, fixture)).rejects.toThrow(OutsideUnavailable);
  });

  test('is unavailable when it is down', async () => {
    await fixture.standIn.setFaults([{ endpoint: '*', kind: 'down' }]);
    await expect(collect(source, fixture)).rejects.toThrow(OutsideUnavailable);
  });

  test('loses nothing when a request is acted on twice', async () => {
    await fixture.standIn.setFaults([{ endpoint: fixture.ordersEndpoint, kind: 'duplicate-delivery' }]);
    expect(standardOrders(source, await collect(source, fixture)).size).toBe(ORDERS);
  });

  test('waits for a slow answer as long as it is set to, and no longer', async () => {
    const slow = { endpoint: fixture.ordersEndpoint, kind: 'slow', times: 1 } as const;
    await fixture.standIn.setFaults([{ ...slow, ms: 100 }]);
    expect(await collect(source, fixture)).not.toHaveLength(0);
    await fixture.standIn.setFaults([{ ...slow, ms: 1_500 }]);
    await expect(collect(source, fixture)).rejects.toThrow(OutsideUnavailable);
  });

  test('keeps a record that cannot be read as it came, and the others with it', async () => {
    const broken = await fixture.emitBroken();
    const records = await collect(source, fixture);
    const record = records.find(({ recordId }) => recordId === broken);
    expect(() => source.decode(record?.body ?? Buffer.alloc(0))).toThrow(UndecodableRecord);
    const others = records.filter((each) => each !== record);
    expect(standardOrders(source, others).size).toBe(ORDERS);
  });

  test('says that a secret is wrong without saying the secret', async () => {
    const { settings, secret } = fixture.wrongSecret;
    await withSource(adapter, settings, async (wrong) => {
      const error = await collect(wrong, fixture).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(OutsideUnavailable);
      expect(String(error)).not.toContain(secret);
    });
  });

  test('names the setting that does not fit', async () => {
    await expect(adapter.connect({}, toolsOfOne())).rejects.toThrow(/expected|required|invalid/i);
  });

  describe('tracking', () => {
    const upload = (recordIds: string[], trackingNumber: string): TrackingUpload => ({
      recordIds,
      carrier: 'cj',
      trackingNumber,
      shippedAt: new Date(),
    });

    /** The lines of the first order that is not cancelled, and their records. */
    async function live(): Promise<{ order: EmittedOrder; recordIds: string[] }> {
      const records = await collect(source, fixture);
      const order = fixture.orders.find(({ cancellation }) => cancellation === null);
      if (!order) throw new Error('Every order is cancelled');
      const mine = records.filter(({ body }) => keyOfPart(source, body) === keyOf(order));
      return { order, recordIds: mine.map(({ recordId }) => recordId) };
    }

    async function trackingOf(order: EmittedOrder): Promise<string[][]> {
      return Promise.all(order.lines.map((line) => fixture.trackingOf(order, line)));
    }

    test('reaches every line of the parcel', async () => {
      const { order, recordIds } = await live();
      const [reply] = await source.uploadTracking([upload(recordIds, '600000000001')]);
      expect(reply?.outcome).toEqual({ kind: 'done' });
      expect(await trackingOf(order)).toEqual(order.lines.map(() => ['600000000001']));
    });

    test('can be uploaded again, and corrected', async () => {
      const { order, recordIds } = await live();
      for (const number of ['600000000001', '600000000001', '600000000002']) {
        const [reply] = await source.uploadTracking([upload(recordIds, number)]);
        expect(reply?.outcome).toEqual({ kind: 'done' });
      }
      for (const numbers of await trackingOf(order)) expect(numbers.at(-1)).toBe('600000000002');
    });

    test('is registered once when a request is acted on twice', async () => {
      const { order, recordIds } = await live();
      await fixture.standIn.setFaults([{ endpoint: fixture.uploadsEndpoint, kind: 'duplicate-delivery' }]);
      const [reply] = await source.uploadTracking([upload(recordIds, '600000000001')]);
      expect(reply?.outcome).toEqual({ kind: 'done' });
      for (const numbers of await trackingOf(order))
        expect(new Set(numbers)).toEqual(new Set(['600000000001']));
    });

    test('comes in no larger batches than the source takes', async () => {
      const tooMany = Array.from({ length: source.capabilities.uploadsPerCall + 1 }, () =>
        upload(['1'], '600000000001'),
      );
      await expect(source.uploadTracking(tooMany)).rejects.toThrow(RangeError);
      expect(await source.uploadTracking([])).toEqual([]);
    });

    test('is answered for each parcel', async () => {
      const { recordIds } = await live();
      const replies = await source.uploadTracking([
        upload(['99999999'], '600000000003'),
        upload(recordIds, '600000000004'),
      ]);
      expect(replies.map(({ outcome }) => outcome.kind)).toEqual(['refused', 'done']);
    });

    test('is unknown when the answer is lost, and done when it is sent again', async () => {
      const { recordIds } = await live();
      await fixture.standIn.setFaults([{ endpoint: fixture.uploadsEndpoint, kind: 'reset-after', times: 1 }]);
      const [lost] = await source.uploadTracking([upload(recordIds, '600000000005')]);
      expect(lost?.outcome.kind).toBe('unknown');
      const [again] = await source.uploadTracking([upload(recordIds, '600000000005')]);
      expect(again?.outcome.kind).toBe('done');
    });

    test('was not received when the source is down or has enough of us', async () => {
      const { recordIds } = await live();
      for (const fault of [
        { endpoint: fixture.uploadsEndpoint, kind: '429' },
        { endpoint: '*', kind: 'down' },
      ] as const) {
        await fixture.standIn.setFaults([fault]);
        const [reply] = await source.uploadTracking([upload(recordIds, '600000000006')]);
        expect(reply?.outcome.kind).toBe('not-received');
      }
    });

    test('leaves evidence without the secret', async () => {
      const { recordIds } = await live();
      const [reply] = await source.uploadTracking([upload(recordIds, '600000000007')]);
      const secrets = Object.values(fixture.wrongSecret.settings).filter(
        (value) => !Object.values(fixture.settings).includes(value),
      );
      expect(secrets).toHaveLength(1);
      const [name] = Object.entries(fixture.wrongSecret.settings).find(
        ([, value]) => value === secrets[0],
      ) ?? [''];
      expect(reply?.exchange.request).toContain('600000000007');
      expect(JSON.stringify(reply?.exchange)).not.toContain(String(fixture.settings[name]));
    });
  });
});

async function collect(source: Source, { window }: SourceFixture): Promise<FetchedRecord[]> {
  const records: FetchedRecord[] = [];
  for await (const page of source.fetchRecords(window)) records.push(...page.records);
  return records;
}

async function withSource(
  adapter: SourceAdapter,
  settings: unknown,
  use: (source: Source) => Promise<void>,
): Promise<void> {
  const source = await adapter.connect(settings, toolsOfOne());
  try {
    await use(source);
  } finally {
    await source.close();
  }
}

function keyOfPart(source: Source, body: Uint8Array): string {
  const { channel, orderNumber } = source.decode(body);
  return orderKey(channel, orderNumber);
}

function standardOrders(source: Source, records: readonly FetchedRecord[]): Map<string, StandardOrder> {
  const parts = new Map<string, OrderPart[]>();
  for (const { body } of records) {
    const part = orderTold(source, body);
    const key = orderKey(part.channel, part.orderNumber);
    parts.set(key, [...(parts.get(key) ?? []), part]);
  }
  return new Map([...parts].map(([key, ofOrder]) => [key, sorted(mergeParts(ofOrder))]));
}

function sorted(order: StandardOrder): StandardOrder {
  return { ...order, lines: order.lines.toSorted((a, b) => Number(a.lineNumber) - Number(b.lineNumber)) };
}

function keyOf({ channel, orderNumber }: EmittedOrder): string {
  return orderKey(channel, orderNumber);
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
