import { matchOrder } from '../../activities/match-order';
import { textOf } from '../../activities/sources/upload/read-cell';
import { FileThread } from '../../client/import/file-thread';
import type { ListColumn } from '../../client/import/list-file';
import { writeSheet } from '../../client/import/write-sheet';
import { itemList } from '../../client/use-cases/lists/items';
import { matchList } from '../../client/use-cases/lists/matches';
import { auditOf } from '../../db/queries/audit';
import { dealKey } from '../../domain/deal';
import { LIST_KINDS, type ListKindName } from '../../domain/list-kind';
import { type OpenedApi, openApi, type Visitor } from '../support/api';
import { orderOf } from '../support/deal-orders';
import { type House, openHouse } from '../support/house';

const ITEMS = ['품목코드', '품목명', '기준가', '버전'];
const CONFIGURATIONS = ['구성안코드', '구성안명', '종류', '코드', '수량', '버전'];
const MATCHES = ['채널', '상품', '옵션', '구성안코드', '적용시작'];

type Cells = readonly (string | number)[];

describe('lists as Excel files', () => {
  let house: House;
  let api: OpenedApi;
  let han: Visitor;
  beforeAll(async () => {
    house = await openHouse();
    api = await openApi({ database: house.database });
    han = await api.signedIn('manager', 'han');
  });
  afterAll(async () => {
    await api.close();
    await house.close();
  });

  const exported = async (kind: ListKindName) => (await han.ask('GET', `/api/lists/${kind}/file`)).bytes;
  const read = async (kind: ListKindName, columns: readonly ListColumn[]) => {
    const thread = new FileThread();
    try {
      return await thread.ask('list', await exported(kind), columns);
    } finally {
      await thread.close();
    }
  };
  const give = (kind: ListKindName, bytes: Uint8Array, dryRun: 'yes' | 'no' = 'no', visitor = han) =>
    visitor.ask(
      'POST',
      `/api/lists/${kind}?fileName=list.xlsx&reason=${encodeURIComponent('봄 개편')}&dryRun=${dryRun}`,
      bytes,
    );
  const sheetOf = (header: Cells, ...rows: readonly Cells[]) =>
    writeSheet(
      'list',
      (async function* () {
        yield header;
        yield* rows;
      })(),
      header.map(() => 12),
    );
  const take = async (kind: ListKindName, header: Cells, ...rows: readonly Cells[]) =>
    (await give(kind, await sheetOf(header, ...rows))).body;
  const item = async (code: string) => (await han.ask('GET', `/api/items/${code}`)).body;
  const configuration = async (code: string) => (await han.ask('GET', `/api/configurations/${code}`)).body;

  it.each(LIST_KINDS)('go out and come in again without changing anything: %s', async (kind) => {
    const { body } = await give(kind, await exported(kind));
    expect(body).toMatchObject({ changes: [], problems: [], isSaved: true, jobs: [] });
    expect(body.unchanged).toBeGreaterThan(20);
  });

  it('say before what would change, and then change it, with who and why', async () => {
    const { rows } = await read('items', itemList.columns);
    const code = textOf(rows[0]?.cells['code']);
    const before = await item(code);
    const file = await sheetOf(
      ['메모', ...ITEMS],
      ['', code, '새 이름', '1,234원', before.version],
      ['새것', 'MD-NEW-01', '새 품목', 5_000, ''],
    );
    const changes = [
      { row: 2, name: code, before: expect.stringContaining(before.name), after: '새 이름, 1,234원' },
      { row: 3, name: 'MD-NEW-01', before: null, after: '새 품목, 5,000원' },
    ];
    const asked = await give('items', file, 'yes');
    expect(asked.body).toMatchObject({ rows: 2, changes, problems: [], isSaved: false });
    expect(await item(code)).toEqual(before);
    expect((await give('items', file)).body).toMatchObject({ changes, isSaved: true });
    expect(await item(code)).toMatchObject({
      name: '새 이름',
      referencePrice: '1234',
      version: before.version + 1,
      history: expect.arrayContaining([expect.objectContaining({ by: 'han', reason: '봄 개편' })]),
    });
    const [taken] = (await auditOf(house.database.db, 'list/items')).toReversed();
    expect(taken).toMatchObject({ actor: 'han', action: 'list.import', detail: { rows: 2, changed: 2 } });
    expect((await give('items', file)).body).toMatchObject({ changes: [], unchanged: 2 });
    // What was changed since the file went out is not overwritten by it.
    const stale = await take('items', ITEMS, [code, '다른 이름', 1_234, before.version]);
    expect(stale.problems).toMatchObject([
      {
        row: 2,
        column: 'D',
        message: `is ${before.version + 1} now: it was changed since the file went out`,
      },
    ]);
  });

  it('are refused whole for one bad cell, and every problem is told with its row and column', async () => {
    const body = await take(
      'items',
      ITEMS,
      ['MD-OK-01', '좋은 품목', 1_000, ''],
      ['MD BAD', '', '천원', ''],
      ['MD-OK-01', '같은 품목', 1_000, ''],
      ['MD-OK-02', '=HYPERLINK("http://x")', -1, ''],
    );
    expect(body).toMatchObject({ changes: [], isSaved: false });
    expect(
      body.problems.map(({ row, column, header, message }: Record<string, unknown>) => [
        `${String(row)}${String(column)}`,
        header,
        message,
      ]),
    ).toEqual([
      ['3A', '품목코드', 'must be letters, digits, . _ - only, 60 at most'],
      ['3B', '품목명', 'is missing'],
      ['3C', '기준가', 'must be whole KRW, and is "천원"'],
      ['4A', '품목코드', 'stands in row 2 already'],
      ['5B', '품목명', 'is a formula: paste it as a value'],
      ['5C', '기준가', 'must not be negative'],
    ]);
    expect((await han.ask('GET', '/api/items/MD-OK-01')).status).toBe(404);
  });

  it('take in configurations that hold each other in any order, but none that would hold itself', async () => {
    const [{ code: piece }] = (await han.ask('GET', '/api/items?limit=1')).body.rows;
    const rows = [
      ['C-OUT', '큰 세트', '구성안', 'C-IN', 2, ''],
      ['C-OUT', '큰 세트', '품목', piece, 1, ''],
      ['C-IN', '작은 세트', '품목', piece, 3, ''],
    ];
    expect(await take('configurations', CONFIGURATIONS, ...rows)).toMatchObject({
      changes: [
        { name: 'C-IN', before: null },
        { name: 'C-OUT', before: null, after: `큰 세트: ${piece} × 1, [C-IN] × 2` },
      ],
      isSaved: true,
    });
    expect((await configuration('C-OUT')).versions[0].items).toMatchObject([{ quantity: 7, inBundles: 6 }]);
    const both = [
      ['C-OUT', '큰 세트', '구성안', 'C-IN', 1, 1],
      ['C-IN', '작은 세트', '품목', piece, 4, 1],
    ];
    expect(await take('configurations', CONFIGURATIONS, ...both)).toMatchObject({
      problems: [],
      isSaved: true,
    });
    expect((await configuration('C-OUT')).versions[0].items).toMatchObject([{ quantity: 4 }]);
    const cycle = await take('configurations', CONFIGURATIONS, [
      'C-IN',
      '작은 세트',
      '구성안',
      'C-OUT',
      1,
      '',
    ]);
    expect(cycle.problems).toMatchObject([
      { row: 2, message: expect.stringContaining('C-IN → C-OUT → C-IN') },
    ]);
    const wrong = await take(
      'configurations',
      CONFIGURATIONS,
      ['C-NEW', '새것', '품목', 'MD-NONE', 1, ''],
      ['C-NEW', '다른 것', '무엇', piece, 0, ''],
    );
    expect(wrong.problems.map(({ column }: { column: string }) => column)).toEqual(['D', 'C', 'E', 'B']);
    expect((await configuration('C-IN')).version).toBe(2);
  });

  it('take in matches, whose waiting orders follow in the background', async () => {
    const deal = { channel: 'b2b', deal: '파일로 정하는 딜', option: '큰 것' };
    const order = await orderOf(house.database, 'b2b', [{ ...deal, units: 1 }]);
    await matchOrder(house.deps, order);
    const wrong = await take('matches', MATCHES, ['b2b', deal.deal, deal.option, 'C-NONE', '']);
    expect(wrong.problems).toMatchObject([{ row: 2, column: 'D', message: 'is no configuration: C-NONE' }]);
    const decided = await take('matches', MATCHES, ['b2b', deal.deal, deal.option, 'C-SUP-Y5', '']);
    expect(decided).toMatchObject({ changes: [{ before: null, after: 'C-SUP-Y5' }], isSaved: true });
    const job = await han.ask('GET', `/api/bulk-jobs/${decided.jobs[0]}`);
    expect(job.body).toMatchObject({ command: 'save-match', total: 1, madeBy: 'han', reason: '봄 개편' });
    const later = ['b2b', deal.deal, deal.option, 'C-SUP-Y5', '2026-12-01 09:00'];
    expect(await take('matches', MATCHES, later)).toMatchObject({
      changes: [{ before: 'C-SUP-Y5', after: 'C-SUP-Y5 (2026-12-01 09:00:00)' }],
    });
    const { rows } = await read('matches', matchList.columns);
    const row = rows.find(({ cells }) => cells['deal'] === deal.deal);
    expect(row?.cells).toMatchObject({ version: 2, madeBy: 'han', reason: '봄 개편' });
    const kim = await api.signedIn('operator', 'kim');
    await kim.ask('POST', `/api/matching/deals/${dealKey(deal)}/claim`, {});
    const taken = await take('matches', MATCHES, ['b2b', deal.deal, deal.option, 'C-TEA-SET', '']);
    expect(taken.problems).toMatchObject([
      { message: expect.stringContaining('kim is at work on this deal') },
    ]);
  });

  it('are no lists without their columns or their rows, and nobody below a manager takes them in', async () => {
    const headless = await give('items', await sheetOf(['품목코드', '이름'], ['A', 'B']));
    expect(headless.body.detail).toContain('The header lacks 품목명, 기준가');
    expect((await give('items', Buffer.from('MZ, and no workbook'))).status).toBe(409);
    const empty = await give('items', await sheetOf(ITEMS));
    expect(empty.body.detail).toBe('There is no row below the header.');
    const operator = await api.signedIn('operator', 'lee');
    expect((await give('items', await sheetOf(ITEMS), 'no', operator)).status).toBe(403);
    expect((await operator.ask('GET', '/api/lists/items/file')).status).toBe(200);
  });
});
