import { OutsideUnavailable } from '../../activities/outcome';
import { element } from '../../activities/sources/sabangnet-xml/wire';
import type { FetchedPage, FetchedRecord } from '../../activities/sources/source';
import { encode } from '../../activities/sources/wire-text';
import { type Claim, isClaim } from '../../domain/claim';
import { mergeParts } from '../../domain/merge-parts';
import { orderTold } from '../support/told';
import { HOUR, SabangnetSetup, undecodable } from './sabangnet-setup';
import { tell } from './sources/marketplace-fixture';

const DAY = 24 * HOUR;
const sabangnet = SabangnetSetup.forEachTest();

async function someOrders(orders = 1): Promise<FetchedRecord[]> {
  await tell(sabangnet.hub, '/admin/days', { seed: 1, orders, date: '2026-11-19' });
  return sabangnet.collectOrders();
}

async function claim(idx: string | undefined, words: string, number?: string): Promise<string> {
  const told = await tell<{ number: string }>(sabangnet.hub, '/admin/claims', {
    idx,
    words,
    ...(number === undefined ? {} : { number }),
  });
  return told.number;
}

async function claimRecord(number: string): Promise<FetchedRecord> {
  const found = (await sabangnet.collect()).find(({ recordId }) => recordId === `claim-${number}`);
  if (found === undefined) throw new Error(`No record tells of claim ${number}`);
  return found;
}

function claimTold({ body }: FetchedRecord): Claim {
  const told = sabangnet.source.decode(body);
  if (!isClaim(told)) throw new Error('It tells of an order');
  return told;
}

const window = () => ({ from: new Date(sabangnet.now - HOUR), to: new Date(sabangnet.now + HOUR) });

async function pagesFrom(from?: string): Promise<FetchedPage[]> {
  const pages: FetchedPage[] = [];
  for await (const page of sabangnet.source.fetchRecords(window(), from)) pages.push(page);
  return pages;
}

async function calls(endpoint: 'orders' | 'claims'): Promise<number> {
  const answer = await fetch(`${sabangnet.hub.adminUrl}/admin/calls`);
  return ((await answer.json()) as Record<string, { handled: number }>)[endpoint]?.handled ?? 0;
}

describe("the hub's claims", () => {
  test.each(['MALL_ORDER_SEQ', 'MALL_ORDER_ID', 'IDX'])(
    "tell of a return that is done, on the line that the order's own record names by %s",
    async (lineNumberField) => {
      await sabangnet.connect({ lineNumberField });
      const [record] = await someOrders();
      const number = await claim(record?.recordId, '반품완료');
      const order = orderTold(sabangnet.source, record?.body ?? Buffer.alloc(0));
      const [line] = order.lines;
      expect(claimTold(await claimRecord(number))).toEqual({
        kind: 'return',
        state: 'done',
        claimId: number,
        channel: order.channel,
        orderNumber: order.orderNumber,
        requestedAt: new Date(sabangnet.now),
        lines: [{ lineNumber: line?.lineNumber, quantity: line?.quantity }],
      });
    },
  );

  test('move on under the number they have, also weeks later', async () => {
    const [record] = await someOrders();
    const number = await claim(record?.recordId, '반품 요청');
    const asked = await claimRecord(number);
    expect(claimTold(asked)).toMatchObject({ kind: 'return', state: 'requested' });
    sabangnet.now += 20 * DAY;
    expect((await claimRecord(number)).contentHash).toBe(asked.contentHash);
    await claim(record?.recordId, '반품완료', number);
    const settled = await claimRecord(number);
    expect(settled.contentHash).not.toBe(asked.contentHash);
    expect(claimTold(settled)).toMatchObject({ kind: 'return', state: 'done', claimId: number });
  });

  test.each([
    ['취소', 'cancellation', 'requested'],
    ['출고중지요청', 'cancellation', 'requested'],
    ['취소완료', 'cancellation', 'done'],
    ['취소철회', 'cancellation', 'withdrawn'],
    ['교환신청', 'exchange', 'requested'],
    ['반품거부', 'return', 'withdrawn'],
  ])('that say %s are a %s, %s', async (words, kind, state) => {
    const [record] = await someOrders();
    expect(claimTold(await claimRecord(await claim(record?.recordId, words)))).toMatchObject({ kind, state });
  });

  test('in a word that nobody knows are not guessed at, and understood once the connection says what it means', async () => {
    const [record] = await someOrders();
    const unknown = await claimRecord(await claim(record?.recordId, '반품 회수 중'));
    const { channel } = orderTold(sabangnet.source, record?.body ?? Buffer.alloc(0));
    const mall = sabangnet.mallOf(channel);
    const problem = undecodable(() => sabangnet.source.decode(unknown.body));
    expect(problem.message).toBe(
      `CLAME_STATUS_GUBUN: nobody has said what "반품 회수 중" means; the setting malls.${mall}.claimWords takes it`,
    );
    const claimWords = { 반품회수중: { kind: 'return', state: 'requested' } };
    await sabangnet.connect({ malls: { [mall]: { channel, claimWords } } });
    expect(claimTold(unknown)).toMatchObject({ kind: 'return', state: 'requested' });
  });

  test("and the order's own status take the same units back once", async () => {
    const [record] = await someOrders();
    await tell(sabangnet.hub, '/admin/cancellations', { idx: [record?.recordId] });
    const told = (await sabangnet.collect()).map(({ body }) => sabangnet.source.decode(body));
    const claims = told.filter(isClaim);
    expect(claims).toMatchObject([{ kind: 'cancellation', state: 'requested' }]);
    const parts = told.flatMap((each) => (isClaim(each) ? [] : [each]));
    const { lines } = mergeParts(parts, claims);
    const [taken] = orderTold(sabangnet.source, record?.body ?? Buffer.alloc(0)).lines;
    for (const { lineNumber, quantity, cancelledQuantity } of lines)
      expect(cancelledQuantity).toBe(lineNumber === taken?.lineNumber ? quantity : 0);
  });

  test('that do not name the line name the field that is missing', () => {
    const fields = { CL_IDX: '1', MALL_ID: sabangnet.mallOf('kakao'), IDX: '17', CLAME_STATUS_GUBUN: '취소' };
    const body = encode(
      `<DATA>${Object.entries(fields)
        .map(([name, text]) => element(name, text))
        .join('')}</DATA>`,
      'euc-kr',
    );
    expect(undecodable(() => sabangnet.source.decode(body)).field).toBe('MALL_ORDER_SEQ');
  });
});

describe('a window of the hub', () => {
  test('goes on at the claims where it stopped there, and counts both', async () => {
    const [record] = await someOrders(3);
    await claim(record?.recordId, '반품완료');
    const [orders, claims, ...others] = await pagesFrom();
    expect(others).toEqual([]);
    expect(claims?.next).toBeUndefined();
    expect(claims?.announced).toBe((orders?.records.length ?? 0) + (claims?.records.length ?? 0));
    const before = await calls('orders');
    expect(await pagesFrom(orders?.next)).toEqual([claims]);
    expect(await calls('orders')).toBe(before);
  });

  test('goes on nowhere but at the beginning while there are more orders', async () => {
    await tell(sabangnet.hub, '/admin/days', { seed: 1, orders: 600, date: '2026-11-19' });
    const [first, second] = await pagesFrom();
    expect(first?.records.length).toBe(500);
    const again = (await pagesFrom(first?.next)).flatMap(({ records }) => records);
    const names = again.map(({ recordId }) => recordId);
    expect(names).toEqual(expect.arrayContaining(second?.records.map(({ recordId }) => recordId) ?? []));
  });

  test('is not read while the claims are not', async () => {
    await someOrders();
    await sabangnet.hub.setFaults([{ endpoint: 'claims', kind: '5xx-before', times: 1 }]);
    await expect(sabangnet.collect()).rejects.toThrow(OutsideUnavailable);
    await expect(sabangnet.collect()).resolves.not.toEqual([]);
  });

  test('holds orders alone where the account may not read claims', async () => {
    await sabangnet.connect({ readsClaims: false });
    const [record] = await someOrders();
    await claim(record?.recordId, '반품완료');
    const [page, ...others] = await pagesFrom();
    expect(others).toEqual([]);
    expect(page?.next).toBeUndefined();
    expect(await calls('claims')).toBe(0);
  });
});
