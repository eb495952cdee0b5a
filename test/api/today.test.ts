import { matchOrder } from '../../activities/match-order';
import { normalizeOrder } from '../../activities/normalize-order';
import { watchShipments } from '../../activities/watch-shipments';
import { auditOf } from '../../db/queries/audit';
import { openTask } from '../../db/queries/tasks';
import { CONNECTIONS } from '../../sandbox/seed';
import { type OpenedApi, openApi } from '../support/api';
import { type House, openHouse } from '../support/house';

describe('today', () => {
  let house: House;
  let api: OpenedApi;
  let keys: string[];

  beforeAll(async () => {
    house = await openHouse();
    api = await openApi({ database: house.database });
    keys = await house.collectDay(30);
    for (const key of keys) {
      await normalizeOrder(house.deps, key);
      await matchOrder(house.deps, key);
    }
    await house.database.pool.query(
      `UPDATE orders SET stage = 'done', updated_at = now(6) - INTERVAL 3 DAY WHERE order_key = ?`,
      [keys[0]],
    );
  });
  afterAll(async () => {
    await api.close();
    await house.close();
  });

  it('counts every order once: the unfinished by stage, of the finished those of today', async () => {
    const viewer = await api.signedIn('viewer');
    const { status, body } = await viewer.ask('GET', '/api/today');
    expect(status).toBe(200);
    const at = Object.fromEntries(
      body.stages.map((row: { stage: string; orders: number }) => [row.stage, row.orders]),
    );
    expect(at.done).toBe(0);
    expect(at.matched + at.normalized).toBe(keys.length - 1);
    await house.database.pool.query(`UPDATE orders SET updated_at = now(6) WHERE order_key = ?`, [keys[0]]);
    const later = await viewer.ask('GET', '/api/today');
    expect(later.body.stages).toContainEqual({ stage: 'done', orders: 1 });
  });

  it('shows how many tasks of each kind are open, and since when', async () => {
    const { db } = house.database;
    await openTask(db, 'wms_unreachable', { connectionId: 'fulfillment' }, 'It is asleep');
    await openTask(db, 'wms_unreachable', { connectionId: 'shipstation' }, 'It is asleep, too');
    await house.database.pool.query(
      `UPDATE task SET opened_at = '2026-01-02 03:04:05' WHERE connection_id = 'fulfillment'`,
    );
    const { body } = await (await api.signedIn('viewer', 'eun')).ask('GET', '/api/today');
    expect(body.tasks[0]).toEqual({ kind: 'wms_unreachable', open: 2, oldest: '2026-01-02T03:04:05.000Z' });
  });

  it('shows what came by the hour, and how fresh each source and WMS is', async () => {
    await watchShipments(house.deps, CONNECTIONS.wms);
    const { body } = await (await api.signedIn('viewer', 'yun')).ask('GET', '/api/today');
    const arrived = body.hours.map((hour: { arrived: number }) => hour.arrived);
    expect(arrived).toHaveLength(24);
    expect(arrived.reduce((a: number, b: number) => a + b)).toBe(keys.length);
    const of = (rows: { id: string }[], id: string) => rows.find((row) => row.id === id);
    const moment = expect.stringMatching(/^20\d\d-/);
    expect(of(body.sources, CONNECTIONS.source)).toMatchObject({ collectedTo: moment, ranAt: moment });
    expect(of(body.sources, 'ecount')).toMatchObject({ collectedTo: null, ranAt: null });
    expect(of(body.wmses, CONNECTIONS.wms)).toMatchObject({ stockAt: moment, shipmentsAt: moment });
  });

  it('lists tasks of a kind, page by page, the oldest first', async () => {
    const viewer = await api.signedIn('viewer', 'min');
    const first = await viewer.ask('GET', '/api/tasks?kind=wms_unreachable&limit=1');
    expect(first.body.rows).toMatchObject([{ connectionId: 'fulfillment', closedByHand: true }]);
    const second = await viewer.ask(
      'GET',
      `/api/tasks?kind=wms_unreachable&limit=1&cursor=${first.body.next}`,
    );
    expect(second.body.rows).toMatchObject([{ connectionId: 'shipstation' }]);
    expect((await viewer.ask('GET', '/api/tasks?cursor=x')).status).toBe(400);
  });

  it('lets an operator close a task with a reason, once, and no viewer', async () => {
    await openTask(house.database.db, 'changed_too_late', { orderKey: keys[1] ?? '' }, 'The address');
    const viewer = await api.signedIn('viewer', 'ha');
    const list = await viewer.ask('GET', '/api/tasks?kind=changed_too_late');
    const { id } = list.body.rows[0];
    const close = { reason: 'the customer knows' };
    expect((await viewer.ask('POST', `/api/tasks/${id}/close`, close)).status).toBe(403);
    const operator = await api.signedIn('operator', 'kim');
    expect((await operator.ask('POST', `/api/tasks/${id}/close`, {})).status).toBe(400);
    expect((await operator.ask('POST', `/api/tasks/${id}/close`, close)).status).toBe(200);
    expect((await operator.ask('POST', `/api/tasks/${id}/close`, close)).status).toBe(409);
    expect((await operator.ask('POST', `/api/tasks/999999/close`, close)).status).toBe(404);
    expect(await auditOf(house.database.db, keys[1] ?? '')).toMatchObject([
      { actor: 'kim', action: 'task.close', reason: 'the customer knows' },
    ]);
  });

  it('closes no task by hand that stops an order', async () => {
    const operator = await api.signedIn('operator', 'lee');
    const { body } = await operator.ask('GET', '/api/tasks?kind=unknown_deal&limit=1');
    expect(body.rows[0].closedByHand).toBe(false);
    const refused = await operator.ask('POST', `/api/tasks/${body.rows[0].id}/close`, { reason: 'away' });
    expect(refused.status).toBe(409);
  });
});
