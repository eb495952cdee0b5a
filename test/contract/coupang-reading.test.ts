import { OutsideUnavailable } from '../../activities/outcome';
import { authorization } from '../../activities/sources/coupang/signature';
import type { FetchedRecord } from '../../activities/sources/source';
import { isClaim } from '../../domain/claim';
import { orderTold } from '../support/told';
import { CoupangSetup, DAY, HOUR, MINUTE, ScriptedGateway } from './coupang-setup';
import { tell } from './sources/marketplace-fixture';

const coupang = CoupangSetup.forEachTest();
const scripted = ScriptedGateway.forEachTest();

const hashesOf = (records: readonly FetchedRecord[]) =>
  Object.fromEntries(records.map(({ recordId, contentHash }) => [recordId, contentHash]));
const ordersIn = (records: readonly FetchedRecord[]) =>
  new Set(
    records
      .map(({ body }) => coupang.source.decode(body))
      .filter((told) => !isClaim(told))
      .map(({ orderNumber }) => orderNumber),
  );
/** Those that a whole day of windows gives. */
const all = async () => ordersIn(await coupang.collect(coupang.now - 12 * HOUR, coupang.now + 11 * HOUR));

describe('a signature', () => {
  // printf '%s' '261120T010203ZGET/v2/providers/openapi/apis/api/v4/vendors/A00000001/ordersheetscreatedAtFrom=2026-11-20T10%3A00&status=ACCEPT' |
  //   openssl dgst -sha256 -hmac sandbox-secret
  test('is what openssl computes over time, method, path and query', () => {
    const account = { accessKey: 'sandbox-access', secretKey: 'sandbox-secret' };
    const call = {
      method: 'GET',
      path: '/v2/providers/openapi/apis/api/v4/vendors/A00000001/ordersheets',
      query: 'createdAtFrom=2026-11-20T10%3A00&status=ACCEPT',
    };
    expect(authorization(account, call, new Date('2026-11-20T01:02:03.999Z'))).toBe(
      'CEA algorithm=HmacSHA256, access-key=sandbox-access, signed-date=261120T010203Z, ' +
        'signature=bbbe5e56384b760889b4b290195fc96b8dc5f2fd4d1bd55c0b847af632b2d3f2',
    );
  });

  test.each([-6, 6])(
    'by a clock that is %i minutes off is refused, and the clock is named',
    async (minutes) => {
      await coupang.set({ signatureMs: 5 * MINUTE });
      coupang.now += minutes * MINUTE;
      const refused = coupang.collect();
      await expect(refused).rejects.toThrow(OutsideUnavailable);
      await expect(refused).rejects.toThrow(/HTTP 401.*clock is off/);
    },
  );

  test.each([
    ['another key', { accessKey: 'wrong' }],
    ['another secret', { secretKey: 'wrong' }],
  ])('with %s is refused, and neither is quoted', async (_, settings) => {
    const error: unknown = await coupang
      .collect(undefined, undefined, await coupang.connect(settings))
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OutsideUnavailable);
    expect(String(error)).toMatch(/HTTP 401: the access key, or the secret key, was not accepted/);
    expect(String(error)).not.toContain('wrong');
  });
});

describe('windows', () => {
  test.each([-4, 4])('lose nothing to a clock that is %i minutes off', async (minutes) => {
    coupang.now = Date.now() + minutes * MINUTE;
    const source = await coupang.connect({ lookBackMinutes: 0 });
    await coupang.emit(40, { overSeconds: 40 * 60 });
    const found = new Set<string>();
    let due = Date.now();
    for (let step = 0; step < 6; step += 1) {
      coupang.now += 10 * MINUTE;
      const to = coupang.now - minutes * MINUTE;
      for (const number of ordersIn(await coupang.collect(due - 10 * MINUTE, to, source))) found.add(number);
      due = to;
    }
    expect([...found].sort()).toEqual([...(await all())].sort());
  });

  test.each(['included', 'excluded'] as const)(
    'lose nothing between two questions, the minute at which one ends %s',
    async (lastMinute) => {
      await coupang.set({ lastMinute });
      await coupang.emit(60, { overSeconds: 60 * 60 });
      coupang.now += HOUR;
      const source = await coupang.connect({ sliceMinutes: 1, lookBackMinutes: 0 });
      const records = await coupang.collect(coupang.now - HOUR, coupang.now + 1, source);
      expect([...ordersIn(records)].sort()).toEqual([...(await all())].sort());
    },
  );

  test('reach a sheet that shows up late, and no further than they are set to', async () => {
    await coupang.emit(5);
    coupang.now += 30 * MINUTE;
    const wanted = await all();
    expect(ordersIn(await coupang.collect(coupang.now - MINUTE, coupang.now))).toEqual(wanted);
    const strict = await coupang.connect({ lookBackMinutes: 0 });
    expect(ordersIn(await coupang.collect(coupang.now - MINUTE, coupang.now, strict)).size).toBe(0);
  });

  test('of a day are read in questions of less than a day', async () => {
    await coupang.emit(5);
    const source = await coupang.connect({ sliceMinutes: 1_430 });
    const records = await coupang.collect(coupang.now - DAY, coupang.now + 1, source);
    expect(ordersIn(records)).toEqual(await all());
  });

  test('lose no parcel that moves on while they are read, and give each once', async () => {
    await coupang.emit(20);
    const parcels = (await coupang.live()).flatMap(({ recordIds }) => recordIds);
    const window = { from: new Date(coupang.now - HOUR), to: new Date(coupang.now + HOUR) };
    const given: string[] = [];
    for await (const { records } of coupang.source.fetchRecords(window)) {
      given.push(...records.map(({ recordId }) => recordId));
      const moving = parcels[given.length % parcels.length];
      if (moving !== undefined) await coupang.source.acknowledge?.([moving]);
    }
    expect(new Set(given).size).toBe(given.length);
    expect(given).toEqual(expect.arrayContaining(parcels));
  });

  test('that take long behind the gateway are waited for', async () => {
    await coupang.emit(5);
    await coupang.set({ listMs: 20_000 });
    const patient = await coupang.connect({ timeoutMs: 30_000 });
    expect((await coupang.collect(undefined, undefined, patient)).length).toBeGreaterThan(0);
    await expect(coupang.collect()).rejects.toThrow(/HTTP 504: Request timed out/);
  });

  test('are not read for ever, where pages do not end', async () => {
    await coupang.emit(5);
    const { order, recordIds } = await coupang.orderOf(1);
    await coupang.source.acknowledge?.(recordIds);
    await coupang.claim(order.orderNumber, 'exchange');
    await coupang.set({ exchangesPerPage: 0 });
    await expect(coupang.collect()).rejects.toThrow(/pages do not end/);
  });
});

describe('a parcel', () => {
  beforeEach(() => coupang.emit(30));

  test('is known by all 18 digits of its number', async () => {
    const { recordIds } = await coupang.orderOf(1);
    expect(recordIds[0]).toMatch(/^box-6425389700000\d{5}$/);
    expect(Number.isSafeInteger(Number(recordIds[0]?.slice(4)))).toBe(false);
    expect(await coupang.source.acknowledge?.(recordIds)).toMatchObject([{ outcome: { kind: 'done' } }]);
  });

  test('is one of several that an order has, each a record of its own', async () => {
    const { order, recordIds } = await coupang.orderOf(2);
    expect(order.lines.length).toBeGreaterThan(2);
    const [first = '', second = ''] = recordIds;
    const reread = (await coupang.source.reread?.([first, second])) ?? [];
    const lines = reread.map(({ body }) =>
      orderTold(coupang.source, body).lines.map((line) => line.lineNumber),
    );
    expect(lines.flat().sort()).toEqual(order.lines.map(({ lineNumber }) => lineNumber).sort());
    expect(lines.every((numbers) => numbers.length > 0)).toBe(true);
  });

  test('is the same version after it was acknowledged and shipped', async () => {
    const { recordIds } = await coupang.orderOf(1);
    const before = hashesOf(await coupang.collect());
    await coupang.source.acknowledge?.(recordIds);
    expect(hashesOf(await coupang.collect())).toEqual(before);
    for (const shippedStatus of ['DEPARTURE', 'DELIVERING', 'NONE_TRACKING', 'FINAL_DELIVERY'] as const) {
      await coupang.upload(recordIds, '600000000001');
      await coupang.set({ shippedStatus });
      expect(hashesOf(await coupang.collect())).toEqual(before);
    }
  });

  test('is another version where the customer has changed it', async () => {
    const { order, recordIds } = await coupang.orderOf(1);
    const [recordId = ''] = recordIds;
    const hash = async () => hashesOf(await coupang.collect())[recordId];
    const before = await hash();
    const { orderNumber } = order;
    await tell(coupang.standIn, '/admin/addresses', { orderNumber, address: '서울특별시 중구 세종대로 110' });
    expect(await hash()).not.toBe(before);
  });

  test('counts units on hold as taken back, and is the same version once they are refunded', async () => {
    await coupang.set({ refundMs: HOUR });
    const { order, recordIds } =
      (await coupang.live()).find((each) => each.order.lines.length === 2) ?? never();
    const [line] = order.lines;
    const lines = [{ lineNumber: line?.lineNumber, quantity: 1 }];
    await coupang.claim(order.orderNumber, 'cancellation', { lines });
    const read = async () => (await coupang.source.reread?.(recordIds))?.[0] ?? never();
    const held = await read();
    expect(orderTold(coupang.source, held.body).lines[0]).toMatchObject({ cancelledQuantity: 1 });
    expect(Buffer.from(held.body).toString()).toContain('"holdCountForCancel":1');
    coupang.now += 2 * HOUR;
    const refunded = await read();
    expect(Buffer.from(refunded.body).toString()).toContain('"cancelCount":1');
    expect(refunded.contentHash).toBe(held.contentHash);
  });

  test('is told without what Coupang bears of a discount, and with its day of shipping', async () => {
    const records = await coupang.collect();
    const sheets = records
      .filter(({ recordId }) => recordId.startsWith('box-'))
      .map(({ body }) => ({ text: Buffer.from(body).toString(), order: orderTold(coupang.source, body) }));
    const helped = sheets.filter(({ text }) => text.includes('"coupangDiscount":1000'));
    expect(helped.length).toBeGreaterThan(0);
    for (const { text, order } of helped)
      expect(text).toContain(`"discountPrice":${(order.lines[0]?.discount ?? 0n) + 1_000n}`);
    const [due = ''] = /\d{4}-\d\d-\d\d(?=","plannedShippingDate)/.exec(sheets[0]?.text ?? '') ?? [];
    expect(sheets[0]?.order.shipBy).toEqual(new Date(`${due}T23:59:59.999+09:00`));
  });
});

describe('wording', () => {
  beforeEach(() => coupang.emit(10));

  test.each([
    ['says something else of the number of pieces', '1개', '2개'],
    ['says something else of a size', '500g, 1개', '300g, 1개'],
    ['is silent on pieces that the customer bought several of', '3개', '단일상품'],
  ])(
    "of the seller's own that %s makes a deal of its own, with both before one's eyes",
    async (_, shown, own) => {
      const { order, recordIds } = await coupang.orderOf(1);
      const [line] = order.lines;
      const reread = (await coupang.source.reread?.(recordIds)) ?? [];
      const told = JSON.parse(Buffer.from(reread[0]?.body ?? []).toString());
      Object.assign(told.orderItems[0], {
        vendorItemName: `모담뜰 돌자반, ${shown}`,
        sellerProductName: '모담뜰 돌자반',
        sellerProductItemName: own,
      });
      const [drifted] = orderTold(coupang.source, Buffer.from(JSON.stringify(told))).lines;
      expect(drifted?.lineNumber).toBe(line?.lineNumber);
      expect(`${drifted?.deal} ${drifted?.option}`).toContain(shown);
      expect(drifted?.option).toContain(`(판매자 등록: 모담뜰 돌자반, ${own})`);
    },
  );

  test.each([
    ['모담뜰 돌자반, 3봉, 1개', '모담뜰 돌자반', '3봉 1개', '모담뜰 돌자반', '3봉, 1개'],
    ['모담뜰 돌자반, 3봉, 1개', '[모담뜰] 바삭 돌자반', '3봉', '모담뜰 돌자반, 3봉, 1개', ''],
    ['구운 캐슈넛, 5개, 160g', '구운 캐슈넛 160g', '5개', '구운 캐슈넛, 5개, 160g', ''],
    ['모담뜰 돌자반', '모담뜰 돌자반', '', '모담뜰 돌자반', ''],
  ])('%s is the deal and option that the customer saw', async (shown, product, item, deal, option) => {
    const { recordIds } = await coupang.orderOf(1);
    const [record] = (await coupang.source.reread?.(recordIds)) ?? [];
    const told = JSON.parse(Buffer.from(record?.body ?? []).toString());
    told.orderItems = [
      {
        ...told.orderItems[0],
        vendorItemName: shown,
        sellerProductName: product,
        sellerProductItemName: item,
      },
    ];
    const [line] = orderTold(coupang.source, Buffer.from(JSON.stringify(told))).lines;
    expect(line).toMatchObject({ deal, option });
  });

  test('that the seller registers otherwise changes the version of the record', async () => {
    const { order, recordIds } = await coupang.orderOf(1);
    const before = hashesOf(await coupang.collect());
    const [line] = order.lines;
    const registered = { [line?.lineNumber ?? '']: { productName: line?.deal ?? '', itemName: '7개' } };
    await coupang.set({ registered });
    expect(hashesOf(await coupang.collect())[recordIds[0] ?? '']).not.toBe(before[recordIds[0] ?? '']);
    const [now] = (await coupang.source.reread?.(recordIds)) ?? [];
    expect(orderTold(coupang.source, now?.body ?? Buffer.alloc(0)).lines[0]?.option).toContain('7개');
  });
});

describe('claims', () => {
  beforeEach(() => coupang.emit(30));
  const acknowledged = async () => {
    const found = await coupang.orderOf(1);
    await coupang.source.acknowledge?.(found.recordIds);
    coupang.now += MINUTE;
    return found;
  };

  test('made before the seller had the order are over at once', async () => {
    const { order } = await coupang.orderOf(1);
    const claimId = await coupang.claim(order.orderNumber, 'cancellation');
    expect((await coupang.claims()).get(`cancel-${claimId}`)).toMatchObject({
      kind: 'cancellation',
      state: 'done',
      claimId,
      orderNumber: order.orderNumber,
      lines: order.lines.map(({ lineNumber, quantity }) => ({ lineNumber, quantity })),
    });
  });

  test('that were turned down become returns, and the cancellation stays told', async () => {
    const { order } = await acknowledged();
    const claimId = await coupang.claim(order.orderNumber, 'cancellation');
    const [record] = (await coupang.collect()).filter(({ recordId }) => recordId === `cancel-${claimId}`);
    expect(coupang.source.decode(record?.body ?? Buffer.alloc(0))).toMatchObject({ state: 'requested' });
    const shipped = { kind: 'shipped', carrier: 'cj', trackingNumber: '600000000011' } as const;
    const answer = { ...shipped, shippedAt: new Date(coupang.now) };
    await coupang.source.answerClaim?.({ ...(record ?? never()), answer });
    const now = await coupang.claims();
    expect(now.has(`cancel-${claimId}`)).toBe(false);
    expect(now.get(`return-${claimId}`)).toMatchObject({ kind: 'return', state: 'requested' });
  });

  test('for goods that come back are done once they are back, days later', async () => {
    const { order, recordIds } = await acknowledged();
    await coupang.upload(recordIds, '600000000012');
    coupang.now += MINUTE;
    const claimId = await coupang.claim(order.orderNumber, 'return');
    const state = async () => (await coupang.claims()).get(`return-${claimId}`)?.state;
    expect(await state()).toBe('requested');
    coupang.now += 10 * DAY;
    await coupang.settle(claimId, 'done');
    expect(await state()).toBe('done');
  });

  test.each(['cancellation', 'return'] as const)(
    'that customers withdraw (%s) come to nothing',
    async (kind) => {
      const { order, recordIds } = await acknowledged();
      if (kind === 'return') await coupang.upload(recordIds, '600000000013');
      coupang.now += MINUTE;
      const claimId = await coupang.claim(order.orderNumber, kind);
      const prefix = kind === 'return' ? 'return' : 'cancel';
      expect((await coupang.claims()).get(`${prefix}-${claimId}`)?.state).toBe('requested');
      await coupang.settle(claimId, 'withdrawn');
      expect((await coupang.claims()).get(`${prefix}-${claimId}`)?.state).toBe('withdrawn');
    },
  );

  test('that are listed still were withdrawn in part, and stay', async () => {
    const item = { vendorItemId: 70_000_001, cancelCount: 1, releaseStatus: 'N' };
    const receipt = {
      receiptId: 1,
      orderId: 28,
      receiptType: 'RETURN',
      receiptStatus: 'RELEASE_STOP_UNCHECKED',
      createdAt: '2026-11-20T10:00:00',
      cancelCountSum: 1,
      returnItems: [item],
    };
    const withdrawal = { orderId: 28, createdAt: '2026-11-20T11:00:00', vendorItemIds: [70_000_002] };
    scripted.list({
      returnRequests: [receipt],
      returnWithdrawRequests: [
        { ...withdrawal, cancelId: 1 },
        { ...withdrawal, cancelId: 2 },
      ],
    });
    const source = await coupang.connect({ baseUrl: scripted.url });
    const records = await coupang.collect(undefined, undefined, source);
    expect(records.map(({ recordId }) => recordId)).toEqual(['cancel-1', 'cancel-2', 'return-2']);
    expect(coupang.source.decode(records[0]?.body ?? Buffer.alloc(0))).toMatchObject({ state: 'requested' });
  });

  test('to exchange goods are followed to their end, page by page', async () => {
    await coupang.set({ exchangesPerPage: 1 });
    const orders = (await coupang.live()).slice(0, 3);
    for (const { recordIds } of orders) await coupang.source.acknowledge?.(recordIds);
    coupang.now += MINUTE;
    const ids: string[] = [];
    for (const { order } of orders) ids.push(await coupang.claim(order.orderNumber, 'exchange'));
    await coupang.settle(ids[0] ?? '', 'done');
    await coupang.settle(ids[1] ?? '', 'withdrawn');
    const now = await coupang.claims();
    expect(ids.map((claimId) => now.get(`exchange-${claimId}`))).toMatchObject([
      { kind: 'exchange', state: 'done' },
      { kind: 'exchange', state: 'withdrawn' },
      { kind: 'exchange', state: 'requested' },
    ]);
  });

  test('name the units that were taken back, and no others', async () => {
    const { order } = (await coupang.live()).find(({ order: { lines } }) => lines.length > 2) ?? never();
    const lines = order.lines.slice(1).map(({ lineNumber }) => ({ lineNumber, quantity: 1 }));
    const claimId = await coupang.claim(order.orderNumber, 'cancellation', { lines });
    expect((await coupang.claims()).get(`cancel-${claimId}`)?.lines).toEqual(lines);
  });
});

describe('the gateway', () => {
  test('shuts us out after a burst of errors, for longer than a moment', async () => {
    await coupang.set({ errorsPerSecond: 3, blockMs: 60_000 });
    const wrong = await coupang.connect({ secretKey: 'wrong' });
    for (let time = 0; time < 3; time += 1)
      await expect(coupang.collect(undefined, undefined, wrong)).rejects.toThrow(/HTTP 401/);
    const blocked: unknown = await coupang.collect().catch((error: unknown) => error);
    expect(blocked).toBeInstanceOf(OutsideUnavailable);
    expect(blocked).toMatchObject({
      message: expect.stringMatching(/HTTP 403: .*too many errors/),
      retryAfterMs: 180_000,
    });
    coupang.now += 2 * MINUTE;
    await expect(coupang.collect()).resolves.toEqual([]);
  });

  test('lets so many calls through a second, and tells of the wait', async () => {
    await coupang.set({ callsPerSecond: 9 });
    const error: unknown = await coupang.collect().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: expect.stringMatching(/HTTP 429/), retryAfterMs: 180_000 });
  });

  test.each([
    [302, '', /HTTP 302: Coupang has blocked this address/, 180_000],
    [
      403,
      '{"code":"ERROR","message":"[FORBIDDEN] Not allowed IP"}',
      /HTTP 403: \[FORBIDDEN\] Not allowed IP/,
      undefined,
    ],
    [423, '{"code":"ERROR","message":"locked"}', /HTTP 423: locked/, undefined],
    [404, '{"code":404,"message":"Not Found"}', /HTTP 404: Not Found/, undefined],
    [200, '<html>maintenance</html>', /an answer that is no JSON/, undefined],
    [200, '{"code":"ERROR","message":"down"}', /code ERROR: down/, undefined],
    [200, 'null', /an answer that is no JSON/, undefined],
    [200, '{}', /code /, undefined],
  ])(
    'that answers %i %s is unavailable, and its words are told',
    async (status, body, words, retryAfterMs) => {
      scripted.answer(status, body);
      const source = await coupang.connect({ baseUrl: scripted.url });
      const error: unknown = await coupang
        .collect(undefined, undefined, source)
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(OutsideUnavailable);
      expect(error).toMatchObject({ message: expect.stringMatching(words), retryAfterMs });
    },
  );
});

function never(): never {
  throw new Error('There is none');
}
