import { OutsideUnavailable } from '../../activities/outcome';
import { UndecodableRecord } from '../../domain/errors';
import { json, jsonBody } from '../../sandbox/stand-in/message';
import { orderTold } from '../support/told';
import { undecodable } from './sabangnet-setup';
import { listOf, ScriptedGateway } from './sabangnet-v3-setup';
import { account } from './sources/sabangnet-v3';

const gateway = ScriptedGateway.forEachTest();

const good = {
  SB_ORD_NO: '2000000100',
  SHOP_ORD_NO: '20261119L00000001',
  SHOP_ORD_SEQ: '1',
  SHOP_NM: '롯데ON',
  ORDER_STATUS: 'NEW_ORDER',
  ORDER_DT: '2026-11-19 10:00:00',
  RECEIVER_NM: '김가람',
  RECEIVER_CEL: '010-0123-4567',
  RECEIVER_TEL: '- -',
  RECEIVER_ZIPCODE: '04112',
  RECEIVER_ADDR: '서울특별시 마포구 없는길 1',
  DELIVERY_MSG: null,
  CM_PRD_NM: '모담뜰 김',
  CM_SKU_NM: '단품',
  ORD_CNT: '2',
  ORDER_TOT_AMT: '20000',
  PAY_TOT_AMT: '19000',
  CT_DELIVERY_COST: '0',
};
const goodClaim = {
  CLAIM_SRNO: '77',
  CLAIM_STS_DIV_CD: 'RETURN_COMPLETED',
  CLAIM_DT: '2026-11-20 10:00:00',
  SB_ORD_NO: good.SB_ORD_NO,
  SHOP_ORD_NO: good.SHOP_ORD_NO,
  SHOP_ORD_SEQ: '1',
  SHOP_NM: '롯데ON',
  ORD_CNT: '2',
};
const bytes = (record: object) => Buffer.from(JSON.stringify(record));
const decoded = (record: object) => gateway.source.decode(bytes(record));
const errorBody = (status: number, code: string, message = 'x') =>
  json(status, { code, message, timestamp: '2026-11-20T00:00:00Z', status, path: '/v3/sb' });

describe('a record', () => {
  test('is read with numbers for text, blanks for nothing, and fractions of a second', () => {
    const record = {
      ...good,
      ORD_CNT: 2,
      ORDER_TOT_AMT: 20_000,
      PAY_TOT_AMT: null,
      ORDER_DT: '2026-11-19 10:00:00.0',
    };
    expect(orderTold(gateway.source, bytes(record))).toMatchObject({
      orderedAt: new Date('2026-11-19T01:00:00Z'),
      recipient: { phone: '010-0123-4567', phone2: null, deliveryMessage: null },
      lines: [{ lineNumber: '1', option: '', quantity: 2, amount: 20_000n, discount: 0n }],
    });
  });

  test('keeps a number beyond 2^53 to the digit', async () => {
    const text = JSON.stringify(good)
      .replace('"2000000100"', '642538970006401429')
      .replace('"1"', '9007199254740993');
    gateway.offer(text);
    const [record] = await gateway.collect();
    expect(record?.recordId).toBe('642538970006401429');
    expect(Buffer.from(record?.body ?? []).toString()).toBe(text);
    expect(orderTold(gateway.source, record?.body ?? bytes({})).lines[0]?.lineNumber).toBe(
      '9007199254740993',
    );
  });

  test("without the mall's number of the line is named by the hub's", () => {
    expect(orderTold(gateway.source, bytes({ ...good, SHOP_ORD_SEQ: '' })).lines[0]?.lineNumber).toBe(
      'idx-2000000100',
    );
  });

  test.each([
    ['SB_ORD_NO', { SB_ORD_NO: '' }],
    ['SHOP_NM', { SHOP_NM: '모르는몰' }],
    ['SHOP_NM', { SHOP_NM: '__proto__' }],
    ['SHOP_ORD_NO', { SHOP_ORD_NO: null }],
    ['ORDER_STATUS', { ORDER_STATUS: 'MYSTERY' }],
    ['ORDER_STATUS', { ORDER_STATUS: 'RETURN_COMPLETED' }],
    ['ORDER_DT', { ORDER_DT: '2026-02-30' }],
    ['RECEIVER_NM', { RECEIVER_NM: '' }],
    ['RECEIVER_NM', { RECEIVER_NM: { first: '가람' } }],
    ['RECEIVER_CEL', { RECEIVER_CEL: '- -' }],
    ['RECEIVER_ZIPCODE', { RECEIVER_ZIPCODE: '서울' }],
    ['RECEIVER_ADDR', { RECEIVER_ADDR: 'a\u0000b' }],
    ['CM_PRD_NM', { CM_PRD_NM: ' ' }],
    ['ORD_CNT', { ORD_CNT: '0' }],
    ['ORDER_TOT_AMT', { ORDER_TOT_AMT: '-1' }],
    ['PAY_TOT_AMT', { PAY_TOT_AMT: '20001' }],
    ['CT_DELIVERY_COST', { CT_DELIVERY_COST: '3천원' }],
  ])('that does not fit names %s, and nobody', (field, change) => {
    const problem = undecodable(() => decoded({ ...good, ...change }));
    expect(problem.field).toBe(field);
    if (field.startsWith('RECEIVER_')) expect(problem.message).not.toMatch(/got|["“]|가람|서울/);
  });

  test('in a status that is not known is understood once the connection says what it means', async () => {
    await gateway.connect({ statuses: { MYSTERY: 'cancelled' } });
    const [line] = orderTold(gateway.source, bytes({ ...good, ORDER_STATUS: 'MYSTERY' })).lines;
    expect(line?.cancelledQuantity).toBe(2);
  });

  test("has its items by the names that the connection's hub gives them", async () => {
    await gateway.connect({ items: { mall: 'shmaId', deal: 'CT_PRD_NM' }, malls: { shma0001: 'lotteon' } });
    const { CM_PRD_NM: deal, SHOP_NM: _, ...others } = good;
    const part = orderTold(gateway.source, bytes({ ...others, CT_PRD_NM: deal, shmaId: 'shma0001' }));
    expect(part).toMatchObject({ channel: 'lotteon', lines: [{ deal }] });
  });

  test.each(['17', '"text"', '[]', 'null', '{}', '{"SB_ORD_NO":""}', '{"SB_ORD_NO":"한글"}'])(
    'that is none (%s) is kept under a name of its own, and holds up no other',
    async (record) => {
      gateway.offer(record, JSON.stringify(good));
      const [first, second] = await gateway.collect();
      expect(first?.recordId).toMatch(/^response-[0-9a-f]{64}$/);
      expect(() => gateway.source.decode(first?.body ?? bytes({}))).toThrow(UndecodableRecord);
      expect(second?.recordId).toBe(good.SB_ORD_NO);
      expect((await gateway.collect())[0]).toEqual(first);
    },
  );

  test('written in another order of its items, with other spaces, is the same', async () => {
    gateway.offer(JSON.stringify(good));
    const [one] = await gateway.collect();
    gateway.offer(JSON.stringify(Object.fromEntries(Object.entries(good).reverse()), null, 2));
    expect((await gateway.collect())[0]?.contentHash).toBe(one?.contentHash);
  });
});

describe('a claim', () => {
  test('is told by the line, kind and state', () => {
    expect(decoded(goodClaim)).toEqual({
      kind: 'return',
      state: 'done',
      claimId: '77',
      channel: 'lotteon',
      orderNumber: good.SHOP_ORD_NO,
      requestedAt: new Date('2026-11-20T01:00:00Z'),
      lines: [{ lineNumber: '1', quantity: 2 }],
    });
  });

  test.each([
    ['CLAIM_STS_DIV_CD', { CLAIM_STS_DIV_CD: '반품 검수' }],
    ['CLAIM_STS_DIV_CD', { CLAIM_STS_DIV_CD: null }],
    ['SHOP_ORD_SEQ', { SHOP_ORD_SEQ: undefined }],
    ['CLAIM_DT', { CLAIM_DT: '' }],
    ['ORD_CNT', { ORD_CNT: '' }],
    ['SHOP_NM', { SHOP_NM: '' }],
  ])('that does not fit names %s', (field, change) => {
    expect(undecodable(() => decoded({ ...goodClaim, ...change })).field).toBe(field);
  });

  test('in a status that nobody knows is understood once the connection says what it means', async () => {
    const claim = { ...goodClaim, CLAIM_STS_DIV_CD: '반품 검수' };
    expect(undecodable(() => decoded(claim)).message).toContain(
      '"반품 검수" means; the setting claimStatuses',
    );
    await gateway.connect({ claimStatuses: { '반품 검수': { kind: 'return', state: 'requested' } } });
    expect(decoded(claim)).toMatchObject({ kind: 'return', state: 'requested' });
  });
});

describe('a list', () => {
  const html = (status: number) => ({
    status,
    body: '<html>점검중</html>',
    headers: { 'content-type': 'text/html' },
  });

  test.each([
    ['a page of HTML', () => html(200)],
    ['a page of HTML from a firewall', () => html(403)],
    ['an error in a success', () => json(200, { code: 500, message: 'x', data: null })],
    ['a list without its length', () => json(200, { code: 200, data: { results: [] } })],
    ['fewer records than its length', () => listOf([JSON.stringify(good)], 2)],
    ['bytes that are no UTF-8', () => ({ status: 200, body: Buffer.from([0x7b, 0xb1, 0xff, 0x7d]) })],
    ['an address that the gateway does not know', () => errorBody(404, 'GW_ROUTE_001')],
    ['a refusal', () => errorBody(400, 'INVALID_REQUEST')],
  ])('is to be read again after %s', async (_name, answer) => {
    gateway.answers.set('order', answer);
    await expect(gateway.collect()).rejects.toThrow(OutsideUnavailable);
  });

  test('is to be read again when its claims are not there', async () => {
    gateway.offer(JSON.stringify(good));
    gateway.answers.set('claim', () => errorBody(500, 'INTERNAL'));
    await expect(gateway.collect()).rejects.toThrow(OutsideUnavailable);
    await gateway.connect({ readsClaims: false });
    expect(await gateway.collect()).toHaveLength(1);
  });

  test('that gets shorter while it is read is read from its beginning', async () => {
    const all = Array.from({ length: 60 }, (_, index) => ({
      ...good,
      SB_ORD_NO: String(3_000_000_000 + index),
    }));
    let rows = all;
    gateway.answers.set('order', (request) => {
      const { page } = jsonBody(request) as { page: number };
      const shown = rows.slice((page - 1) * 50, page * 50).map((record) => JSON.stringify(record));
      const answer = listOf(shown, rows.length);
      // Somebody throws the first order away, and the one that began the second page moves to the first.
      if (page === 1 && rows.length === 60) rows = all.slice(1);
      return answer;
    });
    const names = new Set((await gateway.collect()).map(({ recordId }) => recordId));
    expect([...names].sort()).toEqual(all.map(({ SB_ORD_NO }) => SB_ORD_NO));
  });

  test('never makes us repeat our secret', async () => {
    gateway.answers.set('order', () => errorBody(400, 'X', `bad ${account.clientSecret}`));
    const error = await gateway.collect().catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('bad ***');
    gateway.answers.set('waybill', () => errorBody(400, 'X', `bad ${account.clientSecret}`));
    const replies = await gateway.source.uploadTracking([
      { recordIds: ['1'], carrier: 'cj', trackingNumber: '600000000001', shippedAt: new Date() },
    ]);
    expect(JSON.stringify(replies)).not.toContain(account.clientSecret);
  });
});

describe('an answer to a write', () => {
  const upload = async () => {
    const [reply] = await gateway.source.uploadTracking([
      { recordIds: ['1', '2'], carrier: 'cj', trackingNumber: '600000000001', shippedAt: new Date() },
    ]);
    return reply?.outcome.kind;
  };
  const rows = (...results: object[]) => json(206, { code: 206, message: 'x', data: { results } });

  test.each([
    ['done', () => rows({ sbOrderNo: '1', status: true }, { sbOrderNo: 2, status: true })],
    [
      'refused',
      () => rows({ sbOrderNo: '1', status: true }, { sbOrderNo: '2', status: false, message: 'no' }),
    ],
    ['unknown', () => rows({ sbOrderNo: '1', status: true })],
    ['unknown', () => rows({ sbOrderNo: '1', status: 'yes' }, { sbOrderNo: '2', status: 'yes' })],
    ['unknown', () => json(200, { code: 200, message: 'x', data: null })],
    ['unknown', () => ({ status: 200, body: '<html>' })],
    ['unknown', () => errorBody(408, 'TIMEOUT')],
    ['unknown', () => errorBody(500, 'INTERNAL')],
    ['unknown', () => ({ status: 404, body: '<html>' })],
    ['refused', () => errorBody(400, 'INVALID_REQUEST')],
    ['not-received', () => errorBody(403, 'GW_AUTH_009')],
    ['not-received', () => errorBody(401, 'GW_AUTH_003')],
  ])('is judged as %s by what it says of each row', async (outcome, answer) => {
    gateway.answers.set('waybill', answer);
    expect(await upload()).toBe(outcome);
  });

  test.each([
    ['no JSON', () => ({ status: 200, body: '<html>' })],
    ['no token in it', () => json(200, {})],
    ['a refusal', () => errorBody(401, 'AUTH_003')],
    ['silence of the gateway', () => json(502, {})],
  ])('was not received when the token brought %s', async (_name, answer) => {
    gateway.answers.set('token', answer);
    await gateway.connect();
    expect(await upload()).toBe('not-received');
  });
});
