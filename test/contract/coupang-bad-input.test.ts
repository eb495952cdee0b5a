import fc from 'fast-check';
import { parse, stringify } from 'lossless-json';
import type { FetchedRecord } from '../../activities/sources/source';
import { UndecodableRecord } from '../../domain/errors';
import { orderTold } from '../support/told';
import { CoupangSetup, HOUR, ScriptedGateway } from './coupang-setup';

const coupang = CoupangSetup.forEachTest();
const scripted = ScriptedGateway.forEachTest();

type Tree = Record<string, unknown>;
type Value = string | number | boolean | null | undefined | object;

/** The only sheet that there is, one of its fields set to something else; `undefined` takes it away. */
async function sheetWith(field: string, value: Value): Promise<Buffer> {
  const [record] = await coupang.collect();
  return changed(record, field, value);
}

function changed(record: FetchedRecord | undefined, field: string, value: Value): Buffer {
  const whole = parse(Buffer.from(record?.body ?? []).toString()) as Tree;
  const path = field.split('.');
  const parent = path.slice(0, -1).reduce((part, name) => part[name] as Tree, whole);
  parent[path.at(-1) ?? ''] = value;
  return Buffer.from(stringify(whole) ?? '');
}

function undecodable(body: Uint8Array): UndecodableRecord {
  try {
    coupang.source.decode(body);
  } catch (error) {
    if (error instanceof UndecodableRecord) return error;
    throw error;
  }
  throw new Error('It was decoded');
}

describe('a field of a sheet that does not fit', () => {
  beforeEach(() => coupang.emit(1));

  test.each<[string, Value]>([
    ['orderId', undefined],
    ['orderId', 'A-1'],
    ['orderedAt', '2026-02-30T10:00:00'],
    ['status', 'SOMETHING_NEW'],
    ['status', null],
    ['receiver', null],
    ['receiver.name', ''],
    ['receiver.safeNumber', null],
    ['receiver.postCode', '1'],
    ['orderItems', []],
    ['orderItems.0.vendorItemId', -1],
    ['orderItems.0.vendorItemName', ''],
    ['orderItems.0.shippingCount', 0],
    ['orderItems.0.shippingCount', 1.5],
    ['orderItems.0.cancelCount', 99],
    ['orderItems.0.orderPrice', -1],
    ['orderItems.0.orderPrice', 9_900.5],
    ['orderItems.0.instantCouponDiscount', 99_999_999],
    ['shippingPrice', '무료'],
  ])('is named: %s, %j', async (field, value) => {
    const error = undecodable(await sheetWith(field, value));
    const last = field.split('.').at(-1) ?? '';
    expect(error.field).toContain(last === 'instantCouponDiscount' ? 'discountPrice' : last);
  });

  test('is named without what stands in it, where a person is meant', async () => {
    for (const [field, value] of [
      ['receiver.name', '홍\u0000길동'],
      ['receiver.safeNumber', '전화 없음'],
      ['receiver.addr1', `비밀${'가'.repeat(400)}`],
    ] as const) {
      const error = undecodable(await sheetWith(field, value));
      expect(error.message).not.toContain(value.slice(0, 2));
    }
  });

  test('is an option that appears twice', async () => {
    const [record] = await coupang.collect();
    const items = orderTold(coupang.source, record?.body ?? Buffer.alloc(0)).lines;
    const twice = JSON.parse(Buffer.from(record?.body ?? []).toString()).orderItems;
    const error = undecodable(changed(record, 'orderItems', [...twice, twice[0]]));
    expect(items.length).toBe(twice.length);
    expect(error).toMatchObject({ field: 'vendorItemId', message: expect.stringContaining('twice') });
  });

  test('leaves it a record under its own number', async () => {
    const { recordId } = (await coupang.collect())[0] ?? { recordId: '' };
    const bad = (await sheetWith('receiver', null)).toString();
    scripted.answer(200, `{"code":200,"message":"OK","data":[${bad},{"no":"sheet"},7],"nextToken":""}`);
    const source = await coupang.connect({ baseUrl: scripted.url });
    const pages = source.fetchRecords({ from: new Date(coupang.now - HOUR), to: new Date(coupang.now) });
    const { value } = await pages[Symbol.asyncIterator]().next();
    const ids = (value?.records ?? []).map((record: FetchedRecord) => record.recordId);
    expect(ids).toEqual([
      recordId,
      expect.stringMatching(/^unreadable-/),
      expect.stringMatching(/^unreadable-/),
    ]);
  });
});

test('a postcode and numbers are read as Coupang writes them', async () => {
  await coupang.emit(1);
  const [record] = await coupang.collect();
  const dashed = orderTold(coupang.source, changed(record, 'receiver.postCode', '284-60'));
  expect(dashed.recipient.postcode).toBe('28460');
  const real = orderTold(coupang.source, changed(record, 'receiver.receiverNumber', '010-0123-4567'));
  expect(real.recipient.phone).toBe('010-0123-4567');
  expect(real.recipient.phone2).toBe(dashed.recipient.phone);
  const plain = orderTold(coupang.source, changed(record, 'orderItems.0.instantCouponDiscount', undefined));
  expect(plain.lines[0]?.discount).toBe(
    orderTold(coupang.source, record?.body ?? Buffer.alloc(0)).lines[0]?.discount,
  );
});

describe('a claim', () => {
  const item = { vendorItemId: 70_000_001, cancelCount: 1, releaseStatus: 'N' };
  const receipt = {
    receiptId: 50_000_001,
    orderId: 2_826_112_000_000_001,
    receiptType: 'RETURN',
    receiptStatus: 'RELEASE_STOP_UNCHECKED',
    createdAt: '2026-11-20T10:00:00',
    cancelCountSum: 1,
    returnItems: [item],
  };
  const bytes = (more: object) => Buffer.from(JSON.stringify({ ...receipt, ...more }));

  test.each<[string, object]>([
    ['receiptId', { receiptId: 'x' }],
    ['orderId', { orderId: null }],
    ['receiptType', { receiptType: 'OTHER' }],
    ['createdAt', { createdAt: 'yesterday' }],
    ['returnItems', { returnItems: [] }],
    ['cancelCount', { returnItems: [{ ...item, cancelCount: 0 }] }],
    ['releaseStatus', { returnItems: [{ ...item, releaseStatus: null }] }],
    ['releaseStatus', { returnItems: [item, { ...item, releaseStatus: 'Y' }] }],
  ])('whose %s does not fit names it', (field, more) => {
    expect(undecodable(bytes(more)).field).toContain(field);
  });

  test.each<[string, string, object]>([
    ['cancellation', 'requested', {}],
    ['cancellation', 'requested', { receiptStatus: 'RETURNS_UNCHECKED' }],
    ['cancellation', 'done', { returnItems: [{ ...item, releaseStatus: 'S' }] }],
    ['cancellation', 'done', { receiptType: '취소', returnItems: [{ ...item, releaseStatus: null }] }],
    [
      'return',
      'requested',
      { receiptStatus: 'REQUEST_COUPANG_CHECK', returnItems: [{ ...item, releaseStatus: 'Y' }] },
    ],
    [
      'return',
      'done',
      { receiptStatus: 'RETURNS_COMPLETED', returnItems: [{ ...item, releaseStatus: 'A' }] },
    ],
  ])('is a %s, %s', (kind, state, more) => {
    expect(coupang.source.decode(bytes(more))).toMatchObject({ kind, state });
  });
});

test('whatever is read is decoded or refused by name, and nothing else happens', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom('receiptId', 'cancelId', 'exchangeId', 'shipmentBoxId'),
      (value, field) => {
        const body = Buffer.from(
          JSON.stringify({ [field]: 1, orderItems: value, receiver: value, orderId: value }),
        );
        expect(undecodable(body)).toBeInstanceOf(UndecodableRecord);
      },
    ),
  );
});
