import type { Client } from '@temporalio/client';
import { auditOf } from '../../db/queries/audit';
import { insertBackfill, noteBackfill } from '../../db/queries/backfills';
import { saveClaims } from '../../db/queries/claims';
import { recordCollection } from '../../db/queries/collection';
import { saveConnection } from '../../db/queries/connections';
import { shipment, trackingUpload } from '../../db/schema';
import { scheduleIds, TASK_QUEUE } from '../../workflows/names';
import { type OpenedApi, openApi, type Visitor } from '../support/api';
import { type FreshDatabase, freshDatabase } from '../support/database';

const SOURCE = 'hub';
const SCHEDULE = scheduleIds.collect(SOURCE);
const HOUR_MS = 3_600_000;

describe('the collection', () => {
  let database: FreshDatabase;
  let api: OpenedApi;
  let operator: Visitor;
  let temporal: Client;

  beforeAll(async () => {
    database = await freshDatabase();
    api = await openApi({ database });
    operator = await api.signedIn('operator');
    temporal = api.temporal.client;
    for (const id of [SOURCE, 'other'])
      await saveConnection(database, {
        id,
        kind: 'source',
        adapter: 'sabangnet-xml',
        settings: {},
        secrets: {},
      });
    await temporal.schedule.create({
      scheduleId: SCHEDULE,
      spec: { intervals: [{ every: '1 day' }] },
      action: {
        type: 'startWorkflow',
        workflowType: 'collectOrders',
        args: [],
        // Nobody works there: what was started can be seen.
        taskQueue: `${TASK_QUEUE}-nobody`,
        workflowId: SCHEDULE,
      },
    });
  });
  afterAll(async () => {
    await temporal.schedule.getHandle(SCHEDULE).delete();
    await api.close();
    await database.close();
  });

  const command = (what: string, visitor = operator) =>
    visitor.ask('POST', '/api/collection/schedules', {
      scheduleId: SCHEDULE,
      command: what,
      reason: 'maintenance of the hub',
    });

  async function standing() {
    const { body } = await operator.ask('GET', '/api/collection/schedules');
    return body.rows.find((row: { scheduleId: string }) => row.scheduleId === SCHEDULE);
  }

  it('shows each schedule as Temporal has it, and which are missing', async () => {
    const { body } = await operator.ask('GET', '/api/collection/schedules');
    const states = new Map(
      body.rows.map((row: { scheduleId: string; state: string }) => [row.scheduleId, row.state]),
    );
    expect(states.get(SCHEDULE)).toBe('running');
    expect(states.get(scheduleIds.collect('other'))).toBe('missing');
    expect(await standing()).toMatchObject({ everySeconds: 86_400, nextRun: expect.any(String) });
  });

  it('lets a schedule rest with who and why, tells whoever does it again, and lets it run again', async () => {
    expect((await command('pause')).status).toBe(200);
    const note = 'operator: maintenance of the hub';
    expect(await standing()).toMatchObject({ state: 'paused', note, nextRun: null });
    expect((await temporal.schedule.getHandle(SCHEDULE).describe()).state).toMatchObject({
      paused: true,
      note,
    });
    const again = await command('pause');
    expect(again.status).toBe(409);
    expect(again.body.detail).toContain(note);
    expect((await command('unpause')).status).toBe(200);
    expect(await standing()).toMatchObject({ state: 'running', note: null });
    const audited = await auditOf(database.db, `schedule/${SCHEDULE}`);
    expect(audited.map(({ action, actor, reason }) => [action, actor, reason])).toEqual([
      ['schedule.pause', 'operator', 'maintenance of the hub'],
      ['schedule.unpause', 'operator', 'maintenance of the hub'],
    ]);
  });

  it('runs a schedule once, now', async () => {
    expect((await command('trigger')).status).toBe(200);
    const { info } = await temporal.schedule.getHandle(SCHEDULE).describe();
    expect(info.numActionsTaken).toBe(1);
    const [run] = info.recentActions;
    expect((await standing()).lastRun).not.toBeNull();
    await temporal.workflow.getHandle(run!.action.workflow.workflowId).terminate();
    expect(await standing()).toMatchObject({ lastResult: 'TERMINATED' });
  });

  it('refuses a viewer every command, and an operator to say where a channel comes from', async () => {
    const viewer = await api.signedIn('viewer');
    expect((await command('pause', viewer)).status).toBe(403);
    const now = new Date().toISOString();
    const window = { from: '2026-11-20T00:00:00+09:00', to: now, reason: 'x' };
    expect((await viewer.ask('POST', `/api/collection/sources/${SOURCE}/backfills`, window)).status).toBe(
      403,
    );
    const assignment = { source: SOURCE, replaces: null, reason: 'x' };
    expect((await operator.ask('PUT', '/api/collection/channels/coupang/source', assignment)).status).toBe(
      403,
    );
    expect((await viewer.ask('GET', '/api/collection/schedules')).status).toBe(200);
  });

  it('names a schedule and a source that are not there', async () => {
    const unknown = { scheduleId: 'collect-orders/nobody', command: 'pause', reason: 'x' };
    expect((await operator.ask('POST', '/api/collection/schedules', unknown)).status).toBe(404);
    const { status, body } = await operator.ask('GET', '/api/collection/sources/nobody/coverage');
    expect(status).toBe(409);
    expect(body.detail).toContain(SOURCE);
  });

  it('reads no stretch again that is too long for one run, ends before it begins, or that nobody would read', async () => {
    const again = (from: string, to: string) =>
      operator.ask('POST', `/api/collection/sources/${SOURCE}/backfills`, { from, to, reason: 'x' });
    expect((await again('2024-01-01T00:00:00Z', '2026-01-01T00:00:00Z')).body.detail).toMatch(/in parts/);
    expect((await again('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z')).body.detail).toMatch(/No worker/);
    expect((await again('2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z')).status).toBe(409);
    expect((await again('0000-01-02T00:00:00Z', '2026-01-01T00:00:00Z')).status).toBe(400);
  });

  it('shows the stretches that are read again, and that nobody goes on with one', async () => {
    const stretch = { from: new Date('2026-11-01T00:00:00Z'), to: new Date('2026-11-20T00:00:00Z') };
    const command = { by: 'kim', reason: 'the hub had lost them' };
    const [done, left] = [
      await insertBackfill(database.db, SOURCE, stretch, command),
      await insertBackfill(database.db, SOURCE, stretch, command),
    ];
    await noteBackfill(database.db, done, { state: 'done', windows: 3, windowsRead: 3, orders: 5 });
    const path = `/api/collection/sources/${SOURCE}/backfills?limit=1`;
    const first = await operator.ask('GET', path);
    expect(first.body.rows).toMatchObject([{ id: left, state: 'stopped', windows: 0, madeBy: 'kim' }]);
    const second = await operator.ask('GET', `${path}&cursor=${first.body.next}`);
    expect(second.body.rows).toMatchObject([
      { id: done, state: 'done', windowsRead: 3, orders: 5, from: '2026-11-01T00:00:00.000Z' },
    ]);
    expect((await operator.ask('GET', '/api/collection/sources/nobody/backfills')).status).toBe(409);
  });

  it('shows which time of a source was read, with its gap, and the runs that have read it', async () => {
    const now = Date.now();
    const hoursAgo = (hours: number) => new Date(now - hours * HOUR_MS);
    const counted = { records: 3, newRecords: 2, orders: 2, announced: 3 };
    for (const [from, to] of [
      [10, 8],
      [8, 6],
      [4, 1],
    ] as const)
      await recordCollection(database.db, SOURCE, { from: hoursAgo(from), to: hoursAgo(to) }, 'run', counted);
    const { body } = await operator.ask('GET', `/api/collection/sources/${SOURCE}/coverage`);
    const iso = (hours: number) => hoursAgo(hours).toISOString();
    expect(body).toMatchObject({
      beganAt: iso(10),
      readTo: iso(1),
      read: [
        { from: iso(10), to: iso(6) },
        { from: iso(4), to: iso(1) },
      ],
      gaps: [{ from: iso(6), to: iso(4) }],
      givenUp: [],
    });
    const path = `/api/collection/sources/${SOURCE}/runs?limit=2`;
    const first = await operator.ask('GET', path);
    expect(first.body.rows.map((run: { to: string }) => run.to)).toEqual([iso(1), iso(6)]);
    const second = await operator.ask('GET', `${path}&cursor=${first.body.next}`);
    expect(second.body).toMatchObject({ rows: [{ from: iso(10), records: 3, announced: 3 }], next: null });
    const sources = await operator.ask('GET', '/api/collection/sources');
    expect(sources.body.rows).toContainEqual(
      expect.objectContaining({ id: SOURCE, collects: true, coveredTo: iso(6) }),
    );
  });

  it('never reads a gap into a source that was never read', async () => {
    const { body } = await operator.ask('GET', '/api/collection/sources/other/coverage');
    expect(body).toMatchObject({ beganAt: null, read: [], gaps: [] });
  });

  it('says where a channel comes from, and refuses what was decided on something old', async () => {
    const manager = await api.signedIn('manager');
    const assign = (source: string, replaces: string | null) =>
      manager.ask('PUT', '/api/collection/channels/coupang/source', { source, replaces, reason: 'own API' });
    expect((await assign('other', null)).status).toBe(200);
    expect((await assign(SOURCE, null)).body.detail).toBe('coupang comes from other by now: look once more.');
    expect((await assign(SOURCE, 'other')).status).toBe(200);
    const { body } = await operator.ask('GET', '/api/collection/channels');
    expect(body.rows).toMatchObject([
      { channel: 'coupang', source: SOURCE, planned: [], earlier: [{ source: 'other' }] },
    ]);
  });

  it('says what a channel expects, and lets only who may change that', async () => {
    const manager = await api.signedIn('manager');
    const path = '/api/collection/channels/coupang/rule';
    const rule = { cutOffMinutes: 840, shipWithinDays: 1, stockBuffer: 3, driftPercent: 25 };
    const reason = 'a week of coupons';
    expect((await operator.ask('PUT', path, { ...rule, reason })).status).toBe(403);
    expect((await manager.ask('PUT', path, { ...rule, driftPercent: -1, reason })).status).toBe(400);
    expect((await manager.ask('PUT', path, { ...rule, reason })).status).toBe(200);
    const { body } = await operator.ask('GET', '/api/collection/channels');
    expect(body.rows).toMatchObject([{ channel: 'coupang', source: SOURCE, rule }]);
    expect(await auditOf(database.db, 'channel/coupang')).toContainEqual(
      expect.objectContaining({ action: 'channel.rule', reason, detail: rule }),
    );
  });

  it('lists the claims that wait for an answer, the longest waiting first, page by page', async () => {
    for (const n of [1, 2, 3])
      await saveClaims(database.db, `coupang/C-${n}`, [
        {
          connectionId: SOURCE,
          recordId: `claim-${n}`,
          isAnswered: true,
          claim: {
            kind: 'cancellation',
            state: 'requested',
            claimId: `R-${n}`,
            channel: 'coupang',
            orderNumber: `C-${n}`,
            requestedAt: new Date(),
            lines: [],
          },
        },
      ]);
    const first = await operator.ask('GET', '/api/collection/claims?limit=2');
    const second = await operator.ask('GET', `/api/collection/claims?limit=2&cursor=${first.body.next}`);
    const keys = [...first.body.rows, ...second.body.rows].map(({ orderKey }) => orderKey);
    expect(keys).toEqual(['coupang/C-1', 'coupang/C-2', 'coupang/C-3']);
    expect(second.body.next).toBeNull();
    expect((await operator.ask('GET', '/api/collection/claims?cursor=made-up')).status).toBe(400);
  });

  it('lists the tracking numbers that a source has refused with its words, and tells one again', async () => {
    const now = new Date();
    for (const id of [1, 2]) {
      await database.db.insert(shipment).values({
        id,
        wms: 'wms',
        wmsShipmentId: `s-${id}`,
        dispatchId: 'd-1',
        carrier: 'cj',
        trackingNumber: `10000${id}`,
        shippedAt: now,
        recordedAt: now,
      });
      await database.db.insert(trackingUpload).values({
        orderKey: 'coupang/T-1',
        shipmentId: id,
        state: 'refused',
        reason: 'no such invoice number',
        updatedAt: now,
      });
    }
    const first = await operator.ask('GET', '/api/collection/tracking?limit=1');
    expect(first.body.rows).toMatchObject([{ shipmentId: 2, reason: 'no such invoice number' }]);
    const second = await operator.ask('GET', `/api/collection/tracking?limit=1&cursor=${first.body.next}`);
    expect(second.body.rows).toMatchObject([{ shipmentId: 1, trackingNumber: '100001' }]);
    const path = '/api/collection/tracking/coupang/T-1/resend';
    const resent = await operator.ask('POST', path, { shipmentId: 2, reason: 'the channel was down' });
    expect(resent.body).toEqual({ parcels: 1 });
    const pending = await operator.ask('GET', '/api/collection/tracking?state=pending');
    expect(pending.body.rows.map((row: { shipmentId: number }) => row.shipmentId)).toEqual([2]);
    expect((await operator.ask('POST', path, { shipmentId: 2, reason: 'again' })).status).toBe(409);
  });
});
