import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { matchOrder } from '../../activities/match-order';
import { normalizeOrder } from '../../activities/normalize-order';
import { recordSale } from '../../activities/record-sale';
import { recordShipment } from '../../activities/record-shipment';
import { uploadTracking } from '../../activities/upload-tracking';
import { addImport } from '../../client/cli/import';
import { type Context, connect } from '../../client/connect';
import { wantedSchedules } from '../../client/schedules';
import { checkImport } from '../../client/use-cases/check-import';
import { importOrders } from '../../client/use-cases/import-orders';
import { auditOf } from '../../db/queries/audit';
import { saveMatch } from '../../db/queries/match-versions';
import { findOrder } from '../../db/queries/orders';
import { recordsOfOrder } from '../../db/queries/raw-records';
import { salesOf } from '../../db/queries/sales';
import { inTransaction } from '../../db/transaction';
import { journeyId } from '../../domain/order-key';
import { knownMatches } from '../../sandbox/catalogue';
import { readConfig } from '../../worker/config';
import { atTheWms } from '../activities/parcels';
import { boostaOf, commandsOf } from '../support/boosta';
import { type House, openHouse } from '../support/house';
import { csv, line } from '../support/order-files';
import { type FreshTemporal, freshTemporal } from '../support/temporal';

const groups = commandsOf({ import: addImport });
const boosta = (...args: string[]) => boostaOf(groups, args);

describe('boosta import', () => {
  let house: House;
  let temporal: FreshTemporal;
  let context: Context;
  let dir: string;
  const before = { ...process.env };

  beforeAll(async () => {
    house = await openHouse();
    dir = mkdtempSync(join(tmpdir(), 'boosta-import-'));
    process.env['DATABASE_URL'] = house.database.url;
    temporal = await freshTemporal();
    Object.assign(process.env, temporal.env);
    context = await connect(readConfig());
    await boosta('import', 'templates', 'save', 'b2b', '--channel', 'b2b', '--by', 'kim');
  });
  afterAll(async () => {
    process.env = before;
    await context.close();
    await temporal.close();
    await house.close();
    rmSync(dir, { recursive: true });
  });

  const db = () => house.database.db;
  let made = 0;
  function file(bytes: Buffer, name = `orders-${(made += 1)}.csv`): string {
    const path = join(dir, name);
    writeFileSync(path, bytes);
    return path;
  }
  const journeyOf = (key: string) => context.temporal.workflow.getHandle(journeyId(key));
  const storedUploads = async () => {
    const [rows] = await house.database.pool.query('SELECT * FROM upload');
    return (rows as unknown[]).length;
  };

  it('takes in every order of a file once, starts its journey at once, and keeps it as it came', async () => {
    const path = file(csv(line({ orderNumber: 'A-1' }), line({ orderNumber: 'A-2' })));
    const { code, out } = await boosta('import', path, '--json', '--by', 'kim');
    expect({ code, ...JSON.parse(out) }).toMatchObject({
      code: 0,
      template: 'b2b',
      rows: 2,
      problems: [],
      marked: null,
      imported: { orders: 2, started: 2, rejectedRows: 0 },
    });
    const [record] = await recordsOfOrder(db(), 'b2b/A-1');
    expect(record).toMatchObject({ connectionId: 'upload' });
    expect(JSON.parse(record?.body.toString() ?? '')).toMatchObject({ template: 'b2b', rows: [{ row: 2 }] });
    expect(await findOrder(db(), 'b2b/A-2')).toMatchObject({ source: 'upload', stage: 'collected' });
    await journeyOf('b2b/A-1').terminate();
    await journeyOf('b2b/A-2').terminate();
    const uploadId = JSON.parse(out).imported.uploadId;
    expect((await auditOf(db(), `upload/${uploadId}`)).map(({ actor, action }) => [actor, action])).toEqual([
      ['kim', 'import.commit'],
    ]);
  });

  it('refuses the same file, and the same order number in another one, and names them', async () => {
    const lines = [line({ orderNumber: 'A-1', quantity: '2' }), line({ orderNumber: 'C-1' })];
    const same = await boosta(
      'import',
      file(csv(line({ orderNumber: 'A-1' }), line({ orderNumber: 'A-2' }))),
    );
    expect(same).toMatchObject({ code: 1, out: '' });
    expect(same.err).toMatch(
      /^boosta: This file has been taken in before: upload \d+, orders-1\.csv, by kim on .* as b2b/,
    );
    const { code, out } = await boosta('import', file(csv(...lines)), '--json');
    expect({ code, ...JSON.parse(out) }).toMatchObject({
      code: 1,
      imported: null,
      problems: [{ row: 2, column: 'A', message: 'has been taken in before: it is the order b2b/A-1' }],
    });
    expect(await findOrder(db(), 'b2b/C-1')).toBeUndefined();
  });

  it('says in a dry run what is wrong where, marks it in a copy, and stores nothing', async () => {
    const before = await storedUploads();
    const path = file(
      csv(line({ orderNumber: 'D-1' }), line({ orderNumber: 'D-2', quantity: 'x', phone: '?' })),
    );
    const { code, out } = await boosta('import', path, '--dry-run', '--json');
    const said = JSON.parse(out);
    expect({ code, ...said }).toMatchObject({
      code: 1,
      orders: 1,
      rejectedRows: 1,
      problemCount: 2,
      imported: null,
    });
    expect(said.problems).toContainEqual({
      row: 3,
      column: 'J',
      header: '수량',
      field: 'quantity',
      message: 'must be a whole number, and is "x"',
    });
    expect(said.marked).toBe(path.replace('.csv', '-marked.xlsx'));
    expect(readFileSync(said.marked).subarray(0, 2).toString()).toBe('PK');
    expect(await storedUploads()).toBe(before);
    const again = JSON.parse((await boosta('import', path, '--dry-run', '--json')).out);
    expect(again.marked).toBe(path.replace('.csv', '-marked-2.xlsx'));
    // The copy is a file of orders itself, to be mended and given.
    expect(JSON.parse((await boosta('import', said.marked, '--dry-run', '--json')).out).problemCount).toBe(2);
  });

  it('shows people the problems by row and column, and no progress where nobody would see it change', async () => {
    const path = file(csv(line({ orderNumber: 'E-1', quantity: '0' })));
    const out = join(dir, 'out.xlsx');
    const said = await boosta('import', path, '--dry-run', '--marked', out);
    expect(said.out).toMatch(/2\s*│ J\s*│ 수량\s*│ must be at least 1/);
    expect(said.err).not.toContain('\r');
    expect(existsSync(out)).toBe(true);
    expect((await boosta('import', path, '--dry-run', '--marked', out)).err).toMatch(/is there already/);
  });

  it('names the problems of a row from left to right, and says what is no file', async () => {
    const path = file(csv(line({ orderNumber: 'I-1', orderedAt: '?', postcode: '?', amount: '?' })));
    const { out } = await boosta('import', path, '--dry-run', '--json');
    expect(JSON.parse(out).problems.map(({ column }: { column: string }) => column)).toEqual(['B', 'E', 'K']);
    expect((await boosta('import', dir)).err).toBe(`boosta: ${dir} is a folder: name a file in it.\n`);
    const absent = join(dir, 'absent.xlsx');
    expect((await boosta('import', absent)).err).toBe(`boosta: There is no file ${absent}.\n`);
  });

  it('is all or nothing, unless only the valid rows are wanted', async () => {
    const path = file(csv(line({ orderNumber: 'F-1' }), line({ orderNumber: 'F-2', quantity: '0' })));
    expect((await boosta('import', path, '--json')).code).toBe(1);
    expect(await findOrder(db(), 'b2b/F-1')).toBeUndefined();
    const { code, out } = await boosta('import', path, '--json', '--valid-rows-only');
    expect({ code, ...JSON.parse(out).imported }).toMatchObject({ code: 0, orders: 1, rejectedRows: 1 });
    await journeyOf('b2b/F-1').terminate();
    expect(await findOrder(db(), 'b2b/F-2')).toBeUndefined();
  });

  it('stores nothing of a file whose order somebody else takes in meanwhile', async () => {
    const bytes = csv(line({ orderNumber: 'G-1' }), line({ orderNumber: 'G-2' }));
    const other = csv(line({ orderNumber: 'G-2' }));
    const command = { by: 'kim', validRowsOnly: false };
    const slow = await checkImport(db(), { name: 'slow.csv', bytes });
    const fast = await checkImport(db(), { name: 'fast.csv', bytes: other });
    await importOrders(context, fast, command);
    await expect(importOrders(context, slow, command)).rejects.toThrow(
      /an order of the file has come in the meantime/,
    );
    expect(await findOrder(db(), 'b2b/G-1')).toBeUndefined();
    await journeyOf('b2b/G-2').terminate();
    await slow.close();
    await fast.close();
  });

  it('takes in the same file once when two people give it at the same moment', async () => {
    const bytes = csv(line({ orderNumber: 'H-1' }));
    const files = await Promise.all(['a.csv', 'b.csv'].map((name) => checkImport(db(), { name, bytes })));
    const command = { by: 'kim', validRowsOnly: false };
    const results = await Promise.allSettled(files.map((checked) => importOrders(context, checked, command)));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((one) => one.status === 'rejected')?.reason.message).toMatch(
      /taken in before: upload/,
    );
    await journeyOf('b2b/H-1').terminate();
    for (const checked of files) await checked.close();
  });

  it('keeps templates, lists them, and writes an empty file for each', async () => {
    const header = '발주번호,받는분,핸드폰,우편번호,주소,품명,발주수량,단가';
    const like = file(Buffer.from(`한빛상사 발주서\n${header}\n`));
    const saved = await boosta(
      'import',
      'templates',
      'save',
      'hanbit',
      '--channel',
      'b2b',
      '--like',
      like,
      '--json',
    );
    expect(JSON.parse(saved.out).columns).toContainEqual({ field: 'unitPrice', header: '단가' });
    const lacking = [
      '--channel',
      'b2b',
      '--like',
      file(Buffer.from('주문번호,수령인,연락처,우편번호,주소,수량,금액\n')),
    ];
    expect((await boosta('import', 'templates', 'save', 'x', ...lacking)).err).toMatch(
      /It has no column for deal/,
    );
    const named = await boosta(
      'import',
      'templates',
      'save',
      'x',
      ...lacking,
      '--column',
      'deal=물건',
      '--json',
    );
    expect(JSON.parse(named.out).columns[0]).toEqual({ field: 'deal', header: '물건' });
    expect(
      JSON.parse((await boosta('import', 'templates', '--json')).out).map((t: { name: string }) => t.name),
    ).toEqual(['b2b', 'hanbit', 'x']);
    const out = join(dir, 'empty.xlsx');
    expect((await boosta('import', 'templates', 'download', 'hanbit', out)).code).toBe(0);
    expect((await boosta('import', out, '--dry-run')).err).toMatch(/no order below the header in row 1/);
    const wrong = await boosta(
      'import',
      'templates',
      'save',
      'y',
      '--channel',
      'b2b',
      '--column',
      'colour=색',
    );
    expect(wrong.code).toBe(2);
  });

  it('carries samples to the warehouse and to their end without any revenue', async () => {
    await boosta('import', 'templates', 'save', 'sample', '--channel', 'sample', '--sample');
    const [known] = knownMatches;
    if (known === undefined) throw new Error('The catalogue has no known match');
    const deal = { channel: 'sample', deal: '시식용', option: '' };
    await inTransaction(house.database, (tx) =>
      saveMatch(tx, deal, known.configurationCode, { by: 'kim', reason: 'test' }),
    );
    const priced = line({ orderNumber: 'S-1', deal: '시식용', option: '' });
    const path = file(csv(priced));
    const { out } = await boosta('import', path, '--template', 'sample', '--json');
    expect(JSON.parse(out).imported).toMatchObject({ orders: 1 });
    await journeyOf('sample/S-1').terminate();
    await normalizeOrder(house.deps, 'sample/S-1');
    expect(await matchOrder(house.deps, 'sample/S-1')).toMatchObject({ stage: 'matched' });
    const order = await atTheWms(house, 'sample/S-1');
    await recordShipment(house.database, order.wms, order.parcel());
    await recordSale(house.deps, 'sample/S-1');
    const sales = await salesOf(db(), 'sample/S-1');
    expect(sales.length).toBeGreaterThan(0);
    expect(new Set(sales.map(({ amount }) => amount))).toEqual(new Set([0n]));
    await expect(uploadTracking(house.deps, 'sample/S-1')).resolves.toEqual({ stage: 'done' });
  });

  it('needs no schedule: nothing is collected from a file', async () => {
    const ids = (await wantedSchedules(db())).map(({ scheduleId }) => scheduleId);
    expect(ids.filter((id) => id.includes('upload'))).toEqual([]);
  });
});
