import { eq } from 'drizzle-orm';
import { findConnection, saveConnection, sealConnections, settingsOf } from '../../db/queries/connections';
import { connection } from '../../db/schema';
import { Vault } from '../../db/vault';
import { type FreshDatabase, freshDatabase } from '../support/database';

const given = {
  kind: 'wms',
  adapter: 'shipbob',
  settings: { channelId: '7' },
  secrets: { token: 'very-secret' },
} as const;

describe("a connection's secrets", () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
    await saveConnection(database, { id: 'shipbob', ...given });
  });
  afterAll(() => database.close());

  const row = async (id: string) => {
    const found = await findConnection(database.db, id);
    if (found === undefined) throw new Error(`no ${id}`);
    return found;
  };

  it('are not readable in the database, and whole again for the adapter', async () => {
    const kept = await row('shipbob');
    expect(JSON.stringify(kept)).not.toContain('very-secret');
    expect(settingsOf(database, kept)).toEqual({ channelId: '7', token: 'very-secret' });
  });

  it('cannot be opened with another key, nor as those of another connection', async () => {
    const kept = await row('shipbob');
    const other = new Vault([Buffer.alloc(32, 'another key')]);
    expect(() => settingsOf({ vault: other }, kept)).toThrow('BOOSTA_SECRET_KEY is another');
    expect(() => settingsOf(database, { ...kept, id: 'shiphero' })).toThrow('cannot be read');
  });

  it('are not kept at all without a key', () => {
    expect(() => new Vault([]).seal('shipbob', given.secrets)).toThrow('set BOOSTA_SECRET_KEY');
  });

  it('that were kept before there was a key are sealed by migrate, once', async () => {
    await database.db.insert(connection).values({ id: 'older', ...given });
    expect(settingsOf(database, await row('older'))).toMatchObject({ token: 'very-secret' });
    expect(await sealConnections(database)).toEqual(['older']);
    expect(await sealConnections(database)).toEqual([]);
    const [sealed] = await database.db.select().from(connection).where(eq(connection.id, 'older'));
    expect(JSON.stringify(sealed)).not.toContain('very-secret');
  });

  it('can be read by an earlier key while a newer one seals', () => {
    const [older, newer] = [Buffer.alloc(32, 'older'), Buffer.alloc(32, 'newer')];
    const kept = new Vault([older]).seal('shipbob', given.secrets);
    expect(new Vault([newer, older]).open('shipbob', kept)).toEqual(given.secrets);
  });
});
