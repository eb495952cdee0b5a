import { OutsideUnavailable } from '../../activities/outcome';
import type { FetchedRecord } from '../../activities/sources/source';
import { isClaim } from '../../domain/claim';
import { orderTold } from '../support/told';
import { feedOf, HOUR, MINUTE, NaverSetup, ScriptedNaver, undecodable } from './naver-setup';
import { tell } from './sources/marketplace-fixture';

const naver = NaverSetup.forEachTest();
const scripted = ScriptedNaver.forEachTest();

const textOf = ({ body }: Pick<FetchedRecord, 'body'>) => Buffer.from(body).toString();
const hashesOf = (records: readonly FetchedRecord[]) =>
  Object.fromEntries(records.map(({ recordId, contentHash }) => [recordId, contentHash]));
const ordersIn = (records: readonly FetchedRecord[]) =>
  new Set(records.map(({ body }) => naver.source.decode(body).orderNumber));
const orderNumberOf = ({ body }: FetchedRecord) => naver.source.decode(body).orderNumber;
const ship = (recordId: string, trackingNumber = '600000000001') =>
  naver.source.uploadTracking([
    { recordIds: [recordId], carrier: 'cj', trackingNumber, shippedAt: new Date(naver.now) },
  ]);

async function one(): Promise<FetchedRecord> {
  const record = (await naver.live())[0];
  if (record === undefined) throw new Error('No order is left');
  return record;
}

describe('the change feed', () => {
  test.each([1, 7, 300])('brings what changed in one moment, %i at a time', async (pageSize) => {
    await naver.emit(20);
    const source = await naver.connect({ pageSize });
    const paged = await naver.collect(undefined, undefined, source);
    expect(hashesOf(paged)).toEqual(hashesOf(await naver.collect()));
    expect(ordersIn(paged).size).toBe(20);
  });

  test.each([-4, 4])('loses nothing to a clock that is %i minutes off', async (minutes) => {
    naver.now = Date.now() + minutes * MINUTE;
    await naver.collect();
    await naver.emit(40, { overSeconds: 40 * 60 });
    const found = new Set<string>();
    let due = Date.now();
    for (let step = 0; step < 6; step += 1) {
      naver.now += 10 * MINUTE;
      const to = naver.now - minutes * MINUTE;
      for (const number of ordersIn(await naver.collect(due - 10 * MINUTE, to))) found.add(number);
      due = to;
    }
    expect(found.size).toBe(40);
  });

  test('is read again where an order changes while it is being read, and gives it anew if it tells else', async () => {
    await naver.emit(20);
    const orders = await naver.live();
    const [confirmed = '', moved] = orders.map(({ recordId }) => recordId);
    const movedOrder = orders.find(({ recordId }) => recordId === moved);
    const source = await naver.connect({ pageSize: 10 });
    const window = { from: new Date(naver.now - HOUR), to: new Date(naver.now + HOUR) };
    const given: string[] = [];
    for await (const { records } of source.fetchRecords(window)) {
      if (given.length === 0) {
        naver.now += 1_000;
        await naver.source.acknowledge?.([confirmed]);
        const orderNumber = movedOrder && orderNumberOf(movedOrder);
        await tell(naver.standIn, '/admin/addresses', { orderNumber, address: '서울 중구 세종대로 110' });
      }
      given.push(...records.map(({ recordId }) => recordId));
    }
    expect(given.filter((id) => id === confirmed)).toHaveLength(1);
    expect(given.filter((id) => id === moved)).toHaveLength(2);
  });

  test.each(['empty-list', 'no-data'] as const)('is empty where nothing changed (%s)', async (noChanges) => {
    await naver.set({ noChanges });
    expect(await naver.collect()).toEqual([]);
  });

  test('leaves out what is no order yet, and asks for no details of it', async () => {
    scripted.feed([
      { productOrderId: '1', productOrderStatus: 'PAYMENT_WAITING' },
      { productOrderId: '2', productOrderStatus: 'CANCELED_BY_NOPAYMENT' },
      { productOrderId: '3', productOrderStatus: 'PAYED', giftReceivingStatus: 'WAIT_FOR_RECEIVING' },
    ]);
    expect(await fromScript()).toEqual([]);
    expect(scripted.asked.map(({ endpoint }) => endpoint)).toEqual(['token', 'last-changed-statuses']);
  });

  test.each([
    ['a count of more than it holds', feedOf([], { count: 1 })],
    ['no list', '{"data":{"count":0}}'],
    ['another answer', '[]'],
    ['the page that was asked for', feedOf([], { more: { moreFrom: 'T', moreSequence: '1' } })],
  ])('is unavailable where it brings %s', async (_name, body) => {
    scripted.answers = { 'last-changed-statuses': { body } };
    await expect(fromScript()).rejects.toThrow(OutsideUnavailable);
  });
});

async function fromScript(): Promise<FetchedRecord[]> {
  return naver.collect(undefined, undefined, await naver.connect({ baseUrl: scripted.url }));
}

describe('details that Naver does not give', () => {
  test('are asked for again, and what is missing then is kept as a record of its own', async () => {
    await naver.emit(20);
    const { recordId } = await one();
    const all = Object.keys(hashesOf(await naver.collect()));
    await naver.set({ withheld: [recordId] });
    const asked = await naver.callsOf('details');
    const records = await naver.collect();
    expect(await naver.callsOf('details')).toBe(asked + 2);
    const missing = records.filter((record) => !all.includes(record.recordId));
    expect(missing.map((record) => record.recordId)).toEqual([`change-${recordId}`]);
    expect(undecodable(naver.source, missing[0]?.body ?? Buffer.alloc(0)).field).toBe('data');
    expect(records).toHaveLength(all.length);
  });

  test('come as soon as they are given', async () => {
    await naver.emit(1);
    const { recordId } = await one();
    await naver.set({ withheld: [recordId] });
    await naver.collect();
    await naver.set({ withheld: [] });
    expect((await naver.collect()).map((record) => record.recordId)).toEqual([recordId]);
  });

  test('are left out where an order is read again by its number', async () => {
    await naver.emit(2);
    const [first, second] = await naver.live();
    await naver.set({ withheld: [first?.recordId ?? ''] });
    const ids = [first?.recordId ?? '', second?.recordId ?? ''];
    expect((await naver.source.reread?.(ids))?.map((record) => record.recordId)).toEqual([second?.recordId]);
  });
});

describe('a record', () => {
  test('holds its element byte for byte, beside the traceId of the answer', async () => {
    const element =
      '{ "productOrder" :{"productOrderId":"1","x":1.50,"y":"\\uac00\\/" , "z":12345678901234567890}}';
    scripted.feed([{ productOrderId: '1' }], `{"traceId":"T-1","data":[\n${element} ]}`);
    expect((await fromScript()).map(textOf)).toEqual([`{"traceId":"T-1","data":[${element}]}`]);
  });

  test('has the traceId from the head of an answer that holds none', async () => {
    const element = '{"productOrder":{"productOrderId":"1"}}';
    scripted.answers = {
      'last-changed-statuses': { body: feedOf([{ productOrderId: '1' }]) },
      query: { body: `{"data":[${element}]}`, headers: { 'gncp-gw-trace-id': 'T-2' } },
    };
    expect((await fromScript()).map(textOf)).toEqual([`{"traceId":"T-2","data":[${element}]}`]);
  });

  test('is the same whatever answer it came with, confirmed, and shipped', async () => {
    await naver.emit(1);
    const first = await one();
    const { recordId, contentHash } = first;
    const steps = [async () => undefined, () => naver.source.acknowledge?.([recordId]), () => ship(recordId)];
    for (const step of steps) {
      await step();
      const [again] = await naver.collect();
      expect(again?.contentHash).toBe(contentHash);
      expect(again && textOf(again)).not.toBe(textOf(first));
    }
  });

  test('is another when the customer moves, and when units are cancelled', async () => {
    await naver.emit(1);
    const record = await one();
    const { recordId } = record;
    const orderNumber = orderNumberOf(record);
    const hashes = new Set([record.contentHash]);
    await tell(naver.standIn, '/admin/addresses', { orderNumber, address: '서울 중구 세종대로 110' });
    hashes.add(hashesOf(await naver.collect())[recordId] ?? '');
    await tell(naver.standIn, '/admin/claims', { orderNumber, kind: 'cancellation' });
    hashes.add(hashesOf(await naver.collect())[recordId] ?? '');
    expect(hashes.size).toBe(3);
  });

  test('tells until when it has to leave', async () => {
    await naver.emit(1);
    const { shipBy } = orderTold(naver.source, (await one()).body);
    expect(shipBy?.getTime()).toBe(naver.now + 72 * HOUR);
  });

  test('of what had left before anybody read it is no order of ours', async () => {
    await naver.emit(1);
    const { recordId } = await one();
    await naver.source.acknowledge?.([recordId]);
    await ship(recordId);
    const [shipped] = await naver.collect();
    const { field, message } = undecodable(naver.source, shipped?.body ?? Buffer.alloc(0));
    expect(field).toBe('productOrder.productOrderStatus');
    expect(message).toContain('shipped outside');
  });
});

describe('a claim', () => {
  /** A product order of several units. */
  async function several(): Promise<FetchedRecord & { quantity: number; orderNumber: string }> {
    await naver.emit(40);
    for (const record of await naver.live()) {
      const { orderNumber, lines } = orderTold(naver.source, record.body);
      const quantity = lines[0]?.quantity ?? 0;
      if (quantity > 1) return { ...record, quantity, orderNumber };
    }
    throw new Error('Nobody has ordered several');
  }
  const claim = (orderNumber: string, kind: string, recordId: string, more: object = {}) =>
    tell<{ claimId: string }>(naver.standIn, '/admin/claims', {
      orderNumber,
      kind,
      lines: [{ lineNumber: recordId, quantity: 1 }],
      ...more,
    });
  const told = async (orderNumber: string) =>
    (await naver.claims()).map((each) => each.claim).filter((each) => each.orderNumber === orderNumber);
  const lineOf = async (recordId: string) => {
    const [record] = (await naver.source.reread?.([recordId])) ?? [];
    return orderTold(naver.source, record?.body ?? Buffer.alloc(0)).lines[0];
  };

  test('before the order is confirmed is done at once, and takes its units off', async () => {
    const { recordId, orderNumber, quantity } = await several();
    await claim(orderNumber, 'cancellation', recordId);
    expect(await told(orderNumber)).toMatchObject([
      { kind: 'cancellation', state: 'done', lines: [{ lineNumber: recordId, quantity: 1 }] },
    ]);
    expect(await lineOf(recordId)).toMatchObject({ quantity, cancelledQuantity: 1 });
  });

  test('after that is a request first, and takes nothing off', async () => {
    const { recordId, orderNumber } = await several();
    await naver.source.acknowledge?.([recordId]);
    const { claimId } = await claim(orderNumber, 'cancellation', recordId);
    expect(await told(orderNumber)).toMatchObject([{ kind: 'cancellation', state: 'requested' }]);
    expect(await lineOf(recordId)).toMatchObject({ cancelledQuantity: 0 });
    await tell(naver.standIn, '/admin/claim-states', { claimId, state: 'withdrawn' });
    expect(await told(orderNumber)).toMatchObject([{ state: 'withdrawn' }]);
    expect(await lineOf(recordId)).toMatchObject({ cancelledQuantity: 0 });
  });

  test('that follows another has a number of its own, and both take units off', async () => {
    const { recordId, orderNumber } = await several();
    await claim(orderNumber, 'cancellation', recordId);
    await claim(orderNumber, 'cancellation', recordId);
    const claims = await told(orderNumber);
    expect(new Set(claims.map(({ claimId }) => claimId)).size).toBe(2);
    expect(await lineOf(recordId)).toMatchObject({ cancelledQuantity: 2 });
  });

  test.each(['return', 'exchange'] as const)(
    'of what has left is a %s, in each of its states',
    async (kind) => {
      const { recordId, orderNumber } = await several();
      await naver.source.acknowledge?.([recordId]);
      await ship(recordId);
      const { claimId } = await claim(orderNumber, kind, recordId);
      expect(await told(orderNumber)).toMatchObject([{ kind, state: 'requested', lines: [{ quantity: 1 }] }]);
      await tell(naver.standIn, '/admin/claim-states', { claimId, state: 'done' });
      expect(await told(orderNumber)).toMatchObject([{ kind, state: 'done' }]);
    },
  );

  test('is read again by its own number', async () => {
    const { recordId, orderNumber } = await several();
    await claim(orderNumber, 'cancellation', recordId);
    const mine = (await naver.claims()).find((each) => each.claim.orderNumber === orderNumber);
    const ids = [mine?.record.recordId ?? ''];
    const [again] = (await naver.source.reread?.(ids)) ?? [];
    expect(again?.contentHash).toBe(mine?.record.contentHash);
    expect(again && isClaim(naver.source.decode(again.body))).toBe(true);
  });

  test('is another record in each of its states, and the same in the steps between', async () => {
    const hashes = [];
    for (const claimStatus of ['RETURN_REQUEST', 'COLLECTING', 'COLLECT_DONE', 'RETURN_DONE']) {
      const claimed = { claimId: '9', claimStatus, claimRequestDate: '2026-11-20T10:00:00.000+09:00' };
      const element = { productOrder: { productOrderId: '1' }, currentClaim: { return: claimed } };
      scripted.feed([{ productOrderId: '1' }], JSON.stringify({ traceId: 'T', data: [element] }));
      hashes.push(hashesOf(await fromScript())['1/9']);
    }
    expect(new Set(hashes.slice(0, 3)).size).toBe(1);
    expect(hashes[3]).not.toBe(hashes[0]);
  });
});
