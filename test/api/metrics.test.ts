import { insertCollected } from '../../db/queries/orders';
import { openTask } from '../../db/queries/tasks';
import { type OpenedApi, openApi } from '../support/api';
import { type FreshDatabase, freshDatabase } from '../support/database';

const FORWARDED = { 'x-forwarded-for': '203.0.113.7' };

describe("the API's metrics", () => {
  let database: FreshDatabase;
  let api: OpenedApi;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await openApi({ database });
    const orders = ['waits', 'moves', 'ended', 'ended-before'].map((orderNumber) => ({
      key: `b2b/${orderNumber}`,
      channel: 'b2b',
      source: 'upload',
      orderNumber,
      orderedAt: new Date(),
    }));
    await insertCollected(database.db, orders);
    const { pool } = database;
    await pool.query("update orders set waiting = 'shortage' where order_number = 'waits'");
    await pool.query("update orders set stage = 'done' where order_number like 'ended%'");
    await pool.query(
      "update orders set updated_at = now(6) - interval 2 day where order_number = 'ended-before'",
    );
    await openTask(database.db, 'shortage', { orderKey: 'b2b/waits' }, 'too few');
  });
  afterAll(async () => {
    await api.close();
    await database.close();
  });

  it('count what is open and what has ended today, not what is stored', async () => {
    const { body, status } = await api.newVisitor().ask('GET', '/metrics');
    expect(status).toBe(200);
    for (const line of [
      'boosta_open_tasks{kind="shortage"} 1',
      'boosta_orders{stage="collected"} 2',
      'boosta_orders_waiting{waiting="shortage"} 1',
      'boosta_orders_ended_today{stage="done"} 1',
    ])
      expect(body.split('\n')).toContain(line);
    expect(body).not.toContain('boosta_orders{stage="done"}');
  });

  it('are for who asks on this machine; who comes by a proxy has to bear a token', async () => {
    const visitor = api.newVisitor();
    expect((await visitor.ask('GET', '/metrics', undefined, FORWARDED)).status).toBe(401);
    const administrator = await api.signedIn('administrator');
    const made = { name: 'prometheus', role: 'viewer', reason: 'monitoring' };
    const { token } = (await administrator.ask('POST', '/api/tokens', made)).body;
    const bearing = { ...FORWARDED, authorization: `Bearer ${token}` };
    expect((await visitor.ask('GET', '/metrics', undefined, bearing)).status).toBe(200);
  });
});
