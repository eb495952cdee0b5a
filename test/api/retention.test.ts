import { auditOf } from '../../db/queries/audit';
import { insertCollected } from '../../db/queries/orders';
import { openTask } from '../../db/queries/tasks';
import { KEEP_DAYS, LOOKED_AT_MOST } from '../../domain/retention';
import { type OpenedApi, openApi, type Visitor } from '../support/api';
import { type FreshDatabase, freshDatabase } from '../support/database';

const reason = 'as our privacy policy says';

describe('how long personal data is kept', () => {
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

  const read = async () => (await administrator.ask('GET', '/api/retention')).body;
  const preview = async (query = '') =>
    (await administrator.ask('GET', `/api/retention/preview${query}`)).body;

  it('is for administrators only', async () => {
    const manager = await api.signedIn('manager');
    expect((await manager.ask('GET', '/api/retention')).status).toBe(403);
    expect((await manager.ask('PUT', '/api/retention', { keepDays: 30, version: 0, reason })).status).toBe(
      403,
    );
    expect((await manager.ask('POST', '/api/retention/erase', { reason })).status).toBe(403);
  });

  it('is what Boosta comes with until somebody decides, which is kept; the second of two is told', async () => {
    expect(await read()).toEqual({
      keepDays: KEEP_DAYS,
      version: 0,
      changedBy: null,
      changedAt: null,
      doneAt: null,
    });
    const change = { keepDays: 90, version: 0, reason };
    expect((await administrator.ask('PUT', '/api/retention', change)).status).toBe(200);
    expect(await read()).toMatchObject({ keepDays: 90, version: 1, changedBy: 'administrator' });
    const second = await administrator.ask('PUT', '/api/retention', { ...change, keepDays: 30 });
    expect(second).toMatchObject({ status: 409, body: { detail: expect.stringContaining('meanwhile') } });
    expect(await auditOf(database.db, 'retention')).toMatchObject([
      {
        actor: 'administrator',
        action: 'retention.set',
        reason,
        detail: { before: { keepDays: KEEP_DAYS }, after: { keepDays: 90 } },
      },
    ]);
    const tooLittle = { ...change, keepDays: 0, version: 1 };
    expect((await administrator.ask('PUT', '/api/retention', tooLittle)).status).toBe(400);
  });

  it('says beforehand how many orders would be erased, of which days, and which are kept though as old', async () => {
    const ended = ['P-1', 'P-2', 'P-3'].map((orderNumber) => ({
      key: `b2b/${orderNumber}`,
      channel: 'b2b',
      source: 'upload',
      orderNumber,
      orderedAt: new Date('2026-01-01T00:00:00Z'),
    }));
    await insertCollected(database.db, ended);
    await database.pool.query(
      "update orders set stage = 'done', updated_at = now(6) - interval 100 day where channel = 'b2b'",
    );
    await openTask(database.db, 'exchange_requested', { orderKey: 'b2b/P-3' }, 'another size');
    expect(await preview()).toMatchObject({
      keepDays: 90,
      orders: 2,
      held: { task: 1, claim: 0 },
      more: false,
    });
    expect(await preview('?keepDays=120')).toMatchObject({ keepDays: 120, orders: 0, oldest: null });
  });

  it('looks at no more orders than it says, those that ended first, and tells that there are others', async () => {
    const many = Array.from({ length: LOOKED_AT_MOST }, (_, n) => ({
      key: `b2b/M-${n}`,
      channel: 'b2b',
      source: 'upload',
      orderNumber: `M-${n}`,
      orderedAt: new Date('2026-01-01T00:00:00Z'),
    }));
    await insertCollected(database.db, many);
    await database.pool.query(
      "update orders set stage = if(order_number < 'M-5', 'cancelled', 'done'), updated_at = now(6) - interval 99 day where order_number like 'M-%'",
    );
    const { orders, held, more, oldest, before } = await preview();
    expect({ orders, held, more }).toMatchObject({
      orders: LOOKED_AT_MOST - 1,
      held: { task: 1 },
      more: true,
    });
    expect(Date.parse(before) - Date.parse(oldest)).toBeGreaterThan(9.9 * 86_400_000);
    expect(await preview('?keepDays=120')).toMatchObject({ orders: 0, more: false });
  });

  it('is not enforced by a person where no worker runs, who is told so', async () => {
    const answer = await administrator.ask('POST', '/api/retention/erase', { reason });
    expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining('No worker') } });
  });
});
