import { OutsideUnavailable } from '../../activities/outcome';
import { secretSign } from '../../activities/sources/sabangnet-v3/tokens';
import type { FetchedPage, FetchedRecord, Reply } from '../../activities/sources/source';
import { isClaim } from '../../domain/claim';
import { orderTold } from '../support/told';
import { MINUTE, V3Setup } from './sabangnet-v3-setup';
import { tell } from './sources/marketplace-fixture';
import { account } from './sources/sabangnet-v3';

const v3 = V3Setup.forEachTest();

const idsOf = (records: readonly FetchedRecord[]) => records.map(({ recordId }) => recordId);
const kindsOf = (replies: readonly Reply[] | undefined) => replies?.map(({ outcome }) => outcome.kind);
const told = ({ body }: FetchedRecord) => orderTold(v3.source, body);
const parcel = (recordIds: readonly string[], trackingNumber: string) =>
  ({ recordIds, carrier: 'lotte', trackingNumber, shippedAt: new Date() }) as const;

async function firstRecord(): Promise<FetchedRecord> {
  const [record] = await v3.collectOrders();
  if (record === undefined) throw new Error('The hub offers nothing');
  return record;
}

/** Of the first record, read again. */
async function again({ recordId }: FetchedRecord): Promise<FetchedRecord | undefined> {
  return (await v3.collect()).find((each) => each.recordId === recordId);
}

describe('a token', () => {
  test.each([
    [
      '$2a$04$SandboxSandboxSandboxu',
      'JDJhJDA0JFNhbmRib3hTYW5kYm94U2FuZGJveHUzSWc5bFBDRWhZOU5CQU1NRXFEZi84aW0zZDZYaDZT',
    ],
    [
      '$2a$10$SandboxSandboxSandboxu',
      'JDJhJDEwJFNhbmRib3hTYW5kYm94U2FuZGJveHU0YlBDQnRLQ3hoektDUWRLTXYuYlEuLzlrdEpqREVD',
    ],
  ])('is asked for by the signature that another bcrypt makes with the salt %s', async (salt, signature) => {
    expect(await secretSign('sandbox-client', 1_764_028_800_000, salt)).toBe(signature);
  });

  test('serves all calls until it ends, and is then renewed once', async () => {
    await v3.offer(60);
    await Promise.all([v3.collect(), v3.collect()]);
    expect(await v3.calls('token')).toBe(1);
    await tell(v3.hub, '/admin/tokens/expire', {});
    await v3.collect();
    expect(await v3.calls('token')).toBe(2);
  });

  test.each([10 * MINUTE, -10 * MINUTE])(
    'is refused while our clock is off, in so many words (%i ms)',
    async (offset) => {
      v3.offset = offset;
      const error = await v3.collect().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(OutsideUnavailable);
      expect(String(error)).toContain(
        "AUTH_006 타임스탬프가 만료되었습니다.: our clock and the hub's are more than five minutes apart",
      );
    },
  );

  test('of another account is told by the setting that is wrong', async () => {
    await v3.connect({ svcAcntId: 'mw999999' });
    await expect(v3.collect()).rejects.toThrow('the account of svcAcntId is not connected to this client');
    const [reply] = (await v3.source.acknowledge?.(['1'])) ?? [];
    expect(reply?.outcome).toMatchObject({
      kind: 'not-received',
      reason: expect.stringContaining('GW_AUTH_009'),
    });
  });

  test('is not asked for with a secret that is none', async () => {
    const error = await v3.connect({ clientSecret: 'not-a-salt' }).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('is no bcrypt salt');
    expect(String(error)).not.toContain('not-a-salt');
    expect(account.clientSecret).toHaveLength(29);
  });
});

describe('reading', () => {
  test('changes nothing: an order is taken over by acknowledging it alone', async () => {
    await v3.offer(3);
    await v3.collect();
    const record = await firstRecord();
    expect(JSON.parse(Buffer.from(record.body).toString())).toMatchObject({ ORDER_STATUS: 'NEW_ORDER' });
    await v3.source.acknowledge?.([record.recordId]);
    const now = await again(record);
    expect(JSON.parse(Buffer.from(now?.body ?? []).toString())).toMatchObject({
      ORDER_STATUS: 'ORDER_CONFIRM',
    });
  });

  test('gives the same record while we take it on and ship it, and when it comes back', async () => {
    await v3.offer(1);
    const record = await firstRecord();
    const ids = idsOf(await v3.collectOrders());
    const hashes = [record.contentHash];
    await v3.source.acknowledge?.(ids);
    hashes.push((await again(record))?.contentHash ?? '');
    await v3.source.uploadTracking([parcel(ids, '600000000001')]);
    hashes.push((await again(record))?.contentHash ?? '');
    const { orderNumber } = told(record);
    await tell(v3.hub, '/admin/claims', { orderNumber, kind: 'return', state: 'done' });
    hashes.push((await again(record))?.contentHash ?? '');
    expect(new Set(hashes).size).toBe(1);
  });

  test('gives another record when the customer cancels', async () => {
    await v3.offer(1);
    const record = await firstRecord();
    await tell(v3.hub, '/admin/claims', { orderNumber: told(record).orderNumber, kind: 'cancellation' });
    const cancelled = await again(record);
    expect(cancelled?.contentHash).not.toBe(record.contentHash);
    const [line] = cancelled ? told(cancelled).lines : [];
    expect(line?.cancelledQuantity).toBe(line?.quantity);
  });

  test("tells of a return by the mall's own line numbers, once its goods are back, too", async () => {
    await v3.offer(1);
    const records = await v3.collectOrders();
    const [order] = records.map(told);
    await v3.source.acknowledge?.(idsOf(records));
    await v3.source.uploadTracking([parcel(idsOf(records), '600000000001')]);
    const { claimId } = await tell<{ claimId: string }>(v3.hub, '/admin/claims', {
      orderNumber: order?.orderNumber,
      kind: 'return',
    });
    for (const state of ['requested', 'done']) {
      if (state === 'done') await tell(v3.hub, '/admin/claim-states', { claimId, state });
      const claims = (await v3.collect())
        .filter(({ recordId }) => recordId.startsWith('claim-'))
        .map(({ body }) => v3.source.decode(body))
        .filter(isClaim);
      expect(claims).toHaveLength(records.length);
      expect(claims.flatMap(({ lines }) => lines)).toEqual(
        records.flatMap((record) =>
          told(record).lines.map(({ lineNumber, quantity }) => ({ lineNumber, quantity })),
        ),
      );
      for (const claim of claims) expect(claim).toMatchObject({ kind: 'return', state, channel: 'lotteon' });
    }
  });

  test('understands a status by its number as well as by its name', async () => {
    await v3.offer(20);
    const named = (await v3.collectOrders()).map(told);
    await v3.change({ statusAs: 'code' });
    expect((await v3.collectOrders()).map(told)).toEqual(named);
  });

  test.each(['404', 'list'])('an empty hub is empty, told as a %s', async (emptyAs) => {
    await v3.change({ emptyAs });
    expect(await v3.collect()).toEqual([]);
  });

  test('refuses what has shipped before it was first read', async () => {
    await v3.offer(1);
    const ids = idsOf(await v3.collectOrders());
    await v3.source.acknowledge?.(ids);
    await v3.source.uploadTracking([parcel(ids, '600000000001')]);
    const [shipped] = await v3.collectOrders();
    expect(() => told(shipped ?? { recordId: '', contentHash: '', body: Buffer.alloc(0) })).toThrow(
      'ORDER_STATUS',
    );
  });

  test('announces orders and claims together, and says where each page ends', async () => {
    await v3.offer(60);
    const pages: FetchedPage[] = [];
    const window = { from: new Date(Date.now() - 60 * MINUTE), to: new Date(Date.now() + 60 * MINUTE) };
    for await (const page of v3.source.fetchRecords(window)) pages.push(page);
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.at(-1)?.announced).toBe(pages.flatMap(({ records }) => records).length);
    expect(pages.map(({ next }) => next?.split('/')[0])).toEqual([
      ...pages.slice(2).map(() => 'orders'),
      'claims',
      undefined,
    ]);
  });

  test.each([4 * MINUTE, -4 * MINUTE])(
    'loses no order while the clocks are apart (%i ms)',
    async (offset) => {
      v3.offset = offset;
      await v3.offer(20);
      const now = Date.now();
      const read = new Set<string>();
      // Windows as they are made of a schedule, each from ten minutes before the end of the one before.
      for (const to of [now, now + 5 * MINUTE, now + 10 * MINUTE])
        for (const id of idsOf(await v3.collect(to - 15 * MINUTE, to))) read.add(id);
      expect([...read]).toEqual(expect.arrayContaining(idsOf(await v3.collectOrders())));
    },
  );
});

describe('writing', () => {
  test('is judged row by row when a part of it succeeds', async () => {
    await v3.offer(10);
    const records = await v3.collectOrders();
    const [kept, taken] = [
      ...new Map(records.map((record) => [told(record).orderNumber, record])).values(),
    ].filter((record) => told(record).lines.every(({ cancelledQuantity }) => cancelledQuantity === 0));
    await tell(v3.hub, '/admin/claims', {
      orderNumber: taken ? told(taken).orderNumber : '',
      kind: 'cancellation',
    });
    const replies = await v3.source.acknowledge?.([kept?.recordId ?? '', taken?.recordId ?? '', '999']);
    expect(kindsOf(replies)).toEqual(['done', 'refused', 'refused']);
    expect(replies?.map(({ exchange }) => exchange.status)).toEqual([206, 206, 206]);
    expect(replies?.[1]?.exchange.request).not.toContain(kept?.recordId);
  });

  test('an acknowledgement that is there already is done, and unknown while nobody can say so', async () => {
    await v3.offer(1);
    const [id = ''] = idsOf(await v3.collectOrders());
    expect(kindsOf(await v3.source.acknowledge?.([id]))).toEqual(['done']);
    expect(kindsOf(await v3.source.acknowledge?.([id]))).toEqual(['done']);
    await v3.hub.setFaults([{ endpoint: 'orders', kind: '5xx-before' }]);
    expect(kindsOf(await v3.source.acknowledge?.([id]))).toEqual(['unknown']);
  });

  test.each([4 * MINUTE, -4 * MINUTE])(
    'an acknowledgement is found again by a clock that is off (%i ms)',
    async (offset) => {
      v3.offset = offset;
      await v3.offer(1);
      const [id = ''] = idsOf(await v3.collectOrders());
      await v3.source.acknowledge?.([id]);
      expect(kindsOf(await v3.source.acknowledge?.([id]))).toEqual(['done']);
    },
  );

  test('a tracking number is refused in the words of the hub until the order is ours, and once the mall has it', async () => {
    await v3.offer(1);
    const ids = idsOf(await v3.collectOrders());
    const upload = async (number: string) =>
      (await v3.source.uploadTracking([parcel(ids, number)]))[0]?.outcome;
    expect(await upload('600000000001')).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('NEW_ORDER 상태는 등록할 수 없습니다.'),
    });
    await v3.source.acknowledge?.(ids);
    expect(await upload('600000000001')).toEqual({ kind: 'done' });
    await v3.change({ mallTakesInvoiceAfterMs: 0 });
    expect(await upload('600000000002')).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('송장 전송완료'),
    });
  });

  test('waits as long as the hub says when it has had enough calls', async () => {
    await v3.offer(1);
    const ids = idsOf(await v3.collectOrders());
    await v3.hub.setFaults([{ endpoint: '*', kind: '429' }]);
    const [reply] = await v3.source.uploadTracking([parcel(ids, '600000000001')]);
    expect(reply?.outcome).toMatchObject({
      kind: 'not-received',
      reason: expect.stringContaining('GW_RATE_001'),
    });
    const error = await v3.collect().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'OutsideUnavailable', retryAfterMs: expect.any(Number) });
  });
});
