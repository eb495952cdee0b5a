import fc from 'fast-check';
import { OutsideUnavailable } from '../../activities/outcome';
import type { FetchedRecord } from '../../activities/sources/source';
import { UndecodableRecord } from '../../domain/errors';
import { orderTold } from '../support/told';
import { feedOf, NaverSetup, ScriptedNaver, undecodable } from './naver-setup';

const naver = NaverSetup.forEachTest();
const scripted = ScriptedNaver.forEachTest();

type Value = string | number | boolean | null | undefined | object;

/** The first of the records, one of its fields set to something else; `undefined` takes it away. */
async function recordWith(field: string, value: Value): Promise<Buffer> {
  const [record] = await naver.live();
  const envelope = JSON.parse(Buffer.from(record?.body ?? []).toString());
  const path = field.split('.');
  const parent = path.slice(0, -1).reduce((part, name) => (part[name] ??= {}), envelope.data[0]);
  parent[path.at(-1) ?? ''] = value;
  return Buffer.from(JSON.stringify(envelope));
}

const claimWith = (more: object) => ({
  claimId: '77',
  claimStatus: 'CANCEL_REQUEST',
  claimRequestDate: '2026-11-20T10:00:00.000+09:00',
  requestQuantity: 1,
  ...more,
});
const asClaim = (body: Buffer) => Buffer.from(body.toString().replace('{', '{"claimId":"77",'));

describe('a field that does not fit', () => {
  beforeEach(() => naver.emit(1));

  test.each<[string, string, Value]>([
    ['is missing', 'order.orderId', undefined],
    ['is missing', 'productOrder.productOrderId', undefined],
    ['is missing', 'productOrder.productName', undefined],
    ['is missing', 'productOrder.shippingAddress', undefined],
    ['is missing', 'productOrder.shippingAddress.tel1', undefined],
    ['is empty', 'productOrder.shippingAddress.name', ''],
    ['is null', 'productOrder.shippingAddress.zipCode', null],
    ['is no phone number', 'productOrder.shippingAddress.tel1', '전화 없음'],
    ['holds a byte that is no character', 'productOrder.shippingAddress.baseAddress', '서울 \ufffd'],
    ['holds a control character', 'productOrder.productName', '모담뜰\u0000'],
    ['is too long', 'order.orderId', '1'.repeat(300)],
    ['is no time', 'order.orderDate', '2026-11-20 10:00:00'],
    ['is no day', 'productOrder.shippingDueDate', '2026-02-30T00:00:00.000+09:00'],
    ['is nothing', 'productOrder.initialQuantity', 0],
    ['is negative', 'productOrder.initialQuantity', -1],
    ['is half a piece', 'productOrder.initialQuantity', 1.5],
    ['is a billion', 'productOrder.initialQuantity', 1_000_000_000],
    ['is half a won', 'productOrder.initialProductAmount', 0.5],
    ['is negative', 'productOrder.deliveryFeeAmount', -3_000],
    ['is no word that is known', 'productOrder.productOrderStatus', 'TELEPORTED'],
    ['is missing', 'productOrder.productOrderStatus', undefined],
  ])('is named where it %s: %s', async (_name, field, value) => {
    expect(undecodable(naver.source, await recordWith(field, value)).field).toBe(field);
  });

  test.each<[string, string, object]>([
    ['has no time', 'currentClaim.cancel.claimRequestDate', { claimRequestDate: undefined }],
    ['has an unknown state', 'currentClaim.cancel.claimStatus', { claimStatus: 'CANCEL_PERHAPS' }],
    ['is of nothing', 'currentClaim.cancel.requestQuantity', { requestQuantity: 0 }],
    ['is of a billion', 'currentClaim.cancel.requestQuantity', { requestQuantity: 1_000_000_000 }],
  ])('is named where a claim %s', async (_name, field, more) => {
    const body = asClaim(await recordWith('currentClaim', { cancel: claimWith(more) }));
    expect(undecodable(naver.source, body).field).toBe(field);
  });

  test('is named where a claim that is over is of an unknown kind', async () => {
    const over = { ...claimWith({}), claimType: 'BARTER' };
    const body = asClaim(await recordWith('completedClaims', [over]));
    expect(undecodable(naver.source, body).field).toBe('completedClaims.0.claimType');
  });

  test.each([
    ['productOrder.shippingAddress.tel1', '전화 없음'],
    ['productOrder.shippingAddress.name', '김\u0000담'],
    ['productOrder.shippingMemo', '문 앞\u0000에'],
  ])('quotes nobody: %s', async (field, value) => {
    const { message } = undecodable(naver.source, await recordWith(field, value));
    expect(message).toContain(field);
    expect(message).not.toContain(value.slice(0, 1));
  });
});

describe('what looks odd and is none the less right', () => {
  beforeEach(() => naver.emit(1));
  const lineOf = (body: Uint8Array) => orderTold(naver.source, body).lines[0];

  test('is read: numbers as texts and texts as numbers, beyond 2^53 without losing a digit', async () => {
    expect(lineOf(await recordWith('productOrder.initialQuantity', '3'))?.quantity).toBe(3);
    const text = (await recordWith('productOrder.productOrderId', 'ID')).toString();
    const body = Buffer.from(text.replace('"ID"', '20261120012000001999'));
    expect(lineOf(body)?.lineNumber).toBe('20261120012000001999');
  });

  test('is read: names that an older answer has', async () => {
    const text = (await recordWith('productOrder.initialQuantity', undefined)).toString();
    const [record] = await naver.live();
    expect(lineOf(Buffer.from(text))).toEqual(lineOf(record?.body ?? Buffer.alloc(0)));
  });

  test('is read: fields and words of fields that nobody knows', async () => {
    expect(lineOf(await recordWith('productOrder.deliveryPolicyType', 'BY_DRONE'))).toBeDefined();
  });

  test('is read: a fee that the carrier has from the customer is none of ours', async () => {
    const body = await recordWith('productOrder.shippingFeeType', '착불');
    expect(orderTold(naver.source, body).shippingFee).toBe(0n);
  });

  test('is read: money held back makes no claim', async () => {
    const found = { ...claimWith({}), claimType: 'PURCHASE_DECISION_HOLDBACK' };
    const element = { productOrder: { productOrderId: '1' }, completedClaims: [found] };
    scripted.feed([{ productOrderId: '1' }], JSON.stringify({ data: [element] }));
    expect((await fromScript()).map(({ recordId }) => recordId)).toEqual(['1']);
  });
});

describe('an answer', () => {
  test('with a name in another encoding spoils that record alone', async () => {
    const [first, second] = ['1', '2'].map((productOrderId) =>
      JSON.stringify({ productOrder: { productOrderId } }),
    );
    const spoilt = Buffer.from(
      `{"traceId":"T","data":[${first},{"productOrder":{"productOrderId":"3","x":"?"}},${second}]}`,
    );
    spoilt[spoilt.indexOf('?')] = 0xb1;
    scripted.feed([{ productOrderId: '1' }, { productOrderId: '2' }, { productOrderId: '3' }], spoilt);
    const records = await fromScript();
    expect(records.map(({ recordId }) => recordId)).toEqual(['1', '3', '2']);
    expect(Buffer.from(records[1]?.body ?? []).includes(0xb1)).toBe(true);
  });

  test('with an element that names no product order keeps it under the same name at every reading', async () => {
    scripted.feed([{ productOrderId: '1' }], '{"traceId":"T","data":[{"order":{}}]}');
    const [first] = await fromScript();
    expect(first?.recordId).toMatch(/^unnamed-[0-9a-f]{64}$/);
    expect(undecodable(naver.source, first?.body ?? Buffer.alloc(0)).field).toBe('order.orderId');
    expect((await fromScript())[0]?.recordId).toBe(first?.recordId);
  });

  test('with a change that names no product order keeps it, and reads the others', async () => {
    await naver.emit(1);
    scripted.feed(
      [{ orderId: '5' }, { productOrderId: '1' }],
      '{"data":[{"productOrder":{"productOrderId":"1"}}]}',
    );
    expect((await fromScript()).map(({ recordId }) => recordId)).toEqual([
      '1',
      expect.stringMatching(/^change-[0-9a-f]{64}$/),
    ]);
  });

  test('that names a claim and does not tell of it makes a record of it that a person looks at', async () => {
    const element = {
      order: { orderId: '5' },
      productOrder: { productOrderId: '1', claimId: '9', claimType: 'RETURN' },
    };
    scripted.feed([{ productOrderId: '1' }], JSON.stringify({ data: [element] }));
    const claim = (await fromScript()).find(({ recordId }) => recordId === '1/9');
    expect(undecodable(naver.source, claim?.body ?? Buffer.alloc(0)).field).toBe('currentClaim');
  });

  test.each([
    ['a page of HTML', '<html>점검 중</html>'],
    ['half a list', '{"data":[{"productOrder":'],
    ['no list', '{"data":{"productOrderId":"1"}}'],
    ['nothing', ''],
  ])('to the question for details that is %s is to be asked for again', async (_name, body) => {
    scripted.answers = {
      'last-changed-statuses': { body: feedOf([{ productOrderId: '1' }]) },
      query: { body },
    };
    await expect(fromScript()).rejects.toThrow(OutsideUnavailable);
  });
});

async function fromScript(): Promise<FetchedRecord[]> {
  return naver.collect(undefined, undefined, await naver.connect({ baseUrl: scripted.url }));
}

describe('whatever the bytes of a record', () => {
  test('they are read or named by a field, and do nothing else', async () => {
    await naver.emit(3);
    const texts = (await naver.collect()).map(({ body }) => Buffer.from(body).toString('latin1'));
    const tampered = fc
      .tuple(
        fc.constantFrom(...texts),
        fc.nat(4_000),
        fc.nat(20),
        fc.string({ unit: 'binary', maxLength: 4 }),
      )
      .map(([text, at, count, put]) => text.slice(0, at) + put + text.slice(at + count));
    fc.assert(
      fc.property(tampered, (text) => {
        try {
          naver.source.decode(Buffer.from(text, 'latin1'));
        } catch (error) {
          expect(error).toBeInstanceOf(UndecodableRecord);
        }
      }),
      { numRuns: 500 },
    );
  });
});
