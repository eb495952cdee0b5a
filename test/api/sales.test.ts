import { unpackText } from '../../client/import/archive';
import { lookOver } from '../../client/import/look-over';
import { auditOf } from '../../db/queries/audit';
import { bookSales, type SaleEntry, totalSales } from '../../db/queries/sales';
import { SALES_BY } from '../../domain/sale';
import { type OpenedApi, openApi, type Visitor } from '../support/api';
import { type FreshDatabase, freshDatabase } from '../support/database';

const NOVEMBER = 'from=2026-11-01&to=2026-11-30';

describe('the sales', () => {
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
      entry(1, '2026-11-02', { amount: 9_007_199_254_740_993n }),
      entry(2, '2026-11-02', { channel: '11st', itemCode: 'MD-2', configuration: 'SET-2' }),
      entry(3, '2026-11-03', { kind: 'discount', amount: -1_001n }),
      entry(4, '2026-11-03', { kind: 'shipping_fee', itemCode: null, configuration: '', quantity: 0 }),
      entry(5, '2026-11-30', { kind: 'reversal', amount: -777n }),
      entry(6, '2026-10-31', { amount: 5_000n }),
      entry(7, '2025-11-02', { amount: 4_000n, channel: 'kakao' }),
    ]);
  });
  afterAll(async () => {
    await api.close();
    await database.close();
  });

  function entry(n: number, day: string, more: Partial<SaleEntry>): SaleEntry {
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
      day,
      ...more,
    };
  }
  const read = async (query: string) => {
    const { status, body } = await viewer.ask('GET', `/api/sales?${query}`);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };
  const sumOf = (rows: Record<string, string>[], of: string) =>
    String(rows.reduce((sum, row) => sum + BigInt(row[of] ?? 0), 0n));

  it.each(SALES_BY)('by %s equal the ledger to the won, and gross less returns is net', async (by) => {
    const year = await read(`from=2025-01-01&to=2026-12-31&by=${by}`);
    expect(year.total.amount).toBe(String(await totalSales(database.db)));
    const { rows, total } = await read(`${NOVEMBER}&by=${by}`);
    for (const figure of ['gross', 'returns', 'amount']) expect(sumOf(rows, figure)).toBe(total[figure]);
    expect(total).toEqual({
      quantity: 4,
      returned: 2,
      gross: '9007199254760002',
      returns: '-777',
      amount: '9007199254759225',
    });
  });

  it('come with every day of the period, also those without a sale', async () => {
    const { rows } = await read(NOVEMBER);
    expect(rows).toHaveLength(30);
    expect(rows[0]).toMatchObject({ key: '2026-11-01', amount: '0', earlier: null });
    expect(rows[2]).toMatchObject({ key: '2026-11-03', gross: '9004' });
  });

  it('are named by what was sold, shipping fees apart', async () => {
    const { rows } = await read(`${NOVEMBER}&by=item`);
    expect(rows.map(({ key, name }: { key: string; name: string }) => [key, name])).toEqual([
      ['MD-1', '곡물'],
      ['MD-2', null],
      ['shipping_fee', null],
    ]);
  });

  it('stand beside those of the period before or of the year before, which add up too', async () => {
    const before = await read(`${NOVEMBER}&by=channel&against=previous`);
    expect(before.earlier).toMatchObject({ from: '2026-10-02', to: '2026-10-31', total: { amount: '5000' } });
    const year = await read(`${NOVEMBER}&by=channel&against=year`);
    const kakao = year.rows.find(({ key }: { key: string }) => key === 'kakao');
    expect(kakao).toMatchObject({ amount: '0', earlier: { amount: '4000' } });
    expect(year.earlier).toMatchObject({ from: '2025-11-01', to: '2025-11-30', total: { amount: '4000' } });
    const days = await read(`${NOVEMBER}&against=year`);
    expect(days.rows[1]).toMatchObject({ key: '2026-11-02', earlier: { amount: '4000' } });
  });

  it('are refused for no days, and for days that nobody has', async () => {
    for (const query of ['from=2026-11-02&to=2026-11-01', 'from=2020-01-01&to=2026-11-01'])
      expect((await viewer.ask('GET', `/api/sales?${query}`)).status).toBe(409);
    for (const query of [
      '',
      'from=2026-02-30&to=2026-03-01',
      `${NOVEMBER}&by=order`,
      'from=0001-01-01&to=0001-01-01',
    ])
      expect((await viewer.ask('GET', `/api/sales?${query}`)).status).toBe(400);
    expect((await api.visitor.ask('GET', `/api/sales?${NOVEMBER}`)).status).toBe(401);
  });

  it('are a workbook of numbers, and who took it is in the audit trail', async () => {
    const address = `/api/sales/export?${NOVEMBER}&by=item&against=year`;
    const { status, headers, bytes } = await viewer.ask('GET', address);
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toContain('sales-by-item-2026-11-01-2026-11-30.xlsx');
    const { sheets } = await lookOver(bytes);
    expect(sheets.map(({ name }) => name)).toEqual(['매출']);
    const [sheet] = sheets;
    const rows = sheet === undefined ? [] : (await unpackText(bytes, sheet.entry)).split('<row ').slice(1);
    expect(rows[0]).toContain('순매출 2025-11-01~2025-11-30');
    // What a spreadsheet would round is text.
    expect(rows[1]).toMatch(/MD-1.*곡물.*9007199254739992/u);
    expect(rows[2]).toMatch(/MD-2.*<v>10005<\/v>/u);
    expect(rows[3]).toContain('배송비');
    expect(rows.at(-1)).toContain('합계');
    const [event] = await auditOf(database.db, 'sales');
    expect(event).toMatchObject({ actor: 'viewer', action: 'sales.export', detail: { by: 'item' } });
  });

  describe('with their fees', () => {
    const rule = '/api/fee-rules/coupang/2026-11-01';
    const given = { rate: 1_080, settlementDays: 15, version: 0, reason: 'the contract of November' };

    it('tell what each channel keeps and pays when, and what nobody knows the fee of', async () => {
      expect((await manager.ask('PUT', rule, given)).status).toBe(200);
      const { body } = await viewer.ask('GET', `/api/sales/settlements?from=2026-11-03&to=2026-11-30`);
      expect(body.channels).toEqual([
        // 10.8 % of 9,004 and of −777 won: 972.43 and −83.92.
        { channel: 'coupang', net: '8227', fee: '888', settlement: '7339', unknown: '0' },
      ]);
      expect(body.due).toEqual([
        { day: '2026-11-18', channel: 'coupang', settlement: '8032' },
        { day: '2026-12-15', channel: 'coupang', settlement: '-693' },
      ]);
      const all = await viewer.ask('GET', `/api/sales/settlements?${NOVEMBER}`);
      expect(all.body.channels).toContainEqual({
        channel: '11st',
        net: '10005',
        fee: '0',
        settlement: '0',
        unknown: '10005',
      });
      const { total } = await read(NOVEMBER);
      expect(sumOf(all.body.channels, 'net')).toBe(total.amount);
    });

    it('change by the rule that was looked at only, and leave a trace', async () => {
      expect((await manager.ask('PUT', rule, { ...given, rate: 1_200 })).status).toBe(409);
      expect((await manager.ask('PUT', rule, { ...given, rate: 1_200, version: 1 })).status).toBe(200);
      const { body } = await viewer.ask('GET', '/api/fee-rules');
      expect(body.rows).toMatchObject([
        { channel: 'coupang', rate: 1_200, version: 2, changedBy: 'manager' },
      ]);
      const remove = (version: number) => manager.ask('DELETE', rule, { version, reason: 'a mistake' });
      expect((await remove(1)).status).toBe(409);
      expect((await remove(2)).status).toBe(200);
      expect((await remove(0)).status).toBe(404);
      const trace = await auditOf(database.db, 'fee/coupang/2026-11-01');
      expect(trace.map(({ action, detail }) => [action, detail])).toEqual([
        ['fee.set', { before: null, after: { rate: 1_080, settlementDays: 15 } }],
        [
          'fee.set',
          { before: { rate: 1_080, settlementDays: 15 }, after: { rate: 1_200, settlementDays: 15 } },
        ],
        ['fee.remove', { before: { rate: 1_200, settlementDays: 15 }, after: null }],
      ]);
    });

    it('are set once by two who do it at the same time, and by managers only', async () => {
      const both = await Promise.all(
        [1_000, 1_100].map((rate) => manager.ask('PUT', rule, { ...given, rate })),
      );
      expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
      expect((await viewer.ask('PUT', rule, given)).status).toBe(403);
      expect((await manager.ask('PUT', rule, { ...given, rate: 10_001 })).status).toBe(400);
    });
  });
});
