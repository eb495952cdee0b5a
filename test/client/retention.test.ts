import { addToken } from '../../db/queries/api-tokens';
import { auditOf } from '../../db/queries/audit';
import { beginRequest, endRequest, findRequest } from '../../db/queries/idempotent-requests';
import { saveSession } from '../../db/queries/web-sessions';
import { webSession } from '../../db/schema';
import { openStaffedHouse, type StaffedHouse } from '../support/staffed-house';

const HOUR_MS = 3_600_000;

describe('boosta retention', () => {
  let house: StaffedHouse;
  beforeAll(async () => {
    house = await openStaffedHouse({ workers: 1 });
  });
  afterAll(() => house.close());

  it('erases by a workflow what is older than somebody has decided, and says who asked for it', async () => {
    const { db, pool } = house.database;
    const [key = ''] = await house.collectDay(3, 6_301);
    await pool.query("update orders set stage = 'done', applied_record = 1000000");
    await pool.query('update orders set updated_at = now(6) - interval 31 day where order_key = ?', [key]);
    await expect(house.boosta('retention', 'preview')).resolves.toMatchObject({ keepDays: 180, orders: 0 });
    await house.boosta('retention', 'set', '--days', '30', '--reason', 'our policy', '--by', 'kim');
    await expect(house.boosta('retention')).resolves.toMatchObject({ keepDays: 30, changedBy: 'kim' });
    await expect(house.boosta('retention', 'preview')).resolves.toMatchObject({ keepDays: 30, orders: 1 });

    const run = ['retention', 'run', '--reason', 'the auditor is here', '--by', 'kim'];
    await expect(house.boosta(...run)).resolves.toMatchObject({ orders: 1 });
    await expect(house.boosta(...run)).resolves.toMatchObject({ orders: 0 });
    await expect(house.boosta('retention')).resolves.toMatchObject({ doneAt: expect.any(String) });
    await expect(house.boosta('orders', 'show', key)).resolves.toMatchObject({
      recipient: null,
      order: { erasedAt: expect.any(String) },
    });
    const trail = await auditOf(db, 'retention');
    expect(trail.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      'kim retention.set',
      'kim retention.run',
      'boosta retention.erase',
      'kim retention.run',
    ]);
  });

  it('drops ended sessions and answers that nobody asks for again, and nothing else', async () => {
    const { db, pool } = house.database;
    const session = { userName: 'kim', content: {} };
    const at = (hours: number) => new Date(Date.now() + hours * HOUR_MS);
    await saveSession(db, { ...session, idHash: 'a'.repeat(64), endsAt: at(-1) });
    await saveSession(db, { ...session, idHash: 'b'.repeat(64), endsAt: at(1) });
    const [old, fresh] = ['old', 'fresh'].map((key) => ({ caller: 'token:erp', key }));
    if (old === undefined || fresh === undefined) throw new Error('no keys');
    for (const key of [old, fresh]) {
      await beginRequest(db, key, 'c'.repeat(64));
      await endRequest(db, key, 200, '{}');
    }
    await pool.query(
      "update idempotent_request set made_at = now(6) - interval 25 hour where idempotency_key = 'old'",
    );
    await addToken(db, { name: 'erp', role: 'viewer', tokenHash: 'd'.repeat(64), madeBy: 'kim' });
    await expect(house.boosta('retention', 'run', '--reason', 'now')).resolves.toMatchObject({
      sessions: 1,
      requests: 1,
    });
    expect(await db.select({ id: webSession.idHash }).from(webSession)).toEqual([{ id: 'b'.repeat(64) }]);
    expect(await findRequest(db, old)).toBeUndefined();
    expect(await findRequest(db, fresh)).toMatchObject({ status: 200 });
  });
});
