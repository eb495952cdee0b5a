import { addDoctor } from '../../client/cli/doctor';
import { addOrders } from '../../client/cli/orders';
import { addSales } from '../../client/cli/sales';
import { addTasks } from '../../client/cli/tasks';
import type { Finding } from '../../client/doctor/finding';
import { bookSales } from '../../db/queries/sales';
import { SALES_BY } from '../../domain/sale';
import { boostaOf, boostaProcess, commandsOf } from '../support/boosta';
import { type FreshDatabase, freshDatabase, given } from '../support/database';

const groups = commandsOf({ orders: addOrders, sales: addSales, tasks: addTasks, doctor: addDoctor });
const boosta = (...args: string[]) => boostaOf(groups, args);

describe('boosta on the command line', () => {
  let database: FreshDatabase;
  const before = { ...process.env };

  beforeAll(async () => {
    database = await freshDatabase();
    process.env['DATABASE_URL'] = database.url;
    process.env['TEMPORAL_ADDRESS'] = given('BOOSTA_TEST_TEMPORAL');
  });

  afterAll(async () => {
    process.env = before;
    await database.close();
  });

  it.each([
    [['nonsense']],
    [['orders', 'nonsense']],
    [['orders', 'list', '--limit', 'many']],
    [['orders', 'list', '--stage', 'nowhere']],
    [['orders', 'hold', 'coupang/1']],
    [['orders', 'show']],
    [['dispatch', 'resolve', 'coupang/1', '--reason', 'x']],
    [['dispatch', 'resolve', 'coupang/1', '--reason', 'x', '--cancelled', '--ships']],
    [['dispatch', 'resolve', 'coupang/1', '--reason', 'x', '--cancelled', '--received']],
    [['sales', '--from', '2026-11-23', '--to', '2026-11-22']],
    [['sales', '--by', 'weather']],
  ])('exits with 2 and says what would fit: %j', async (args) => {
    const { code, out, err } = await boosta(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^error: .*\n\(boosta … --help tells what fits\)/s);
  });

  it('exits with 0 for help', async () => {
    expect(await boosta('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Usage: boosta') });
    expect((await boosta('orders', 'list', '--help')).out).toContain('--json');
  });

  it('prints data on stdout and everything else on stderr', async () => {
    expect(await boosta('orders', 'list', '--json')).toEqual({ code: 0, out: '[]\n', err: '' });
    expect(await boosta('tasks')).toEqual({ code: 0, out: '', err: 'Nothing waits for a person.\n' });
  });

  it('exits with 1 and one sentence for an order that does not exist', async () => {
    expect(await boosta('orders', 'show', 'coupang/1', '--json')).toEqual({
      code: 1,
      out: '',
      err: 'boosta: There is no order coupang/1: boosta orders list shows what there is.\n',
    });
  });

  it.each([
    ['DATABASE_URL', 'mysql://boosta@127.0.0.1:1/boosta', ['orders', 'list']],
    ['DATABASE_URL', 'http://x', ['orders', 'list']],
    ['TEMPORAL_ADDRESS', '127.0.0.1:1', ['orders', 'rematch', 'coupang/1']],
  ])('names the variable that leads nowhere: %s=%s', async (variable, value, args) => {
    const { code, out, err } = await boostaProcess({ [variable]: value }, ...args);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^boosta: [^\n]*\n$/);
    expect(err).toContain(variable);
  });

  it('adds up to the won by whatever it is broken down', async () => {
    const entry = (n: number, kind: 'sale' | 'discount' | 'shipping_fee', amount: bigint) => ({
      entryKey: `test/${n}`,
      kind,
      orderKey: `coupang/${n}`,
      channel: n % 2 === 0 ? 'coupang' : '11st',
      source: 'hub',
      configuration: kind === 'shipping_fee' ? '' : `SET-${n % 2}`,
      lineKey: kind === 'shipping_fee' ? null : `coupang/${n}/1`,
      itemCode: kind === 'shipping_fee' ? null : `MD-${n % 3}`,
      shipmentId: n,
      quantity: 1,
      amount,
      day: `2026-11-2${n % 4}`,
    });
    await bookSales(database.db, [
      entry(1, 'sale', 9_007_199_254_740_993n),
      entry(2, 'sale', 3_333n),
      entry(3, 'discount', -1_001n),
      entry(4, 'shipping_fee', 3_000n),
      entry(5, 'sale', 1n),
    ]);
    for (const by of SALES_BY) {
      const { out } = await boosta(
        'sales',
        '--from',
        '2026-11-20',
        '--to',
        '2026-11-23',
        '--by',
        by,
        '--json',
      );
      const report = JSON.parse(out) as { total: string; rows: { amount: string }[] };
      expect(report.total).toBe('9007199254746326');
      expect(report.rows.reduce((sum, row) => sum + BigInt(row.amount), 0n)).toBe(9_007_199_254_746_326n);
    }
  });

  it('names where its sums are not those of the ledger, and makes them anew', async () => {
    const check = () => boosta('sales', 'check');
    expect(await check()).toMatchObject({ code: 0, out: '' });
    await database.pool.query(
      "update sales_day set gross = gross - 7 where day = '2026-11-22' and channel = 'coupang'",
    );
    await database.pool.query("delete from sales_day where view = 'goods' and item_code = 'MD-1'");
    const { code, out, err } = await check();
    expect(code).toBe(1);
    expect(out).toMatch(/2026-11-22.+coupang by hub.+ 7원/u);
    expect(out).toMatch(/2026-11-21.+SET-1 MD-1.+9,007,199,254,740,993원/u);
    expect(err).toContain('boosta sales mend');
    expect((await boosta('sales', 'mend', '--reason', 'a test', '--by', 'kim')).code).toBe(0);
    expect((await check()).code).toBe(0);
  });
});

describe('boosta doctor', () => {
  let database: FreshDatabase;
  const before = { ...process.env };

  beforeAll(async () => {
    database = await freshDatabase();
    process.env['DATABASE_URL'] = database.url;
    process.env['TEMPORAL_ADDRESS'] = given('BOOSTA_TEST_TEMPORAL');
  });

  afterAll(async () => {
    process.env = before;
    await database.close();
  });

  const examine = async (...args: string[]) => {
    const { code, out } = await boosta('doctor', ...args, '--json');
    const { findings } = JSON.parse(out) as { findings: Finding[] };
    return { code, of: (check: string) => findings.find((finding) => finding.check === check) };
  };

  it('finds the servers well, and what is not set up with the command that mends it', async () => {
    const { code, of } = await examine();
    expect(code).toBe(1);
    for (const check of ['mysql', 'isolation', 'schema', 'temporal', 'search attributes'])
      expect(of(check)).toMatchObject({ ok: true });
    expect(of('connection')).toMatchObject({ ok: false, mend: expect.any(String) });
    expect(of('route')).toMatchObject({ ok: false, mend: 'npx boosta routes set --wms WMS' });
  });

  it('names a migration that is missing or was changed', async () => {
    await database.pool.query("UPDATE __drizzle_migrations SET hash = 'x'");
    expect((await examine()).of('schema')).toMatchObject({
      ok: false,
      says: expect.stringContaining('changed'),
    });
    await database.pool.query('DELETE FROM __drizzle_migrations');
    expect((await examine()).of('schema')).toMatchObject({ ok: false, mend: 'npx boosta doctor --fix' });
  });

  it('says of each server that it does not answer, and which variable leads there', async () => {
    const nowhere = { DATABASE_URL: 'mysql://boosta@127.0.0.1:1/boosta', TEMPORAL_ADDRESS: '127.0.0.1:1' };
    const { code, out } = await boostaProcess(nowhere, 'doctor');
    expect(code).toBe(1);
    expect(out).toMatch(/WRONG mysql: .*DATABASE_URL.*\n {6}mend: npm start/);
    expect(out).toMatch(/WRONG temporal: .*TEMPORAL_ADDRESS.*\n {6}mend: npm start/);
  });
});
