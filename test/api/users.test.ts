import { eq } from 'drizzle-orm';
import { auditOf } from '../../db/queries/audit';
import { apiToken } from '../../db/schema';
import { type OpenedApi, openApi, type Visitor } from '../support/api';
import { type FreshDatabase, freshDatabase } from '../support/database';
import { storedTexts } from '../support/stored-texts';

const reason = 'joined the team';

describe('users and tokens', () => {
  let database: FreshDatabase;
  let api: OpenedApi;
  let administrator: Visitor;

  beforeAll(async () => {
    database = await freshDatabase();
    api = await openApi({ database });
    administrator = await api.signedIn('administrator');
  });
  afterAll(async () => {
    await api.close();
    await database.close();
  });

  const invite = async (name: string, role: string) => {
    const { body } = await administrator.ask('POST', '/api/users', { name, role, email: null, reason });
    const visitor = api.newVisitor();
    expect((await visitor.ask('POST', '/api/session', { name, password: body.password })).status).toBe(200);
    return visitor;
  };

  it('are for administrators only', async () => {
    const manager = await api.signedIn('manager');
    const { status, body } = await manager.ask('GET', '/api/users');
    expect(status).toBe(403);
    expect(body.detail).toContain('administrator');
  });

  it('lets in somebody with the password that is shown once', async () => {
    await invite('minji', 'operator');
    const { body } = await administrator.ask('GET', '/api/users');
    expect(body.users).toContainEqual(
      expect.objectContaining({ name: 'minji', role: 'operator', disabled: false }),
    );
    expect(JSON.stringify(body)).not.toMatch(/hash|\$2b\$/i);
  });

  it('puts out at once whoever is disabled, and keeps who did it and why', async () => {
    const visitor = await invite('leaver', 'operator');
    const change = { version: 1, role: 'operator', email: null, disabled: true, reason: 'left' };
    expect((await administrator.ask('PUT', '/api/users/leaver', change)).status).toBe(200);
    expect((await visitor.ask('GET', '/api/session')).status).toBe(401);
    expect(await auditOf(database.db, 'user/leaver')).toContainEqual(
      expect.objectContaining({ action: 'user.change', actor: 'administrator', reason: 'left' }),
    );
  });

  it('tells the second of two who change the same user', async () => {
    await invite('shared', 'viewer');
    const change = { version: 1, email: null, disabled: false, reason };
    expect(
      (await administrator.ask('PUT', '/api/users/shared', { ...change, role: 'operator' })).status,
    ).toBe(200);
    const second = await administrator.ask('PUT', '/api/users/shared', { ...change, role: 'manager' });
    expect(second).toMatchObject({ status: 409, body: { detail: expect.stringContaining('meanwhile') } });
  });

  it('keeps the only administrator', async () => {
    const change = { version: 1, role: 'viewer', email: null, disabled: false, reason };
    const { status } = await administrator.ask('PUT', '/api/users/administrator', change);
    expect(status).toBe(409);
  });

  describe('a token', () => {
    it('lets a program in with its own role until it is revoked, and is kept hashed', async () => {
      const made = await administrator.ask('POST', '/api/tokens', { name: 'erp', role: 'viewer', reason });
      const { id, token } = made.body as { id: number; token: string };
      const [row] = await database.db.select().from(apiToken).where(eq(apiToken.id, id));
      expect(JSON.stringify(row)).not.toContain(token);
      const bearer = { authorization: `Bearer ${token}` };
      const program = api.newVisitor();
      expect((await program.ask('GET', '/api/session', undefined, bearer)).body).toMatchObject({
        name: 'token:erp',
      });
      expect((await program.ask('GET', '/api/users', undefined, bearer)).status).toBe(403);
      await administrator.ask('POST', `/api/tokens/${id}/revoke`, { reason: 'no longer used' });
      expect((await program.ask('GET', '/api/session', undefined, bearer)).status).toBe(401);
    });
  });

  describe('a write with an Idempotency-Key', () => {
    const token = { name: 'once', role: 'viewer', reason };
    it('is carried out once, and answered the same when it is sent again', async () => {
      const key = { 'idempotency-key': 'revoke-once' };
      const { body } = await administrator.ask('POST', '/api/tokens', { ...token, name: 'twice' });
      const revoke = () => administrator.ask('POST', `/api/tokens/${body.id}/revoke`, { reason }, key);
      expect(await revoke()).toMatchObject({ status: 200, body: {} });
      const again = await revoke();
      expect(again).toMatchObject({ status: 200, body: {} });
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      expect(await auditOf(database.db, `token/${body.id}`)).toHaveLength(1);
    });

    it('keeps no password or token that is shown once: a repeat says that it is done', async () => {
      const key = { 'idempotency-key': 'make-once' };
      const first = await administrator.ask('POST', '/api/tokens', token, key);
      const again = await administrator.ask('POST', '/api/tokens', token, key);
      expect(again).toMatchObject({ status: 409, body: { detail: expect.stringContaining('is done') } });
      expect(await database.db.select().from(apiToken).where(eq(apiToken.name, 'once'))).toHaveLength(1);
      const guest = { name: 'guest', role: 'viewer', email: null, reason };
      const invited = await administrator.ask('POST', '/api/users', guest, { 'idempotency-key': 'invite' });
      const reset = await administrator.ask(
        'POST',
        '/api/users/guest/password',
        { reason },
        { 'idempotency-key': 'reset' },
      );
      const texts = await storedTexts(database);
      for (const shown of [first.body.token, invited.body.password, reset.body.password])
        expect(texts.filter((text) => text.includes(shown))).toEqual([]);
    });

    it('is refused when the key was used for another request', async () => {
      const key = { 'idempotency-key': 'one-key' };
      await administrator.ask('POST', '/api/tokens', token, key);
      const other = await administrator.ask('POST', '/api/tokens', { ...token, name: 'other' }, key);
      expect(other.status).toBe(422);
    });
  });
});
