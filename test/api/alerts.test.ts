import { auditOf } from '../../db/queries/audit';
import { openTasks } from '../../db/queries/tasks';
import { alertRule } from '../../db/schema';
import { type OpenedApi, openApi, type Visitor } from '../support/api';
import { type FreshDatabase, freshDatabase } from '../support/database';
import { openReceiver, type Receiver } from '../support/receiver';

const reason = 'night shift';
const rule = { via: 'webhook', kinds: ['held'], everyMinutes: 5, paused: false };

describe('alerts', () => {
  let database: FreshDatabase;
  let receiver: Receiver;
  let api: OpenedApi;
  let manager: Visitor;

  beforeAll(async () => {
    database = await freshDatabase();
    receiver = await openReceiver();
    api = await openApi({ database });
    manager = await api.signedIn('manager');
  });
  afterAll(async () => {
    await api.close();
    await receiver.close();
    await database.close();
  });

  const add = (name: string, target = receiver.url) =>
    manager.ask('POST', '/api/alerts', { name, ...rule, target, reason });
  const named = async (name: string) => {
    const { body } = await manager.ask('GET', '/api/alerts');
    return body.alerts.find((alert: { name: string }) => alert.name === name);
  };

  it('are for managers', async () => {
    const operator = await api.signedIn('operator');
    expect((await operator.ask('GET', '/api/alerts')).status).toBe(403);
  });

  it('keep their target sealed, and show of it the host only', async () => {
    expect((await add('sealed')).status).toBe(200);
    expect(await named('sealed')).toMatchObject({
      ...rule,
      targetHint: new URL(receiver.url).host,
      version: 1,
    });
    const kept = JSON.stringify([
      await database.db.select().from(alertRule),
      await auditOf(database.db, 'alert/sealed'),
      (await manager.ask('GET', '/api/alerts')).body,
    ]);
    expect(kept).not.toContain('secret-part');
  });

  test.each([
    ['webhook', 'ftp://example.test/'],
    ['email', 'nobody'],
  ])('refuse a %s to %s', async (via, target) => {
    const { status } = await manager.ask('POST', '/api/alerts', {
      name: 'odd',
      ...rule,
      via,
      target,
      reason,
    });
    expect(status).toBe(409);
  });

  it('tell the second of two who change the same one, and need a target for another way', async () => {
    await add('shared');
    const change = { ...rule, everyMinutes: 30, version: 1, target: null, reason };
    const byMail = await manager.ask('PUT', '/api/alerts/shared', { ...change, via: 'email' });
    expect(byMail.status).toBe(409);
    expect((await manager.ask('PUT', '/api/alerts/shared', change)).status).toBe(200);
    const second = await manager.ask('PUT', '/api/alerts/shared', change);
    expect(second).toMatchObject({ status: 409, body: { detail: expect.stringContaining('meanwhile') } });
    expect(await named('shared')).toMatchObject({ everyMinutes: 30, version: 2 });
  });

  it('send a test message at once, and say what came of it', async () => {
    await add('tested');
    receiver.answerWith(410);
    const refused = await manager.ask('POST', '/api/alerts/tested/test');
    expect(refused.body).toEqual({ ok: false, says: 'it answered HTTP 410' });
    expect((await openTasks(database.db)).map(({ kind }) => kind)).toEqual(['alert_not_sent']);
    receiver.answerWith(200);
    expect((await manager.ask('POST', '/api/alerts/tested/test')).body.ok).toBe(true);
    expect(receiver.received.at(-1).text).toContain('시험');
    expect(await openTasks(database.db)).toEqual([]);
  });

  it('are removed with their task, and with who did it and why', async () => {
    await add('gone', 'http://127.0.0.1:1/');
    await manager.ask('POST', '/api/alerts/gone/test');
    const removed = await manager.ask('POST', '/api/alerts/gone/remove', { version: 1, reason: 'left' });
    expect(removed.status).toBe(200);
    expect(await named('gone')).toBeUndefined();
    expect(await openTasks(database.db)).toEqual([]);
    expect(await auditOf(database.db, 'alert/gone')).toContainEqual(
      expect.objectContaining({ action: 'alert.remove', actor: 'manager', reason: 'left' }),
    );
  });
});
