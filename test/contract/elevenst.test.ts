import { OutsideUnavailable } from '../../activities/outcome';
import type { ClaimAnswer, Reply, TrackingUpload } from '../../activities/sources/source';
import { isClaim } from '../../domain/claim';
import type { EmittedOrder } from '../../sandbox/generator/generate-day';
import { orderTold } from '../support/told';
import { ElevenstSetup, HOUR, MINUTE } from './elevenst-setup';
import { tell } from './sources/marketplace-fixture';

const eleven = ElevenstSetup.forEachTest();

const ofOneLine = ({ lines }: EmittedOrder) => lines.length === 1;
const ofTwoLines = ({ lines }: EmittedOrder) => lines.length === 2;
const ofTwoPieces = ({ lines: [line, ...others] }: EmittedOrder) =>
  line?.quantity === 2 && others.length === 0;

function parcel(recordIds: readonly string[], trackingNumber: string): TrackingUpload {
  return { recordIds, carrier: 'cj', trackingNumber, shippedAt: new Date(eleven.now) };
}

async function upload(recordIds: readonly string[], number: string): Promise<Reply['outcome'] | undefined> {
  const [reply] = await eleven.source.uploadTracking([parcel(recordIds, number)]);
  return reply?.outcome;
}

async function takenOver(isWanted: (order: EmittedOrder) => boolean) {
  const order = eleven.order(isWanted);
  const recordIds = await eleven.idsOf(order);
  await eleven.source.acknowledge?.(recordIds);
  return { order, recordIds };
}

async function answer(
  order: EmittedOrder,
  given: ClaimAnswer['answer'],
): Promise<Reply['outcome'] | undefined> {
  const records = await eleven.collect();
  const record = records.find(({ recordId }) => recordId.startsWith(`cancel-${order.orderNumber}-`));
  if (record === undefined) throw new Error('No cancellation is told');
  return (await eleven.source.answerClaim?.({ ...record, answer: given }))?.outcome;
}

describe('the lists', () => {
  test.each(['paid', 'confirmed'])(
    'still have what a run that died has taken over (in preparation by the time it was %s)',
    async (packagingBy) => {
      await eleven.set({ packagingBy });
      await eleven.emit(40);
      const before = await eleven.collect();
      eleven.now += 5 * MINUTE;
      const { recordIds } = await takenOver(ofTwoLines);
      const after = await eleven.collect();
      const hashOf = new Map(before.map(({ recordId, contentHash }) => [recordId, contentHash]));
      for (const recordId of recordIds)
        expect(after.find((record) => record.recordId === recordId)?.contentHash).toBe(hashOf.get(recordId));
    },
  );

  test('lose nothing though they end at 3,000 rows', async () => {
    await eleven.connect({ timeoutMs: 30_000 });
    await eleven.emit(2_500, 3_600);
    eleven.now += HOUR;
    const numbers = new Set((await eleven.collect()).map(({ recordId }) => recordId.split('-')[0]));
    const atOnce = ({ cancellation, lines }: EmittedOrder) =>
      cancellation?.lineNumbers.length === lines.length;
    for (const order of eleven.orders) if (!atOnce(order)) expect(numbers).toContain(order.orderNumber);
    expect(await eleven.calls('complete')).toBeGreaterThan(2);
  }, 60_000);

  test('are unavailable where a single minute has more rows than that', async () => {
    await eleven.connect({ timeoutMs: 30_000 });
    eleven.now += MINUTE / 2;
    await eleven.emit(2_500);
    const reading = eleven.collect(eleven.now - MINUTE, eleven.now + MINUTE);
    await expect(reading).rejects.toThrow('3000 rows in 202611201400 alone');
  }, 60_000);

  test.each([-4, 4])('lose nothing of an account whose clock is %s minutes off', async (minutes) => {
    const start = eleven.now;
    await eleven.emit(20, 20 * 60);
    const found = new Set<string | undefined>();
    for (let ours = start + 5 * MINUTE; ours <= start + 35 * MINUTE; ours += 5 * MINUTE) {
      eleven.now = ours + minutes * MINUTE;
      // As a schedule reads them: up to now, from ten minutes before the last reading ended.
      const records = await eleven.collect(ours - 15 * MINUTE, ours);
      for (const { recordId } of records) found.add(recordId.split('-')[0]);
    }
    const wanted = eleven.orders.filter(({ cancellation }) => cancellation === null);
    expect([...found]).toEqual(expect.arrayContaining(wanted.map(({ orderNumber }) => orderNumber)));
  });
});

describe('units that a customer takes back', () => {
  test('count once, though their line is listed without them and a claim tells of them', async () => {
    await eleven.emit(60);
    const order = eleven.order(ofTwoPieces);
    await eleven.claim(order, 'cancellation', { '1': 1 });
    const [line] = eleven.merged(order, await eleven.collect()).lines;
    expect(line).toMatchObject({ quantity: 2, cancelledQuantity: 1, amount: order.lines[0]?.amount });
  });

  test('count once when they are taken back after the order was read', async () => {
    await eleven.emit(60);
    const before = await eleven.linesOf(eleven.order(ofTwoPieces));
    const { order } = await takenOver(ofTwoPieces);
    eleven.now += MINUTE;
    await eleven.claim(order, 'cancellation', { '1': 1 });
    const requested = await eleven.collect();
    expect(eleven.merged(order, [...before, ...requested]).lines[0]?.cancelledQuantity).toBe(1);
    expect(await answer(order, { kind: 'stopped' })).toEqual({ kind: 'done' });
    const settled = await eleven.collect();
    expect(eleven.merged(order, [...before, ...settled]).lines[0]?.cancelledQuantity).toBe(1);
  });

  test('are a claim for each line, each under a number of its own', async () => {
    await eleven.emit(60);
    const { order } = await takenOver(ofTwoLines);
    eleven.now += MINUTE;
    await eleven.claim(order, 'cancellation');
    const claims = (await eleven.collect()).flatMap(({ body }) => {
      const told = eleven.source.decode(body);
      return isClaim(told) && told.orderNumber === order.orderNumber ? [told] : [];
    });
    expect(new Set(claims.map(({ claimId }) => claimId)).size).toBe(2);
    expect(claims.flatMap(({ lines }) => lines)).toEqual(
      order.lines.map(({ lineNumber, quantity }) => ({ lineNumber, quantity })),
    );
  });

  test.each(['return', 'exchange'] as const)(
    'as a %s keep their number from the request to its end',
    async (kind) => {
      await eleven.emit(60);
      const { order, recordIds } = await takenOver(ofOneLine);
      await upload(recordIds, '600000000001');
      const seen: unknown[] = [];
      const look = async () => {
        const record = (await eleven.collect()).find(({ recordId }) => recordId.startsWith('claim-'));
        const told = record && eleven.source.decode(record.body);
        if (record && told && isClaim(told)) seen.push([record.recordId, told.kind, told.state]);
        return told && isClaim(told) ? told.claimId.split('-')[0] : '';
      };
      await eleven.claim(order, kind);
      const claimId = await look();
      for (const state of ['done', 'withdrawn']) {
        await tell(eleven.standIn, '/admin/claim-states', { claimId, state });
        await look();
      }
      const id = `claim-${order.orderNumber}-1-${claimId}`;
      expect(seen).toEqual(['requested', 'done', 'withdrawn'].map((state) => [id, kind, state]));
    },
  );
});

describe('taking over', () => {
  test('is done for a line that was taken over already, and refused for one that nobody knows', async () => {
    await eleven.emit(40);
    const { recordIds } = await takenOver(ofTwoLines);
    const replies = await eleven.source.acknowledge?.([...recordIds, '1-1-1-single-N-null', 'cancel-1-1-1']);
    expect(replies?.map(({ outcome }) => outcome.kind)).toEqual(['done', 'done', 'refused', 'refused']);
    expect(replies?.[2]?.outcome).toMatchObject({ reason: expect.stringContaining('-3206') });
  });

  test('is refused while a customer waits for an answer', async () => {
    await eleven.emit(40);
    const { order, recordIds } = await takenOver(ofTwoPieces);
    eleven.now += MINUTE;
    await eleven.claim(order, 'cancellation', { '1': 1 });
    const [reply] = (await eleven.source.acknowledge?.(recordIds)) ?? [];
    expect(reply?.outcome).toMatchObject({ kind: 'refused', reason: expect.stringContaining('-3214') });
  });

  test('sends no more once a call has got no answer', async () => {
    await eleven.emit(40);
    const order = eleven.order(ofTwoLines);
    const recordIds = await eleven.idsOf(order);
    await eleven.standIn.setFaults([{ endpoint: 'reqpackaging', kind: 'timeout-before', times: 1 }]);
    const replies = await eleven.source.acknowledge?.(recordIds);
    expect(replies?.map(({ outcome }) => outcome.kind)).toEqual(['unknown', 'not-received']);
    expect(await eleven.calls('reqpackaging')).toBe(1);
  });

  test('is not received during maintenance, and waits for its end', async () => {
    await eleven.emit(40);
    const recordIds = await eleven.idsOf(eleven.order(ofOneLine));
    await eleven.set({ maintenance: true });
    const [reply] = (await eleven.source.acknowledge?.(recordIds)) ?? [];
    expect(reply?.outcome).toMatchObject({ kind: 'not-received', retryAfterMs: 600_000 });
    const reading = eleven.collect().catch((error: unknown) => error);
    expect(await reading).toMatchObject({ retryAfterMs: 600_000, message: '11st: -1000 서버 점검중입니다.' });
    expect(await reading).toBeInstanceOf(OutsideUnavailable);
  });
});

describe('a tracking number', () => {
  test('reaches the lines of its parcel only, though others travel under the same 배송번호', async () => {
    await eleven.emit(40);
    const { order, recordIds } = await takenOver(ofTwoLines);
    expect(await upload(recordIds.slice(1), '600000000001')).toEqual({ kind: 'done' });
    expect(await eleven.trackingOf(order)).toEqual([[], ['600000000001']]);
    expect(await upload(recordIds.slice(0, 1), '600000000002')).toEqual({ kind: 'done' });
    expect(await eleven.trackingOf(order)).toEqual([['600000000002'], ['600000000001']]);
  });

  test('cannot be corrected, and says so', async () => {
    await eleven.emit(40);
    const { order, recordIds } = await takenOver(ofOneLine);
    await upload(recordIds, '600000000001');
    expect(await upload(recordIds, '600000000002')).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('it has another tracking number'),
    });
    expect(await eleven.trackingOf(order)).toEqual([['600000000001']]);
  });

  test('that another order has used is refused as such', async () => {
    await eleven.emit(40);
    const first = await takenOver(ofOneLine);
    const second = await takenOver(ofTwoLines);
    await upload(first.recordIds, '600000000001');
    expect(await upload(second.recordIds, '600000000001')).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('-3320'),
    });
  });

  test('waits while a customer wants to cancel, and is done once that came too late', async () => {
    await eleven.emit(40);
    const { order, recordIds } = await takenOver(ofTwoPieces);
    eleven.now += MINUTE;
    await eleven.claim(order, 'cancellation', { '1': 1 });
    expect(await upload(recordIds, '600000000001')).toMatchObject({
      kind: 'not-received',
      retryAfterMs: 60_000,
    });
    const shippedAt = new Date(eleven.now);
    const tooLate = { kind: 'shipped', carrier: 'cj', trackingNumber: '600000000001', shippedAt } as const;
    for (let time = 0; time < 2; time += 1) {
      expect(await answer(order, tooLate)).toEqual({ kind: 'done' });
      expect(await upload(recordIds, '600000000001')).toEqual({ kind: 'done' });
    }
    expect(await eleven.trackingOf(order)).toEqual([['600000000001']]);
  });

  test('was not received when it cannot be looked up whether it is there', async () => {
    await eleven.emit(40);
    const { recordIds } = await takenOver(ofOneLine);
    await upload(recordIds, '600000000001');
    await eleven.standIn.setFaults([{ endpoint: 'orderlistalladdr', kind: '5xx-before' }]);
    expect((await upload(recordIds, '600000000001'))?.kind).toBe('not-received');
  });

  test('with a key that 11st does not know was not received', async () => {
    await eleven.emit(40);
    const { recordIds } = await takenOver(ofOneLine);
    await eleven.connect({ apiKey: 'wrong-key-90d4' });
    const outcome = await upload(recordIds, '600000000001');
    expect(outcome?.kind).toBe('not-received');
    expect(JSON.stringify(outcome)).not.toContain('90d4');
  });
});

describe('a line', () => {
  test('is to be shipped by the end of the day that was promised', async () => {
    await eleven.emit(40);
    const order = eleven.order(ofOneLine);
    const [record] = await eleven.linesOf(order);
    const day = new Date(order.placedAt.getTime() + 9 * HOUR + 48 * HOUR).toISOString().slice(0, 10);
    const { shipBy } = orderTold(eleven.source, record?.body ?? Buffer.alloc(0));
    expect(shipBy).toEqual(new Date(`${day}T23:59:59+09:00`));
  });

  test('is the same record by its number as it was in the list', async () => {
    await eleven.emit(40);
    const { order, recordIds } = await takenOver(ofTwoLines);
    const listed = await eleven.linesOf(order);
    const again = (await eleven.source.reread?.(recordIds)) ?? [];
    expect(again.map(({ recordId, contentHash }) => [recordId, contentHash])).toEqual(
      listed.map(({ recordId, contentHash }) => [recordId, contentHash]),
    );
    for (const { recordId } of again) expect(recordId).toMatch(/^[\x21-\x7e]{1,120}$/);
  });
});
