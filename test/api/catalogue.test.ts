import { auditOf } from '../../db/queries/audit';
import { seedCatalogue } from '../../sandbox/seed';
import { type OpenedApi, openApi, type Visitor } from '../support/api';
import { type FreshDatabase, freshDatabase } from '../support/database';

describe('items and configurations', () => {
  let database: FreshDatabase;
  let api: OpenedApi;
  let manager: Visitor;

  beforeAll(async () => {
    database = await freshDatabase();
    await seedCatalogue(database);
    api = await openApi({ database });
    manager = await api.signedIn('manager', 'han');
  });
  afterAll(async () => {
    await api.close();
    await database.close();
  });

  const item = { name: '새우젓 500g', referencePrice: '9900', version: 0, reason: 'new this season' };
  const box = (quantity: number, version: number) => ({
    name: '새우젓 세트',
    items: [{ itemCode: 'MD-SAE-01', quantity }],
    version,
    reason: 'as sold',
  });

  it('adds an item and changes it, with who, when and why', async () => {
    expect((await manager.ask('PUT', '/api/items/MD-SAE-01', item)).body).toEqual({ version: 1 });
    const dearer = { ...item, referencePrice: '10900', version: 1, reason: 'dearer' };
    expect((await manager.ask('PUT', '/api/items/MD-SAE-01', dearer)).body).toEqual({ version: 2 });
    const { body } = await manager.ask('GET', '/api/items/MD-SAE-01');
    expect(body).toMatchObject({ referencePrice: '10900', version: 2, configurations: [] });
    expect(body.history).toMatchObject([
      { by: 'han', reason: 'dearer' },
      { by: 'han', reason: 'new this season' },
    ]);
  });

  it('refuses an edit of an item that somebody else has changed or added meanwhile', async () => {
    for (const version of [0, 1]) {
      const stale = await manager.ask('PUT', '/api/items/MD-SAE-01', { ...item, version });
      expect(stale.status).toBe(409);
      expect(stale.body.detail).toContain('Somebody else has changed item MD-SAE-01');
    }
    expect((await manager.ask('PUT', '/api/items/MD-NONE', { ...item, version: 3 })).status).toBe(404);
    expect((await manager.ask('GET', '/api/items/MD-SAE-01')).body.referencePrice).toBe('10900');
    expect(await auditOf(database.db, 'item/MD-NONE')).toEqual([]);
  });

  it('makes a new version of a configuration with each edit, and keeps the earlier ones', async () => {
    expect((await manager.ask('PUT', '/api/configurations/C-SAE-2', box(2, 0))).body).toEqual({ version: 1 });
    expect((await manager.ask('PUT', '/api/configurations/C-SAE-2', box(3, 1))).body).toEqual({ version: 2 });
    const renamed = { ...box(3, 2), name: '새우젓 선물세트' };
    expect((await manager.ask('PUT', '/api/configurations/C-SAE-2', renamed)).body).toEqual({ version: 3 });
    const { body } = await manager.ask('GET', '/api/configurations/C-SAE-2');
    expect(body).toMatchObject({ name: '새우젓 선물세트', version: 3 });
    expect(
      body.versions.map((v: { version: number; items: { quantity: number }[] }) => [
        v.version,
        v.items[0]?.quantity,
      ]),
    ).toEqual([
      [3, 3],
      [2, 3],
      [1, 2],
    ]);
    expect(body.versions[1].edit).toMatchObject({ by: 'han', reason: 'as sold' });
    expect((await manager.ask('GET', '/api/items/MD-SAE-01')).body.configurations).toEqual([
      { code: 'C-SAE-2', name: '새우젓 선물세트', quantity: 3 },
    ]);
  });

  it('lets one of two win who edit the same configuration', async () => {
    const both = await Promise.all([
      manager.ask('PUT', '/api/configurations/C-SAE-2', box(5, 3)),
      manager.ask('PUT', '/api/configurations/C-SAE-2', box(6, 3)),
    ]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect((await manager.ask('GET', '/api/configurations/C-SAE-2')).body.version).toBe(4);
  });

  it('makes no configuration of an item that there is not, of one named twice, or of nothing', async () => {
    const unknown = { ...box(1, 0), items: [{ itemCode: 'MD-NONE', quantity: 1 }] };
    const refused = await manager.ask('PUT', '/api/configurations/C-NEW', unknown);
    expect(refused.body.detail).toBe('There is no item MD-NONE.');
    const piece = { itemCode: 'MD-SAE-01', quantity: 1 };
    const twice = { ...box(1, 0), items: [piece, piece] };
    expect((await manager.ask('PUT', '/api/configurations/C-NEW', twice)).status).toBe(409);
    const empty = await manager.ask('PUT', '/api/configurations/C-NEW', { ...box(1, 0), items: [] });
    expect(empty.body.detail).toBe('C-NEW would hold nothing: put something in.');
    expect((await manager.ask('GET', '/api/configurations/C-NEW')).status).toBe(404);
  });

  it('explodes configurations in a configuration, and makes new versions of those that hold a changed one', async () => {
    const put = (code: string, body: object) =>
      manager.ask('PUT', `/api/configurations/${code}`, {
        name: code,
        reason: 'gift season',
        items: [],
        ...body,
      });
    const item = (quantity: number) => [{ itemCode: 'MD-SAE-01', quantity }];
    const of = (configuration: string, quantity: number) => ({ configuration, quantity });
    await put('C-IN', { items: item(2), version: 0 });
    await put('C-MID', { bundles: [of('C-IN', 3)], version: 0 });
    await put('C-OUT', { items: item(1), bundles: [of('C-MID', 2), of('C-IN', 1)], version: 0 });
    const outer = async () => (await manager.ask('GET', '/api/configurations/C-OUT')).body;
    expect((await outer()).versions[0]).toMatchObject({
      items: [{ itemCode: 'MD-SAE-01', quantity: 15, inBundles: 14 }],
      bundles: [of('C-IN', 1), of('C-MID', 2)],
    });
    expect((await put('C-IN', { items: item(5), version: 1 })).body).toEqual({ version: 2 });
    expect(await outer()).toMatchObject({
      version: 2,
      versions: [
        { items: [{ quantity: 36, inBundles: 35 }], edit: { by: 'han', reason: 'gift season' } },
        { items: [{ quantity: 15, inBundles: 14 }] },
      ],
    });
    // Another name changes nothing of what is in the box.
    await manager.ask('PUT', '/api/configurations/C-IN', {
      name: '속',
      items: item(5),
      version: 2,
      reason: 'clearer',
    });
    expect((await outer()).version).toBe(2);
    expect((await manager.ask('GET', '/api/configurations/C-IN')).body.holders).toEqual(['C-MID', 'C-OUT']);
    const cycle = await put('C-IN', { bundles: [of('C-OUT', 1)], version: 3 });
    expect(cycle.status).toBe(409);
    expect(cycle.body.detail).toContain('C-IN → C-OUT → C-IN');
    const many = await put('C-MANY', { bundles: [of('C-OUT', 9_999)], version: 0 });
    expect(many.body.detail).toContain('One C-MANY would be 359964 pieces of MD-SAE-01');
    expect((await manager.ask('GET', '/api/configurations/C-MANY')).status).toBe(404);
  });

  it('shows which matches stand for a configuration', async () => {
    const { body } = await manager.ask('GET', '/api/configurations?limit=200');
    const used = body.rows.find((row: { matches: number }) => row.matches > 0);
    const shown = await manager.ask('GET', `/api/configurations/${used.code}`);
    expect(shown.body.matches).toHaveLength(used.matches);
    expect(used.items[0]).toMatchObject({ itemCode: expect.any(String), itemName: expect.any(String) });
  });

  it('lists items page by page, and finds them by a part of their code or name', async () => {
    const first = await manager.ask('GET', '/api/items?limit=2');
    const second = await manager.ask('GET', `/api/items?limit=2&cursor=${first.body.next}`);
    const codes = [...first.body.rows, ...second.body.rows].map((row: { code: string }) => row.code);
    expect(codes).toEqual([...new Set(codes)].toSorted());
    for (const q of ['sae-01', encodeURIComponent('새우젓')])
      expect((await manager.ask('GET', `/api/items?q=${q}`)).body.rows).toMatchObject([
        { code: 'MD-SAE-01' },
      ]);
  });

  it('lets an operator look, and not change', async () => {
    const operator = await api.signedIn('operator');
    expect((await operator.ask('GET', '/api/items')).status).toBe(200);
    expect((await operator.ask('PUT', '/api/items/MD-SAE-02', item)).status).toBe(403);
    expect((await operator.ask('PUT', '/api/configurations/C-SAE-3', box(1, 0))).status).toBe(403);
  });

  it('keeps what people have changed when the sandbox begins again', async () => {
    const [known] = (await manager.ask('GET', '/api/items?limit=1')).body.rows;
    const { code, referencePrice, version } = known;
    await manager.ask('PUT', `/api/items/${code}`, {
      name: '새 이름',
      referencePrice,
      version,
      reason: 'clearer',
    });
    await seedCatalogue(database);
    expect((await manager.ask('GET', `/api/items/${code}`)).body.name).toBe('새 이름');
  });
});
