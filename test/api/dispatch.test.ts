import { syncStock } from '../../activities/sync-stock';
import { watchShipments } from '../../activities/watch-shipments';
import { auditOf } from '../../db/queries/audit';
import { dispatchesOf } from '../../db/queries/dispatches';
import { findOrder, recipientOf } from '../../db/queries/orders';
import { reportDifference } from '../../db/queries/reconcile';
import { tasksOfOrder } from '../../db/queries/tasks';
import { temporalJourneys } from '../../worker/temporal-journeys';
import { TASK_QUEUE } from '../../workflows/names';
import {
  dispatchUntilSettled,
  freshAllowance,
  liveOf,
  sendAllTo,
  strike,
} from '../activities/dispatch-oracle';
import { type OpenedApi, openApi, type Visitor } from '../support/api';
import { eventually } from '../support/eventually';
import { type House, openHouse } from '../support/house';
import { WorkerProcess } from '../support/worker-process';

const BOUNDS = { leaseMs: 2_500, requestTimeoutMs: 500, settlingMs: 0 };

/** Real stand-ins, MySQL, Temporal and a worker; the warehouse loses an answer that nobody can look up. */
describe('dispatches through the API', () => {
  let house: House;
  let api: OpenedApi;
  let worker: WorkerProcess;
  let viewer: Visitor;
  let operator: Visitor;
  let keys: string[];

  beforeAll(async () => {
    house = await openHouse({ dispatcher: BOUNDS });
    keys = await house.matchedOrders(24, 22_061);
    await sendAllTo(house, 'poomgo');
    await house.database.pool.query(
      `update connection set settings = json_set(settings, '$.takenInWithinSeconds', 1) where id = 'poomgo'`,
    );
    api = await openApi({ database: house.database });
    worker = await WorkerProcess.start({
      databaseUrl: house.database.url,
      temporal: api.temporal.at,
      taskQueues: [TASK_QUEUE],
      dispatcher: BOUNDS,
    });
    viewer = await api.signedIn('viewer');
    operator = await api.signedIn('operator', 'kim');
  });
  afterEach(() => house.admin('poomgo', 'DELETE', '/faults'));
  afterAll(async () => {
    await worker.kill();
    await api.close();
    await house.close();
  });

  const db = () => house.database.db;
  const next = () => {
    const key = keys.shift();
    if (key === undefined) throw new Error('no order left');
    return key;
  };
  /** An order's journey, up to where a person has to say whether the warehouse has it. */
  const inDoubt = async () => {
    const key = next();
    await strike(house, 'poomgo', { kind: 'timeout-before' });
    const order = await findOrder(db(), key);
    if (order === undefined) throw new Error(`no order ${key}`);
    await temporalJourneys(api.temporal.client, TASK_QUEUE, false).start(order);
    await eventually(async () => expect((await findOrder(db(), key))?.waiting).toBe('unknown_outcome'));
    const [dispatch] = await dispatchesOf(db(), key);
    return { key, dispatch: dispatch?.id ?? '' };
  };
  const said = (key: string, body: object) =>
    operator.ask('POST', `/api/dispatch/orders/${key}/resolve`, { reason: 'looked in their list', ...body });

  it('lists what waits for a person with all its evidence, and the order goes on once it is settled', async () => {
    const { key, dispatch } = await inDoubt();
    const { body: list } = await viewer.ask('GET', '/api/dispatch/doubtful');
    expect(list).toMatchObject({ rows: [{ orderKey: key, id: dispatch, state: 'unknown' }], next: null });
    const { body: shown } = await viewer.ask('GET', `/api/dispatch/orders/${key}`);
    expect(shown).toMatchObject({
      masked: true,
      dispatches: [{ id: dispatch, attempts: expect.any(Array) }],
    });
    expect(shown.dispatches[0].attempts[0]).toMatchObject({ kind: 'create', outcome: 'unknown' });

    const settled = { dispatch, state: 'unknown', verdict: 'not-received' };
    const answer = await eventually(async () => {
      const { status, body } = await said(key, settled);
      expect({ status, body }).toMatchObject({ status: 200 });
      return body;
    });
    expect(answer).toEqual({ says: 'It is sent anew' });
    await eventually(async () => expect((await findOrder(db(), key))?.stage).toBe('dispatched'));
    expect((await dispatchesOf(db(), key)).map(({ state }) => state)).toEqual(['superseded', 'accepted']);
    expect(await liveOf(house, key)).toHaveLength(1);
    expect((await tasksOfOrder(db(), key)).map(({ kind, closedBy }) => ({ kind, closedBy }))).toEqual([
      { kind: 'unknown_outcome', closedBy: 'kim' },
    ]);
    expect(await auditOf(db(), key)).toMatchObject([
      { actor: 'kim', action: 'dispatch.resolve', reason: 'looked in their list' },
    ]);

    // Somebody else still has the page open.
    const late = await said(key, { ...settled, verdict: 'received' });
    expect(late).toMatchObject({ status: 409, body: { detail: expect.stringContaining('superseded now') } });
    expect((await said(key, { ...settled, dispatch: 'a'.repeat(26) })).status).toBe(404);
  });

  it('shows personal data only to who asks for it with a reason, which is kept', async () => {
    const key = next();
    await dispatchUntilSettled(house.deps, key);
    const name = (await recipientOf(db(), key))?.name ?? '?';
    const path = `/api/dispatch/orders/${key}`;
    const masked = await viewer.ask('GET', path);
    expect(JSON.stringify(masked.body)).not.toContain(name);
    expect((await viewer.ask('POST', `${path}/reveal`, { reason: 'curious' })).status).toBe(403);
    const revealed = await operator.ask('POST', `${path}/reveal`, { reason: 'the customer calls' });
    expect(JSON.stringify(revealed.body)).toContain(name);
    expect(await auditOf(db(), key)).toMatchObject([
      { actor: 'kim', action: 'dispatch.reveal', reason: 'the customer calls' },
    ]);
  });

  it('lets a viewer look but settle, compare and route nothing', async () => {
    const refused = await Promise.all([
      viewer.ask('POST', '/api/dispatch/orders/a/1/resolve', {}),
      viewer.ask('POST', '/api/dispatch/reconcile', {}),
      viewer.ask('POST', '/api/dispatch/shadow', {}),
      operator.ask('POST', '/api/dispatch/routes', {}),
      operator.ask('POST', '/api/dispatch/cut-over', {}),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
  });

  it('tells of each WMS what is open there, its limit, and when it was last read', async () => {
    await freshAllowance(house);
    await watchShipments(house.deps, 'poomgo');
    const { body } = await viewer.ask('GET', '/api/dispatch/wmses');
    const poomgo = body.wmses.find(({ id }: { id: string }) => id === 'poomgo');
    expect(poomgo).toMatchObject({ paused: false, open: { accepted: expect.any(Number) }, silence: [] });
    expect(poomgo.callsPerMinute).toBeGreaterThan(0);
    expect(new Date(poomgo.shipmentsReadAt).getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect(body.unclaimed).toMatchObject({ ready: keys.length });
  });

  it('lists dispatches by WMS and state, page by page, each once', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const after: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { body } = await viewer.ask('GET', `/api/dispatch/dispatches?state=ready&limit=5${after}`);
      seen.push(...body.rows.map(({ orderKey }: { orderKey: string }) => orderKey));
      cursor = body.next;
    } while (cursor !== null);
    expect(seen.toSorted()).toEqual(keys.toSorted());
    const at = await viewer.ask('GET', '/api/dispatch/dispatches?state=accepted&wms=poomgo');
    expect(at.body.rows.every(({ wms }: { wms: string }) => wms === 'poomgo')).toBe(true);
    expect((await viewer.ask('GET', '/api/dispatch/dispatches?state=ready&cursor=nonsense')).status).toBe(
      400,
    );
  });

  it('lists the differences of comparisons that are still open', async () => {
    const [orderKey = ''] = keys;
    const [dispatch] = await dispatchesOf(db(), orderKey);
    const reason = 'poomgo does not have it';
    const code = dispatch?.code ?? '';
    await reportDifference(db(), 'poomgo', { kind: 'missing_in_wms', code, orderKey, reason });
    expect((await viewer.ask('GET', '/api/dispatch/differences')).body.differences).toMatchObject([
      { wms: 'poomgo', kind: 'missing_in_wms', orderKey, reason },
    ]);
  });

  it('names what another WMS would refuse of what is still to ship', async () => {
    await syncStock(house.deps, 'shipbob');
    await house.database.pool.query(`delete gone from stock as gone
      join (select min(item_code) as item from stock where wms = 'shipbob') as kept
      where gone.wms = 'shipbob' and gone.item_code <> kept.item`);
    const { status, body } = await operator.ask('POST', '/api/dispatch/shadow', { to: 'shipbob' });
    expect(status).toBe(200);
    expect(body.dispatches).toBeGreaterThan(keys.length);
    expect(body.orders).toBeGreaterThan(0);
    expect(body.differences[0].says).toContain('is not known there');
    expect((await operator.ask('POST', '/api/dispatch/shadow', { to: 'nowhere' })).status).toBe(409);
  });
});
