import { recordAudit } from '../../db/queries/audit';
import { insertCollected } from '../../db/queries/orders';
import { seoulDay } from '../../domain/seoul';
import { type OpenedApi, openApi, type Visitor } from '../support/api';
import { type FreshDatabase, freshDatabase } from '../support/database';

interface Event {
  readonly id: number;
  readonly subject: string;
  readonly orderKey: string | null;
}

describe('the audit trail', () => {
  let database: FreshDatabase;
  let api: OpenedApi;
  let manager: Visitor;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await openApi({ database });
    manager = await api.signedIn('manager');
    const [key, source] = ['coupang/1', 'hub'];
    await insertCollected(database.db, [
      { key, channel: 'coupang', source, orderNumber: '1', orderedAt: new Date() },
    ]);
    const event = (by: string, action: string, subject: string) =>
      recordAudit(database.db, { by, reason: 'why', action, subject, detail: { before: 1, after: 2 } });
    for (let n = 0; n < 5; n += 1) {
      await event('kim', 'order.hold', key);
      await event('lee', 'route.set', 'route/coupang/*');
    }
    // As a clock that was set back leaves them: ids and times go different ways.
    await database.pool.query(
      "update audit_event set at = '2026-01-01 15:00:00' where actor = 'lee' order by id limit 2",
    );
  });
  afterAll(async () => {
    await api.close();
    await database.close();
  });

  async function all(query: string): Promise<Event[]> {
    const events: Event[] = [];
    let cursor = '';
    do {
      const { status, body } = await manager.ask('GET', `/api/audit?limit=3&${query}${cursor}`);
      expect(status).toBe(200);
      events.push(...body.rows);
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    return events;
  }

  it('is read page by page, each event once, the newest first', async () => {
    const events = await all('');
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(events).toHaveLength(11);
    expect(events.slice(-2).map(({ subject }) => subject)).toEqual(['route/coupang/*', 'route/coupang/*']);
  });

  it.each([
    ['who', 'actor=kim', 5],
    ['what', 'action=route.set', 5],
    ['subject', 'subject=coupang/1', 5],
    ['who and what', 'actor=kim&action=route.set', 0],
    ['an earlier day in Seoul', 'from=2026-01-02&to=2026-01-02', 2],
    ['a day in Seoul without any', 'to=2026-01-01', 0],
    ['today', `from=${seoulDay(new Date(Date.now() - 86_400_000))}&actor=lee`, 3],
  ])('is filtered by %s', async (_, query, events) => {
    expect(await all(query)).toHaveLength(events);
  });

  it('leads to the order where it is about one, and shows before and after', async () => {
    const [held] = await all('actor=kim');
    expect(held).toMatchObject({ orderKey: 'coupang/1', reason: 'why', detail: { before: 1, after: 2 } });
    const [routed] = await all('actor=lee');
    expect(routed?.orderKey).toBeNull();
    const { body } = await manager.ask('GET', '/api/audit/names');
    expect(body).toEqual({
      actors: ['kim', 'lee', 'manager'],
      actions: ['order.hold', 'route.set', 'session.begin'],
    });
  });

  it('is for managers and above', async () => {
    const operator = await api.signedIn('operator');
    expect((await operator.ask('GET', '/api/audit')).status).toBe(403);
    expect((await operator.ask('GET', '/api/audit/names')).status).toBe(403);
    expect((await api.visitor.ask('GET', '/api/audit')).status).toBe(401);
  });
});
