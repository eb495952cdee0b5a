import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addConfigurations, addItems } from '../../client/cli/catalogue';
import { auditOf } from '../../db/queries/audit';
import { boostaOf, commandsOf } from '../support/boosta';
import { type FreshDatabase, freshDatabase, given } from '../support/database';

const groups = commandsOf({ items: addItems, configurations: addConfigurations });
const boosta = (...args: string[]) => boostaOf(groups, args);

describe('boosta items and configurations', () => {
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

  const because = ['--by', 'kim', '--reason', 'new this season'];

  it('adds an item and changes only what is given', async () => {
    const refused = await boosta('items', 'set', 'TEA-01', '--name', '보리차', ...because);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('give --name and --price') });
    await boosta('items', 'set', 'TEA-01', '--name', '보리차', '--price', '4900', ...because);
    expect((await boosta('items', 'set', 'TEA-01', '--price', '5200', ...because)).out).toContain(
      'version 2',
    );
    expect(JSON.parse((await boosta('items', '--find', 'tea', '--json')).out)).toEqual([
      { code: 'TEA-01', name: '보리차', referencePrice: '5200', version: 2 },
    ]);
    expect(await auditOf(database.db, 'item/TEA-01')).toMatchObject([{ actor: 'kim' }, { actor: 'kim' }]);
  });

  it('adds a configuration, and makes new versions of it', async () => {
    await boosta('configurations', 'set', 'C-TEA', '--name', '보리차 둘', '--item', 'TEA-01=2', ...because);
    await boosta('configurations', 'set', 'C-TEA', '--item', 'TEA-01=3', ...because);
    expect(JSON.parse((await boosta('configurations', '--json')).out)).toMatchObject([
      { code: 'C-TEA', name: '보리차 둘', version: 2, items: [{ itemCode: 'TEA-01', quantity: 3 }] },
    ]);
    expect((await boosta('configurations')).out).toContain('TEA-01 보리차 × 3');
  });

  it('hands its lists out as files, and takes a changed one in, or nothing of one with a problem', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'boosta-lists-'));
    const file = (name: string) => join(dir, name);
    expect((await boosta('items', 'export', file('items.xlsx'))).out).toBe(`${file('items.xlsx')}\n`);
    const same = await boosta('items', 'import', file('items.xlsx'), ...because);
    expect(same.err).toContain('0 added, 0 changed, 1 as they are.');
    writeFileSync(file('more.csv'), '품목코드,품목명,기준가\nTEA-01,보리차,5200\nTEA-02,옥수수차,3900\n');
    const asked = await boosta('items', 'import', file('more.csv'), '--dry-run', ...because);
    expect(asked.err).toContain('1 added, 0 changed, 1 as they are, if it were taken in.');
    expect((await boosta('items', '--json')).out).not.toContain('TEA-02');
    await boosta('items', 'import', file('more.csv'), ...because);
    expect((await boosta('items', '--json')).out).toContain('TEA-02');
    writeFileSync(file('bad.csv'), '품목코드,품목명,기준가\nTEA-03,둥굴레차,3900\nTEA-04,=1+1,비쌈\n');
    const bad = await boosta('items', 'import', file('bad.csv'), '--json', ...because);
    expect(bad.code).toBe(1);
    expect(JSON.parse(bad.out)).toMatchObject({
      isSaved: false,
      problems: [
        { row: 3, column: 'B', header: '품목명' },
        { row: 3, column: 'C', header: '기준가' },
      ],
    });
    rmSync(dir, { recursive: true });
  });

  it('takes no configuration without items, nor one of an item that there is not', async () => {
    const empty = await boosta('configurations', 'set', 'C-NEW', '--name', 'x', ...because);
    expect(empty).toMatchObject({ code: 1, err: expect.stringContaining('C-NEW would hold nothing') });
    const unknown = await boosta(
      'configurations',
      'set',
      'C-NEW',
      '--name',
      'x',
      '--item',
      'NO=1',
      ...because,
    );
    expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('There is no item NO.') });
  });
});
