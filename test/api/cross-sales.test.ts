import { checkSales } from '../../activities/check-sales';
import { unpackText } from '../../client/import/archive';
import { lookOver } from '../../client/import/look-over';
import { auditOf } from '../../db/queries/audit';
import { bookSales, type SaleEntry, totalSales } from '../../db/queries/sales';
import { openTasks } from '../../db/queries/tasks';
import { salesDay } from '../../db/schema';
import { SALES_BY } from '../../domain/sale';
import { type OpenedApi, openApi, type Visitor } from '../support/api';
import { boostaProcess } from '../support/boosta';
import { type FreshDatabase, freshDatabase } from '../support/database';

const NOVEMBER = 'from=2026-11-01&to=2026-11-30';
const PAIRS = SALES_BY.flatMap((by) => SALES_BY.filter((one) => one !== by).map((across) => [by, across]));

describe('the sales by two breakdowns', () => {
  let database: FreshDatabase;
  let api: OpenedApi;
  let viewer: Visitor;
  let manager: Visitor;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await openApi({ database });
    viewer = await api.signedIn('viewer');
    manager = await api.signedIn('manager');
    await database.pool.query("insert into item (code, name, reference_price) values ('MD-1', '곡물', 1)");
    await bookSales(database.db, [
      entry(1, { amount: 9_007_199_254_740_993n }),
      entry(2, { channel: '11st', itemCode: 'MD-2', configuration: 'SET-2' }),
      entry(3, { kind: 'discount', amount: -1_001n, day: '2026-11-03' }),
      entry(4, { kind: 'shipping_fee', itemCode: null, configuration: '', quantity: 0, amount: 3_000n }),
      entry(5, { kind: 'reversal', amount: -777n, day: '2026-11-30' }),
      entry(6, { channel: '11st', source: 'direct', amount: 5n }),
    ]);
  });
  afterAll(async () => {
    await api.close();
    await database.close();
  });

  function entry(n: number, more: Partial<SaleEntry>): SaleEntry {
    return {
      entryKey: `test/${n}`,
      kind: 'sale',
      orderKey: `coupang/${n}`,
      channel: 'coupang',
      source: 'hub',
      lineKey: null,
      configuration: 'SET-1',
      itemCode: 'MD-1',
      shipmentId: n,
      quantity: 2,
      amount: 10_005n,
      day: '2026-11-02',
      ...more,
    };
  }
  const sumOf = (all: readonly ({ amount: string } | null)[]) =>
    String(all.reduce((sum, one) => sum + BigInt(one?.amount ?? 0), 0n));

  it.each(PAIRS)('by %s and %s add up to the ledger to the won, along each side', async (by, across) => {
    const { status, body } = await viewer.ask(
      'GET',
      `/api/sales/cross?${NOVEMBER}&by=${by}&across=${across}`,
    );
    expect({ status, body }).toMatchObject({ status: 200 });
    expect(body.total.amount).toBe(String(await totalSales(database.db)));
    expect(sumOf(body.rows.map(({ total }: { total: { amount: string } }) => total))).toBe(body.total.amount);
    for (const { cells, total } of body.rows) expect(sumOf(cells)).toBe(total.amount);
    for (const [n, column] of body.columns.entries())
      expect(sumOf(body.rows.map(({ cells }: { cells: never[] }) => cells[n] ?? null))).toBe(
        column.total.amount,
      );
  });

  it('show each item by channel, what was not sold there left empty', async () => {
    const { body } = await viewer.ask('GET', `/api/sales/cross?${NOVEMBER}`);
    expect(body.columns.map(({ key }: { key: string }) => key)).toEqual(['coupang', '11st']);
    expect(body.rows.map(({ key, name }: { key: string; name: string }) => [key, name])).toEqual([
      ['MD-1', '곡물'],
      ['MD-2', null],
      ['shipping_fee', null],
    ]);
    const [first, second] = body.rows;
    expect(first.cells).toMatchObject([{ gross: '9007199254739992', returns: '-777' }, { amount: '5' }]);
    expect(second.cells).toMatchObject([null, { amount: '10005', quantity: 2 }]);
  });

  it('are refused for one breakdown twice, and for more columns than anybody reads', async () => {
    expect((await viewer.ask('GET', `/api/sales/cross?${NOVEMBER}&by=item&across=item`)).status).toBe(409);
    const year = 'from=2026-01-01&to=2026-12-31&across=day';
    expect((await viewer.ask('GET', `/api/sales/cross?${year}`)).status).toBe(409);
  });

  it('are a workbook of one figure, and who took it is in the audit trail', async () => {
    const { status, bytes, headers } = await viewer.ask(
      'GET',
      `/api/sales/cross/export?${NOVEMBER}&figure=gross`,
    );
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toContain(
      'sales-by-item-and-channel-2026-11-01-2026-11-30.xlsx',
    );
    const [sheet] = (await lookOver(bytes)).sheets;
    const rows = sheet === undefined ? [] : (await unpackText(bytes, sheet.entry)).split('<row ').slice(1);
    expect(rows[0]).toMatch(/품목.*총매출 2026-11-01~2026-11-30.*coupang.*11st.*합계/u);
    expect(rows[2]).toMatch(/MD-2.*<v>10005<\/v>.*<v>10005<\/v>/u);
    const [event] = await auditOf(database.db, 'sales');
    expect(event).toMatchObject({ actor: 'viewer', action: 'sales.export', detail: { across: 'channel' } });
  });

  it('are the same at the command line', async () => {
    const env = { DATABASE_URL: database.url };
    const period = ['--from', '2026-11-01', '--to', '2026-11-30'];
    const { out } = await boostaProcess(env, 'sales', 'cross', ...period, '--json');
    const { body } = await viewer.ask('GET', `/api/sales/cross?${NOVEMBER}`);
    expect(JSON.parse(out)).toEqual(body);
    const table = await boostaProcess(env, 'sales', 'cross', ...period, '--figure', 'quantity');
    expect(table.out).toMatch(/MD-2 .*2 .*2/u);
  });

  it('that differ from the ledger are a task, which closes once they are made anew', async () => {
    expect(await checkSales({ database })).toBe(0);
    await database.db.delete(salesDay);
    expect(await checkSales({ database })).toBeGreaterThan(0);
    const [task] = await openTasks(database.db, { kind: 'sales_differ' });
    expect(task?.reason).toMatch(/sums differ from the ledger, of 3 days and months from 2026-11-02 on/u);
    const { body } = await viewer.ask('GET', '/api/sales/check');
    expect(body.differences).toContainEqual({
      view: 'both',
      day: '2026-11-02',
      channel: '11st',
      source: 'hub',
      configuration: 'SET-2',
      item: 'MD-2',
      sold: 2,
      returned: 0,
      gross: '10005',
      returns: '0',
    });
    const reason = { reason: 'an old release had booked' };
    expect((await viewer.ask('POST', '/api/sales/mend', reason)).status).toBe(403);
    const mended = await manager.ask('POST', '/api/sales/mend', reason);
    expect(mended.body.mended).toEqual(body.differences);
    expect((await viewer.ask('GET', '/api/sales/check')).body.differences).toEqual([]);
    expect(await openTasks(database.db, { kind: 'sales_differ' })).toEqual([]);
    expect(await checkSales({ database })).toBe(0);
  });
});
