import { makeFirstAdministrator } from '../../client/use-cases/sign-in';
import { auditOf } from '../../db/queries/audit';
import { type OpenedApi, openApi } from '../support/api';
import { type FreshDatabase, freshDatabase } from '../support/database';

describe('signing in', () => {
  let database: FreshDatabase;
  let api: OpenedApi;

  beforeAll(async () => {
    database = await freshDatabase();
    api = await openApi({ database });
  });
  afterAll(async () => {
    await api.close();
    await database.close();
  });

  it('lets nobody read who has not signed in, and says so in problem JSON with the request id', async () => {
    const { status, headers, body } = await api.visitor.ask('GET', '/api/session');
    expect(status).toBe(401);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body).toMatchObject({ status: 401, requestId: expect.any(String) });
  });

  it('answers an address at which nothing is in problem JSON, too', async () => {
    const { status, headers, body } = await api.visitor.ask('GET', '/api/nothing');
    expect(status).toBe(404);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body).toMatchObject({ status: 404, detail: 'There is nothing at this address.' });
  });

  it('makes an administrator at the first start, once', async () => {
    const password = await makeFirstAdministrator(database);
    expect(password).toMatch(/^.{20}$/);
    expect(await makeFirstAdministrator(database)).toBeUndefined();
    const answer = await api.visitor.ask('POST', '/api/session', { name: 'admin', password });
    expect(answer.body).toMatchObject({ name: 'admin', role: 'administrator' });
    expect((await auditOf(database.db, 'user/admin')).map(({ action }) => action)).toEqual(['session.begin']);
  });

  it('answers a wrong password and an unknown name alike, and keeps both', async () => {
    const wrong = await api.visitor.ask('POST', '/api/session', { name: 'admin', password: 'wrong' });
    const unknown = await api.visitor.ask('POST', '/api/session', { name: 'nobody', password: 'wrong' });
    expect(wrong.status).toBe(401);
    expect(unknown.body.detail).toBe(wrong.body.detail);
    expect((await auditOf(database.db, 'user/nobody')).map(({ action }) => action)).toEqual([
      'session.refuse',
    ]);
  });

  it('keeps a browser signed in until it signs out', async () => {
    const viewer = await api.signedIn('viewer');
    expect((await viewer.ask('GET', '/api/session')).body).toMatchObject({ name: 'viewer', role: 'viewer' });
    expect((await viewer.ask('DELETE', '/api/session')).status).toBe(200);
    expect((await viewer.ask('GET', '/api/session')).status).toBe(401);
  });

  it('refuses a write without the CSRF token of the session', async () => {
    const operator = await api.signedIn('operator');
    const body = { current: 'correct horse battery', next: 'another horse battery' };
    const refused = await operator.ask('PUT', '/api/session/password', body, { 'x-csrf-token': 'made-up' });
    expect(refused.status).toBe(403);
    expect((await operator.ask('PUT', '/api/session/password', body)).status).toBe(200);
  });

  it('names what does not fit in a request', async () => {
    const { status, body } = await api.visitor.ask('POST', '/api/session', { name: 'a b' });
    expect(status).toBe(400);
    expect(body.errors.map(({ at }: { at: string }) => at)).toEqual(['body/name', 'body/password']);
  });
});
