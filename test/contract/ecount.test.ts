import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OutsideUnavailable } from '../../activities/outcome';
import { ecount } from '../../activities/sources/ecount/adapter';
import type { FetchedPage, FetchedRecord, Source, SourceTools } from '../../activities/sources/source';
import { mergeParts } from '../../domain/merge-parts';
import { generateDay } from '../../sandbox/generator/generate-day';
import { startEcount } from '../../sandbox/marketplaces/ecount';
import type { StandIn } from '../../sandbox/stand-in/stand-in';
import { toolsOfOne } from '../support/source-tools';
import { orderTold } from '../support/told';
import { FixedServer, undecodable } from './sabangnet-setup';
import { tell } from './sources/marketplace-fixture';

const HOUR = 3_600_000;
const TEN_MINUTES = 600_000;
const account = { comCode: '80001', userId: 'modamtteul', certKey: 'sandbox-cert-2ce8' };

let dataDir: string;
let now: number;
let standIn: StandIn;
let source: Source;

const connect = (settings: object = {}, tools: SourceTools = toolsOfOne()) =>
  ecount.connect(
    { baseUrl: standIn.url, zonedUrl: standIn.url, ...account, timeoutMs: 2_000, ...settings },
    tools,
  );

async function collect(
  from: Source = source,
  start = now - HOUR,
  end = now + HOUR,
): Promise<FetchedRecord[]> {
  const records: FetchedRecord[] = [];
  const window = { from: new Date(start), to: new Date(end) };
  for await (const page of from.fetchRecords(window)) records.push(...page.records);
  return records;
}

const emit = (seed: number, orders: number) =>
  tell(standIn, '/admin/days', { seed, orders, date: '2026-11-19', channels: ['groupbuy'] });
const set = (settings: object) =>
  fetch(`${standIn.adminUrl}/admin/settings`, { method: 'PUT', body: JSON.stringify(settings) });

async function calls(endpoint: string): Promise<number | undefined> {
  const response = await fetch(`${standIn.adminUrl}/admin/calls`);
  return ((await response.json()) as Record<string, { received: number }>)[endpoint]?.received;
}

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'boosta-ecount-'));
  now = Date.parse('2026-11-20T05:00:00Z');
  standIn = await startEcount({ dataDir, ...account, clock: () => now });
  source = await connect();
});
afterEach(async () => {
  await standIn.stop();
  rmSync(dataDir, { recursive: true });
});

describe('the session', () => {
  test('is one for all workers, since there is one login in ten minutes', async () => {
    await emit(1, 5);
    const tools = toolsOfOne();
    const workers = await Promise.all([connect({}, tools), connect({}, tools)]);
    for (const worker of workers) expect(await collect(worker)).not.toHaveLength(0);
    expect([await calls('zone'), await calls('login')]).toEqual([1, 1]);
  });

  test('is renewed by the worker that first hears of its end, and taken over by one that hears of it later', async () => {
    await emit(1, 5);
    const tools = toolsOfOne();
    await collect(await connect({}, tools));
    const ended = await tools.session.read();
    now += TEN_MINUTES;
    await tell(standIn, '/admin/expire', {});
    let reads = 0;
    const late: SourceTools = {
      ...tools,
      session: {
        ...tools.session,
        read: () => ((reads += 1) === 1 ? Promise.resolve(ended) : tools.session.read()),
      },
    };
    for (const each of [tools, late]) expect(await collect(await connect({}, each))).not.toHaveLength(0);
    expect([await calls('zone'), await calls('login')]).toEqual([2, 2]);
  });

  test.each([302, 412])('that cannot be renewed yet (HTTP %s) is waited for', async (excessAs) => {
    await collect();
    await tell(standIn, '/admin/expire', {});
    await set({ excessAs });
    const error = await collect().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OutsideUnavailable);
    expect(error).toMatchObject({
      message: `ECOUNT Zone: HTTP ${excessAs}: too many calls`,
      retryAfterMs: TEN_MINUTES,
    });
  });

  test('that another worker has got in the meantime spares the wait', async () => {
    const tools = toolsOfOne();
    await collect(await connect({}, tools));
    const kept = await tools.session.read();
    let asked = 0;
    const late: SourceTools = {
      ...tools,
      session: { ...tools.session, read: async () => ((asked += 1) > 2 ? kept : undefined) },
    };
    // There is none at first, and its own login comes too early.
    expect(await collect(await connect({}, late))).toEqual([]);
  });

  test('is not asked for again soon with a key that is wrong: ten failures lock an address out', async () => {
    const wrong = await connect({ certKey: 'wrong-cert-77a0' });
    const error = await collect(wrong).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      message: 'ECOUNT OAPILogin: 201 API_CERT_KEY가 유효하지 않습니다.',
      retryAfterMs: TEN_MINUTES,
    });
  });

  test('stands in no error', async () => {
    const tools = toolsOfOne();
    const worker = await connect({}, tools);
    await collect(worker);
    const [, sessionId = '?'] = ((await tools.session.read()) ?? '').split(' ');
    await standIn.setFaults([{ endpoint: 'list', kind: '5xx-before' }]);
    const error = await collect(worker).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('HTTP 502');
    expect(String(error)).not.toContain(sessionId);
  });
});

describe('the list', () => {
  test('is begun anew when slips come while it is read', async () => {
    await emit(1, 100);
    const pages: FetchedPage[] = [];
    for await (const page of source.fetchRecords({ from: new Date(now - HOUR), to: new Date(now + HOUR) })) {
      if (pages.length === 0) await emit(2, 10);
      pages.push(page);
    }
    const [first, second] = pages.map(({ records: [record] }) => record?.recordId);
    expect(second).toBe(first);
    const found = new Set(pages.flatMap(({ records }) => records.map(({ recordId }) => recordId)));
    expect(found).toEqual(new Set((await collect()).map(({ recordId }) => recordId)));
    expect(pages.at(-1)?.announced).toBe(found.size);
  });

  test('that changes with every page is left for later', async () => {
    await emit(1, 100);
    let seed = 1;
    const reading = async () => {
      for await (const _ of source.fetchRecords({ from: new Date(now - HOUR), to: new Date(now + HOUR) }))
        await emit((seed += 1), 1);
    };
    await expect(reading()).rejects.toThrow('the list changes while it is read');
  });

  test('takes in slips of the days before, which may have been typed in late', async () => {
    await emit(1, 5);
    now += 3 * 24 * HOUR;
    const tools = toolsOfOne();
    const weekly = await connect({}, tools);
    expect(await collect(weekly, now - HOUR, now)).not.toHaveLength(0);
    const daily = await connect({ lookBackDays: 0 }, tools);
    expect(await collect(daily, now - HOUR, now)).toEqual([]);
  });

  test('is waited for when the calls of an hour are used up', async () => {
    await set({ callsPerHour: 2 });
    const error = await collect().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ retryAfterMs: TEN_MINUTES });
  });
});

describe('an order without a number of its own', () => {
  test('is known by its slip, the same at every reading, with each of its rows once', async () => {
    await set({ orderNumbers: 'none' });
    await emit(1, 30);
    const read = async () => (await collect()).map(({ body }) => orderTold(source, body));
    const parts = await read();
    expect(await read()).toEqual(parts);
    const kept = generateDay({ seed: 1, orders: 30, date: '2026-11-19', channels: ['groupbuy'] });
    const serial = kept.findIndex(({ cancellation, lines }) => cancellation === null && lines.length > 2) + 1;
    const mine = parts.filter(({ orderNumber }) => orderNumber === `slip-20261120-${serial}`);
    expect(mergeParts(mine).lines.map(({ lineNumber }) => lineNumber)).toEqual(
      kept[serial - 1]?.lines.map(({ lineNumber }) => `20261120-${serial}-${lineNumber}`),
    );
  });
});

describe('a row', () => {
  const row = {
    IO_DATE: '20261120',
    UPLOAD_SER_NO: '7',
    SER_NO: 1,
    DOC_NO: 'GB-1',
    ADD_TXT_01: '1',
    U_MEMO1: '홍길동',
    U_MEMO2: '010-0000-0000',
    U_MEMO3: '04101',
    U_MEMO4: '서울특별시 마포구 달맞이뜰로 1',
    U_MEMO5: null,
    PROD_DES: '[공구] 육개장',
    SIZE_DES: '5팩',
    QTY: '2.0000000000',
    SUPPLY_AMT: '20000.0000',
    VAT_AMT: '2000.0000',
    TIME_DATE: '20261125',
  };
  const bytes = (changes: object) => Buffer.from(JSON.stringify({ ...row, ...changes }));
  const told = (changes: object) => orderTold(source, bytes(changes));

  test('tells a line in the standard form', () => {
    expect(told({})).toMatchObject({
      channel: 'groupbuy',
      orderNumber: 'GB-1',
      orderedAt: new Date('2026-11-20T00:00:00+09:00'),
      shipBy: new Date('2026-11-25T23:59:59+09:00'),
      lines: [{ lineNumber: '1', quantity: 2, amount: 22_000n, discount: 0n }],
    });
  });

  test.each([
    ['IO_DATE', { IO_DATE: '' }],
    ['IO_DATE', { IO_DATE: '20261399' }],
    ['UPLOAD_SER_NO', { UPLOAD_SER_NO: null }],
    ['SER_NO', { SER_NO: '1/2', ADD_TXT_01: '' }],
    ['QTY', { QTY: '-1.0000000000' }],
    ['QTY', { QTY: '1.5' }],
    ['QTY', { QTY: 1e9 }],
    ['SUPPLY_AMT', { SUPPLY_AMT: '100.5' }],
    ['SUPPLY_AMT+VAT_AMT', { SUPPLY_AMT: '', VAT_AMT: undefined }],
    ['ADD_NUM_01', { ADD_NUM_01: '99999999' }],
    ['ADD_NUM_01_T', { ADD_NUM_01_T: 'x' }],
    ['U_MEMO1', { U_MEMO1: ' ' }],
    ['U_MEMO2', { U_MEMO2: '없음' }],
    ['U_MEMO3', { U_MEMO3: 'x' }],
    ['PROD_DES', { PROD_DES: null }],
    ['TIME_DATE', { TIME_DATE: 'soon' }],
  ])('whose %s does not fit is refused by that name', (column, changes) => {
    expect(undecodable(() => told(changes)).field).toBe(column);
  });

  test.each([Buffer.from('[1]'), Buffer.from('7'), Buffer.from([0x7b, 0xb1, 0xff])])(
    'that is none is refused (%#)',
    (body) => {
      expect(undecodable(() => orderTold(source, body)).field).toBe('row');
    },
  );

  test('keeps an order number beyond 2^53', () => {
    const body = Buffer.from(JSON.stringify(row).replace('"GB-1"', '642538970006401429'));
    expect(orderTold(source, body).orderNumber).toBe('642538970006401429');
  });

  test('is read by the columns that the company has chosen', async () => {
    const columns = { name: 'ADD_TXT_03_T', amount: ['P_AMT1'] };
    const other = await connect({ columns });
    const body = bytes({ U_MEMO1: '', ADD_TXT_03_T: '김모담', P_AMT1: 5_000 });
    expect(orderTold(other, body)).toMatchObject({
      recipient: { name: '김모담' },
      lines: [{ amount: 5_000n }],
    });
    await expect(connect({ columns: { name: 'u_memo1' } })).rejects.toThrow('is not the name of a column');
  });
});

describe('answers of the ERP', () => {
  const fixed = FixedServer.forEachTest();
  const through = { ZONE: 'CD', Datas: { SESSION_ID: 'x' } };
  const answered = (data: object, more: object = {}) =>
    JSON.stringify({ Status: '200', Error: null, ...more, Data: { ...through, ...data } });

  beforeEach(async () => {
    source = await connect({ baseUrl: fixed.url, zonedUrl: fixed.url });
  });

  test.each([
    ['nothing', ''],
    ['a page of HTML', '<html></html>'],
    ['JSON of another kind', '[]'],
    ['no count', answered({ Result: [] })],
    ['no rows', answered({ TotalCnt: 0 })],
    ['fewer rows than announced', answered({ TotalCnt: 2, Result: [{}] })],
    ['an error in a 200', answered({ TotalCnt: 0, Result: [] }, { Error: { Code: 5, Message: '오류' } })],
    ['a Status of its own', answered({ TotalCnt: 0, Result: [] }, { Status: 500 })],
  ])('%s is to be read again', async (_name, body) => {
    fixed.answer = body;
    await expect(collect()).rejects.toThrow(OutsideUnavailable);
  });

  test('without a slip are empty', async () => {
    fixed.answer = answered({ TotalCnt: '0', Result: [] });
    expect(await collect()).toEqual([]);
  });

  test('with a row that is no text keep it as it came, and the others with it', async () => {
    const good = '{"IO_DATE":"20261120","UPLOAD_SER_NO":"7","SER_NO":"1"}';
    const whole = answered({ TotalCnt: 2, Result: [] }).replace('[]', `[{"U_MEMO1":"??"},${good}]`);
    fixed.answer = Buffer.from(whole);
    fixed.answer.set([0xb1, 0xff], fixed.answer.indexOf('??'));
    const [broken, other] = await collect();
    expect(broken?.recordId).toMatch(/^row-[0-9a-f]{32}$/);
    expect(other).toMatchObject({ recordId: '20261120-7-1', body: Buffer.from(good) });
  });
});
