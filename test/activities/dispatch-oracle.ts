import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Deps } from '../../activities/deps';
import { dispatchOrder } from '../../activities/dispatch-order';
import { WmsUnavailable } from '../../activities/failures';
import { OutsideUnavailable } from '../../activities/outcome';
import { syncStock } from '../../activities/sync-stock';
import { attemptsOf } from '../../db/queries/attempts';
import { dispatchesOf } from '../../db/queries/dispatches';
import { findOrder } from '../../db/queries/orders';
import { tasksOfOrder } from '../../db/queries/tasks';
import type { Standing } from '../../domain/stage';
import type { FaultInput } from '../../sandbox/stand-in/faults';
import { WMS_STAND_INS, type WmsStandIn } from '../../sandbox/stand-ins';
import type { House } from '../support/house';

/** What dispatches came to, told by those who cannot be fooled: the WMSes' own ledgers and sums in SQL. */

/** Those that the sandbox has routes to. */
export const WMSES = ['fulfillment', 'shipstation'] as const;
export type WmsName = (typeof WMSES)[number];

const ledgerSchema = z.object({
  list: z.array(
    z.object({
      code: z.string(),
      orderNumbers: z.string(),
      state: z.enum(['open', 'shipped', 'cancelled']),
      items: z.array(z.object({ itemCode: z.string(), quantity: z.int() })),
      shipments: z.array(z.object({ trackingNumber: z.unknown() })),
    }),
  ),
});
type LedgerRow = z.infer<typeof ledgerSchema>['list'][number];

/** Whatever a WMS has ever been sent, what was cancelled too. */
export async function everAt(house: House, wms: WmsStandIn): Promise<LedgerRow[]> {
  return ledgerSchema.parse(await house.admin(wms, 'GET', '/ledger')).list;
}

/** The orders that a WMS has and would ship. */
export async function liveAt(house: House, wms: WmsStandIn): Promise<LedgerRow[]> {
  return (await everAt(house, wms)).filter(({ state }) => state !== 'cancelled');
}

/** The live orders of one of ours, over all its generations and WMSes. */
export async function liveOf(house: House, orderKey: string): Promise<LedgerRow[]> {
  const codes = (await dispatchesOf(house.database.db, orderKey)).map(({ code }) => code);
  const rows = await Promise.all(WMS_STAND_INS.map((wms) => liveAt(house, wms)));
  return rows.flat().filter(({ code }) => codes.includes(code));
}

/** From now on every order is sent to this WMS, which has its stock and its whole allowance of calls. */
export async function sendAllTo(house: House, wms: WmsStandIn): Promise<void> {
  await house.database.pool.query('update route set wms = ?', [wms]);
  await syncStock(house.deps, wms);
  await freshAllowance(house);
}

/** ShipStation allows 40 calls a minute, ShipBob 150; a test has not so much time. */
export async function freshAllowance(house: House): Promise<void> {
  await house.database.pool.query('delete from permit');
  for (const wms of ['shipstation', 'shipbob'] as const)
    await house.admin(wms, 'PUT', '/settings', { callsPerMinute: 0 });
}

/** What strikes the next calls that create an order, one after the other. */
export async function strike(house: House, wms: WmsStandIn, ...faults: Omit<FaultInput, 'endpoint'>[]) {
  const all = faults.map((fault) => ({
    times: 1,
    ...fault,
    endpoint: fault.kind === 'down' ? '*' : 'create',
  }));
  await house.admin(wms, 'PUT', '/faults', { faults: all });
}

/** Tries again as Temporal would, a little faster, until the order has come to rest. */
export async function dispatchUntilSettled(
  deps: Deps,
  orderKey: string,
  withinMs = 30_000,
): Promise<Standing> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      return await dispatchOrder(deps, orderKey);
    } catch (error) {
      const again = error instanceof WmsUnavailable || error instanceof OutsideUnavailable;
      if (!again || performance.now() > deadline) throw error;
      const afterMs = error instanceof WmsUnavailable ? error.afterMs : error.retryAfterMs;
      await sleep(Math.min(afterMs ?? 50, 250));
    }
  }
}

const STOPPED: Readonly<Record<string, string>> = {
  held: 'held',
  rejected: 'rejected',
  unknown: 'unknown_outcome',
};
const AT_THE_WMS = ['accepted', 'shipped', 'cancelling', 'cancel_unknown'];
const NOT_AT_THE_WMS = ['ready', 'held', 'rejected', 'cancelled', 'superseded'];

/**
 * Whatever happened: every order is at most once in the WMSes, the database agrees with their ledgers,
 * whoever waits has a task, each request is kept, and the stock adds up.
 */
export async function expectSound(house: House, orderKeys: readonly string[]): Promise<void> {
  const rows = (await Promise.all(WMS_STAND_INS.map((wms) => liveAt(house, wms)))).flat();
  for (const key of orderKeys) await expectOrderSound(house, key, rows);
  await expectSumsRight(house);
}

async function expectOrderSound(house: House, key: string, ledger: readonly LedgerRow[]): Promise<void> {
  const { db } = house.database;
  const dispatches = await dispatchesOf(db, key);
  const liveUnder = (code: string) => ledger.filter((row) => row.code === code);
  const live = dispatches.flatMap(({ code }) => liveUnder(code));
  expect({ key, atMostOneLive: live.length <= 1, live: live.length }).toMatchObject({ atMostOneLive: true });
  const order = await findOrder(db, key);
  const tasks = (await tasksOfOrder(db, key)).filter((task) => task.openKey !== null).map(({ kind }) => kind);
  for (const { code, state, request } of dispatches) {
    const found = liveUnder(code);
    if (AT_THE_WMS.includes(state)) expect({ key, state, found: found.length }).toMatchObject({ found: 1 });
    if (NOT_AT_THE_WMS.includes(state))
      expect({ key, state, found: found.length }).toMatchObject({ found: 0 });
    const stopped = STOPPED[state];
    if (stopped !== undefined) expect({ key, tasks }).toEqual({ key, tasks: [stopped] });
    if (state === 'accepted')
      expect({ key, stage: order?.stage, tasks }).toEqual({ key, stage: 'dispatched', tasks: [] });
    for (const row of found) expect(row.items).toEqual(itemsIn(request));
  }
  for (const attempt of await attemptsOf(
    db,
    dispatches.map(({ id }) => id),
  )) {
    expect(attempt).toMatchObject({ outcome: expect.any(String), request: expect.any(String) });
    if (attempt.outcome !== 'done') continue;
    expect(attempt).toMatchObject({ response: expect.any(String) });
    expect([200, 201]).toContain(attempt.status);
  }
}

function itemsIn(request: Record<string, unknown> | null) {
  const item = z.object({ itemCode: z.string(), quantity: z.int() });
  return z.object({ items: z.array(item) }).parse(request).items;
}

/** Of every item, what is allocated is what dispatches hold of it; of every line, what is in live dispatches. */
export async function expectSumsRight({ database: { db } }: House): Promise<void> {
  const [items] = await db.execute(sql`
    select s.wms, s.item_code, s.allocated, s.on_hand, coalesce(sum(a.quantity - a.shipped_quantity), 0) as held
    from stock s left join allocation a
      on a.wms = s.wms and a.item_code = s.item_code and a.released = false
    group by s.wms, s.item_code having s.allocated <> held or s.allocated > s.on_hand`);
  expect(items).toEqual([]);
  const [leaks] = await db.execute(sql`
    select a.dispatch_id, d.state from allocation a join dispatch d on d.id = a.dispatch_id
    where a.released = false and d.state in ('rejected', 'cancelled', 'superseded')`);
  expect(leaks).toEqual([]);
  const [lines] = await db.execute(sql`
    select l.line_key, l.quantity, l.dispatched_quantity, coalesce(sum(if(d.id is null, 0, dl.quantity)), 0) as live
    from order_line l left join dispatch_line dl on dl.line_key = l.line_key
      left join dispatch d on d.id = dl.dispatch_id and d.state not in ('cancelled', 'superseded')
    group by l.line_key having l.dispatched_quantity <> live or l.dispatched_quantity > l.quantity`);
  expect(lines).toEqual([]);
}
