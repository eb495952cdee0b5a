import { outcomeOf } from '../../activities/sources/coupang/box-results';
import type { TrackingUpload } from '../../activities/sources/source';
import { orderTold } from '../support/told';
import { CoupangSetup, HOUR, MINUTE, ScriptedGateway } from './coupang-setup';

const coupang = CoupangSetup.forEachTest();
const scripted = ScriptedGateway.forEachTest();

const acknowledge = async (recordIds: readonly string[]) => {
  const replies = (await coupang.source.acknowledge?.(recordIds)) ?? [];
  return replies.map(({ outcome }) => outcome);
};
const parcel = (recordIds: readonly string[], trackingNumber: string): TrackingUpload => ({
  recordIds,
  carrier: 'cj',
  trackingNumber,
  shippedAt: new Date(coupang.now),
});
const upload = async (...uploads: TrackingUpload[]) =>
  (await coupang.source.uploadTracking(uploads)).map(({ outcome }) => outcome);

async function acknowledged() {
  const found = await coupang.orderOf(1);
  await acknowledge(found.recordIds);
  coupang.now += MINUTE;
  return found;
}

/** The first part of what a parcel's sheet says now. */
async function sheetOf(recordId: string): Promise<{ status: string; invoiceNumber: string }> {
  const [record] = (await coupang.source.reread?.([recordId])) ?? [];
  return JSON.parse(Buffer.from(record?.body ?? []).toString());
}

beforeEach(() => coupang.emit(40));

describe('acknowledging', () => {
  test('tells for each parcel of one call what became of it', async () => {
    const [kept, cancelled] = (await coupang.live()).filter(({ recordIds }) => recordIds.length === 1);
    await coupang.claim(cancelled?.order.orderNumber ?? '', 'cancellation');
    const outcomes = await acknowledge([
      ...(kept?.recordIds ?? []),
      ...(cancelled?.recordIds ?? []),
      'box-642538970999999999',
    ]);
    expect(outcomes).toEqual([
      { kind: 'done' },
      { kind: 'refused', reason: expect.stringContaining('취소 또는 반품') },
      { kind: 'refused', reason: expect.stringContaining('not found') },
    ]);
    expect(await coupang.source.reread?.(cancelled?.recordIds ?? [])).toEqual([]);
  });

  test('waits for the refund of a part of the parcel, and then has the rest', async () => {
    await coupang.set({ refundMs: HOUR });
    const found = (await coupang.live()).find(({ order }) => order.lines.length === 2);
    const { order, recordIds } = found ?? never();
    const lines = [{ lineNumber: order.lines[0]?.lineNumber, quantity: order.lines[0]?.quantity }];
    await coupang.claim(order.orderNumber, 'cancellation', { lines });
    expect(await acknowledge(recordIds)).toEqual([
      { kind: 'not-received', reason: expect.stringContaining('refunded first'), retryAfterMs: 60_000 },
    ]);
    coupang.now += 2 * HOUR;
    expect(await acknowledge(recordIds)).toEqual([{ kind: 'done' }]);
    const [now] = (await coupang.source.reread?.(recordIds)) ?? [];
    const told = orderTold(coupang.source, now?.body ?? Buffer.alloc(0));
    expect(told.lines.map(({ quantity, cancelledQuantity }) => quantity - cancelledQuantity)).toEqual([
      0,
      order.lines[1]?.quantity,
    ]);
  });

  test('is refused for a parcel that somebody else has shipped', async () => {
    const { recordIds } = await acknowledged();
    await upload(parcel(recordIds, '600000000001'));
    expect(await acknowledge(recordIds)).toEqual([
      { kind: 'refused', reason: 'DEPARTURE: it was shipped outside' },
    ]);
  });

  test('is unknown where the answer is lost, and where it says nothing of a parcel', async () => {
    const { recordIds } = await coupang.orderOf(1);
    await coupang.standIn.setFaults([{ endpoint: 'acknowledgement', kind: 'reset-after', times: 1 }]);
    expect(await acknowledge(recordIds)).toMatchObject([{ kind: 'unknown' }]);
    expect(await acknowledge(recordIds)).toEqual([{ kind: 'done' }]);
    scripted.answer(200, '{"code":200,"message":"OK","data":{"responseCode":0,"responseList":[]}}');
    const elsewhere = await coupang.connect({ baseUrl: scripted.url });
    expect(await elsewhere.acknowledge?.(recordIds)).toMatchObject([{ outcome: { kind: 'unknown' } }]);
  });
});

describe('tracking numbers', () => {
  test('of one call are judged for each parcel, by code', async () => {
    const [first, second, third] = (await coupang.live()).filter(({ recordIds }) => recordIds.length === 1);
    for (const each of [first, second]) await acknowledge(each?.recordIds ?? []);
    await upload(parcel(first?.recordIds ?? [], '600000000001'));
    const outcomes = await upload(
      parcel(second?.recordIds ?? [], '600000000001'),
      parcel(third?.recordIds ?? [], '600000000002'),
      parcel(first?.recordIds ?? [], '600-000 000003'),
    );
    expect(outcomes).toEqual([
      { kind: 'refused', reason: expect.stringMatching(/^DUPLICATE_INVOICE_NUMBER: /) },
      { kind: 'refused', reason: expect.stringMatching(/^INVALID_STATUS: /) },
      { kind: 'done' },
    ]);
    expect(await sheetOf(first?.recordIds[0] ?? '')).toMatchObject({ invoiceNumber: '600000000003' });
  });

  test.each(['DEPARTURE', 'DELIVERING', 'FINAL_DELIVERY', 'NONE_TRACKING'] as const)(
    'are corrected by the call for it, once the parcel is %s',
    async (shippedStatus) => {
      const { recordIds } = await acknowledged();
      await coupang.set({ shippedStatus });
      for (const number of ['600000000001', '600000000002', '600000000002'])
        expect(await upload(parcel(recordIds, number))).toEqual([{ kind: 'done' }]);
      expect(await coupang.callsOf('invoices')).toBe(1);
      expect(await coupang.callsOf('updateInvoices')).toBe(1);
      expect(await sheetOf(recordIds[0] ?? '')).toMatchObject({ invoiceNumber: '600000000002' });
    },
  );

  test('that reach all parcels of an order are one for all of them', async () => {
    const { recordIds } = await coupang.orderOf(2);
    await acknowledge(recordIds);
    expect(await upload(parcel(recordIds, '600000000004'))).toEqual([{ kind: 'done' }]);
    for (const recordId of recordIds)
      expect(await sheetOf(recordId)).toMatchObject({ invoiceNumber: '600000000004', status: 'DEPARTURE' });
  });

  test('wait while a cancellation of the parcel is not settled', async () => {
    const { order, recordIds } = await acknowledged();
    const claimId = await coupang.claim(order.orderNumber, 'cancellation');
    expect(await upload(parcel(recordIds, '600000000005'))).toEqual([
      {
        kind: 'not-received',
        reason: expect.stringContaining('ORDER_DELIVERY_PARTIAL_STOP_REQUESTED'),
        retryAfterMs: 60_000,
      },
    ]);
    await coupang.settle(claimId, 'withdrawn');
    expect(await upload(parcel(recordIds, '600000000005'))).toEqual([{ kind: 'done' }]);
  });

  test('of a parcel that is wholly cancelled are refused', async () => {
    const { order, recordIds } = await acknowledged();
    await coupang.settle(await coupang.claim(order.orderNumber, 'cancellation'), 'done');
    expect(await upload(parcel(recordIds, '600000000006'))).toEqual([
      { kind: 'refused', reason: expect.stringContaining('취소 또는 반품') },
    ]);
  });

  test('name the options that are wanted, and those alone', async () => {
    const found = (await coupang.live()).find(({ order }) => order.lines.length === 2);
    const { order, recordIds } = found ?? never();
    const [gone, wanted] = order.lines;
    const lines = [{ lineNumber: gone?.lineNumber, quantity: gone?.quantity }];
    await coupang.claim(order.orderNumber, 'cancellation', { lines });
    coupang.now += MINUTE;
    await acknowledge(recordIds);
    const { outcome, exchange } = await coupang.upload(recordIds, '600000000007');
    expect(outcome).toEqual({ kind: 'done' });
    expect(exchange.request).toContain(`"vendorItemId":${wanted?.lineNumber}`);
    expect(exchange.request).not.toContain(`"vendorItemId":${gone?.lineNumber}`);
    expect(exchange.request).toContain(`"shipmentBoxId":${recordIds[0]?.slice(4)},`);
  });

  test('by a carrier code that Coupang does not know are unknown, as its error says nothing', async () => {
    const { recordIds } = await acknowledged();
    const source = await coupang.connect({ carrierCodes: { cj: 'NOSUCH' } });
    expect((await coupang.upload(recordIds, '600000000008', source)).outcome).toEqual({
      kind: 'unknown',
      reason: 'HTTP 500',
    });
  });

  test('are neither told nor lost while the parcels cannot be looked at', async () => {
    const { recordIds } = await acknowledged();
    await coupang.standIn.setFaults([{ endpoint: 'ordersheet', kind: '429' }]);
    expect(await upload(parcel(recordIds, '600000000009'))).toEqual([
      { kind: 'not-received', reason: expect.stringContaining('HTTP 429'), retryAfterMs: 180_000 },
    ]);
    expect(await coupang.callsOf('invoices')).toBe(0);
  });

  test.each([
    ['UNDEFINED_ERROR_OCCUR', 'unknown'],
    ['ORDER_DELIVERY_CANCELED_HOLDING_FOR_CANCEL', 'not-received'],
    ['NOT_ALLOW_INVOICE_NUMBER_RE_UPLOAD', 'refused'],
    ['SOMETHING_NEW', 'refused'],
  ])('answered with %s are %s', (resultCode, kind) => {
    const result = { shipmentBoxId: '642538970006401429', succeed: false, resultCode, retryRequired: true };
    const body = { code: 200, data: { responseCode: 99, responseList: [result] } };
    const exchange = { request: '', response: null, status: 200 };
    const reply = { result: { kind: 'answered', status: 200, body }, exchange } as const;
    expect(outcomeOf(reply, '642538970006401429')).toMatchObject({
      kind,
      reason: expect.stringContaining(resultCode),
    });
  });
});

describe('an answer to a claim', () => {
  async function claimed() {
    const { order, recordIds } = await acknowledged();
    const claimId = await coupang.claim(order.orderNumber, 'cancellation');
    const record = (await coupang.collect()).find(({ recordId }) => recordId === `cancel-${claimId}`);
    return { recordIds, record: record ?? never() };
  }
  const shipped = (trackingNumber: string) =>
    ({ kind: 'shipped', carrier: 'cj', trackingNumber, shippedAt: new Date(coupang.now) }) as const;

  test('that the goods had left gives the parcel its number, and can be given again', async () => {
    const { recordIds, record } = await claimed();
    for (let time = 0; time < 2; time += 1) {
      const reply = await coupang.source.answerClaim?.({ ...record, answer: shipped('600000000021') });
      expect(reply?.outcome).toEqual({ kind: 'done' });
    }
    expect(await sheetOf(recordIds[0] ?? '')).toMatchObject({
      status: 'DEPARTURE',
      invoiceNumber: '600000000021',
    });
    expect(await upload(parcel(recordIds, '600000000021'))).toEqual([{ kind: 'done' }]);
    expect(await coupang.callsOf('invoices')).toBe(0);
  });

  test('that the goods were stopped is refused where they had left', async () => {
    const { record } = await claimed();
    await coupang.source.answerClaim?.({ ...record, answer: shipped('600000000022') });
    const reply = await coupang.source.answerClaim?.({ ...record, answer: { kind: 'stopped' } });
    expect(reply?.outcome).toEqual({ kind: 'refused', reason: expect.stringContaining('이미 반품이 완료') });
  });

  test('is unknown when it is lost, and done when it is given again', async () => {
    const { record } = await claimed();
    await coupang.standIn.setFaults([{ endpoint: 'stoppedShipment', kind: 'reset-after', times: 1 }]);
    const answer = { ...record, answer: { kind: 'stopped' } as const };
    expect((await coupang.source.answerClaim?.(answer))?.outcome.kind).toBe('unknown');
    expect((await coupang.source.answerClaim?.(answer))?.outcome).toEqual({ kind: 'done' });
  });
});

test('more stock than a listing may have is told as the most that it may', async () => {
  const { order } = await coupang.orderOf(1);
  const listing = order.lines[0]?.listing ?? '';
  const [reply] = (await coupang.source.pushStock?.([{ listing, quantity: 250_000 }])) ?? [];
  expect(reply?.outcome).toEqual({ kind: 'done' });
  expect(reply?.exchange.request).toContain('/quantities/99999');
});

function never(): never {
  throw new Error('There is none');
}
