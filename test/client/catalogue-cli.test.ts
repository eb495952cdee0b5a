import { addConfigurations, addItems } from '../../client/cli/catalogue';
import { auditOf } from '../../db/queries/audit';
import { boostaOf, commandsOf } from '../support/boosta';
import { type FreshDatabase, freshDatabase } from '../support/database';

const groups = commandsOf({ items: addItems, configurations: addConfigurations });
const boosta = (...args: string[]) => boostaOf(groups, args);

describe('boosta items and configurations', () => {
  let database: FreshDatabase;
  const before = { ...process.env };
  beforeAll(async () => {
    database = await freshDatabase();
    process.env['DATABASE_URL'] = database.url;
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
