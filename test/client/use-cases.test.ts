import { matchOrder } from '../../activities/match-order';
import { normalizeOrder } from '../../activities/normalize-order';
import type { Context } from '../../client/connect';
import { readBulk } from '../../client/use-cases/bulk-orders';
import { commandOrder } from '../../client/use-cases/command-order';
import { addMatch } from '../../client/use-cases/decide-deal';
import { requireOrder } from '../../client/use-cases/find-order';
import { dealOfOrder, listDeals, matchOnce } from '../../client/use-cases/match-deals';
import { setRoute } from '../../client/use-cases/routes';
import { showOrder } from '../../client/use-cases/show-order';
import { showRawRecord } from '../../client/use-cases/show-raw-record';
import { finishTask, listTasks } from '../../client/use-cases/tasks';
import { auditOf } from '../../db/queries/audit';
import { bulkRows } from '../../db/queries/bulk';
import { findOrder, linesOf, recipientOf } from '../../db/queries/orders';
import { openTask } from '../../db/queries/tasks';
import { newDeals } from '../../sandbox/catalogue';
import { readConfig } from '../../worker/config';
import { workflowIds } from '../../workflows/names';
import { type House, openHouse } from '../support/house';
import { type FreshTemporal, freshTemporal } from '../support/temporal';

const BY = { by: 'kim', reason: 'as the wording says' };

/** Real MySQL and Temporal; no worker, so that a journey's history shows what it was told. */
describe('what a person can do', () => {
  let house: House;
  let temporal: FreshTemporal;
  let context: Context;
  let waiting: string;

  beforeAll(async () => {
    house = await openHouse();
    temporal = await freshTemporal();
    const { client } = temporal;
    context = {
      config: readConfig({}),
      database: house.database,
      temporal: client,
      close: async () => undefined,
    };
    for (const key of await house.collectDay(80)) {
      await normalizeOrder(house.deps, key);
      await matchOrder(house.deps, key);
    }
    waiting = (await listDeals(house.database.db, 1)).unknown[0]?.example ?? '';
  });

  afterAll(async () => {
    await temporal.close();
    await house.close();
  });

  const configurationOf = (deal: { deal: string; option: string }) =>
    newDeals.find((d) => d.deal === deal.deal && d.option === deal.option)?.configurationCode ?? '';

  it('sees of a waiting order why it waits and what to do, and nobody by whom it could be told', async () => {
    const shown = await showOrder(house.database.db, waiting);
    const person = await recipientOf(house.database.db, waiting);
    expect(shown.next[0]).toMatchObject({
      kind: 'unknown_deal',
      nextAction: expect.stringContaining(waiting),
    });
    expect(shown.timeline.map((event) => event.what)).toEqual(['received', 'task']);
    for (const secret of [person?.name, person?.phone, person?.address])
      expect(JSON.stringify(shown.timeline) + JSON.stringify(shown.recipient)).not.toContain(secret);
  });

  it('hears which keys are like one that does not exist', async () => {
    const wrong = `${waiting.slice(0, -1)}x`;
    await expect(requireOrder(house.database.db, wrong)).rejects.toThrow(/Did you mean .*\?/);
  });

  it('decides a deal, and a job for every order that waits for it is under way', async () => {
    const deal = await dealOfOrder(house.database.db, waiting);
    const matched = await addMatch(context, deal, { configuration: configurationOf(deal) }, BY);
    expect(matched).toMatchObject({ version: 1, before: null });
    const { id, command } = await readBulk(house.database.db, matched.jobId ?? 0);
    expect(command).toBe('save-match');
    const rows = await bulkRows(house.database.db, id, 'pending', '', 100);
    expect(rows.map((row) => row.orderKey)).toContain(waiting);
    expect(rows).toHaveLength(matched.counts['goes-on']);
    const handle = context.temporal.workflow.getHandle(workflowIds.bulk(id));
    expect((await handle.describe()).status.name).toBe('RUNNING');
    expect((await matchOrder(house.deps, waiting)).stage).toBe('matched');
    const told = await showOrder(house.database.db, waiting);
    expect(told.timeline.find((event) => event.what === 'matched')?.says).toContain('match v1 by kim');
    await handle.terminate();
  });

  it('decides a deal while an order of it is being matched, and that order is in the job, too', async () => {
    const { unknown } = await listDeals(house.database.db, 1);
    const [deal] = unknown;
    if (deal === undefined) throw new Error('The day has too few new deals');
    await house.database.pool.query('UPDATE orders SET waiting = NULL WHERE order_key = ?', [deal.example]);
    const { jobId } = await addMatch(context, deal, { configuration: configurationOf(deal) }, BY);
    const rows = await bulkRows(house.database.db, jobId ?? 0, 'pending', '', 100);
    expect(rows.map((row) => row.orderKey)).toContain(deal.example);
  });

  it('decides one line of one order, and the deal stays unknown for the others', async () => {
    const { unknown } = await listDeals(house.database.db, 1);
    const [deal] = unknown;
    if (deal === undefined) throw new Error('The day has too few new deals');
    await matchOnce(context, deal.example, undefined, configurationOf(deal), BY);
    expect((await matchOrder(house.deps, deal.example)).stage).toBe('matched');
    expect((await linesOf(house.database.db, deal.example))[0]?.matchVersion).toBeNull();
    expect((await auditOf(house.database.db, deal.example)).map((event) => event.action)).toEqual([
      'match.once',
    ]);
    await expect(matchOnce(context, deal.example, undefined, configurationOf(deal), BY)).rejects.toThrow(
      'is matched: only an order that is not matched yet can be',
    );
  });

  it('need not name the line that is the only one nobody has decided', async () => {
    const { db, pool } = house.database;
    const several = 'SELECT order_key FROM order_line GROUP BY order_key HAVING count(*) > 1 LIMIT 1';
    const [[row]] = (await pool.query(several)) as unknown as [[{ order_key: string }]];
    const [first, second] = await linesOf(db, row.order_key);
    await expect(dealOfOrder(db, row.order_key)).rejects.toThrow(/^Say with --line which line/);
    await pool.query("UPDATE order_line SET deal_key = 'new' WHERE line_key = ?", [second?.key]);
    expect((await dealOfOrder(db, row.order_key)).deal).toBe(second?.deal);
    expect((await dealOfOrder(db, row.order_key, first?.lineNumber)).deal).toBe(first?.deal);
  });

  it('is told which configurations are like one that does not exist', async () => {
    const deal = { channel: 'coupang', deal: 'x', option: '' };
    await expect(addMatch(context, deal, { configuration: 'C-KIM-9' }, BY)).rejects.toThrow(/C-KIM-\w+/);
  });

  it('hears that an order whose journey is not open takes no command, and what happens next', async () => {
    const order = await findOrder(house.database.db, waiting);
    await expect(commandOrder(context, 'hold', order?.key ?? '', BY)).rejects.toThrow(
      /has no open journey: the sweep starts one/,
    );
  });

  it('sees a raw record masked, and whole only with a trace', async () => {
    const { timeline } = await showOrder(house.database.db, waiting);
    const id = Number(timeline[0]?.id);
    const name = (await recipientOf(house.database.db, waiting))?.name ?? '';
    expect((await showRawRecord(house.database, id)).text).not.toContain(name);
    expect((await showRawRecord(house.database, id, BY)).text).toContain(name);
    expect(await auditOf(house.database.db, waiting)).toContainEqual(
      expect.objectContaining({ actor: 'kim', action: 'raw.reveal', detail: { rawRecordId: id } }),
    );
  });

  it('closes a task that nothing else closes, and none that stops an order', async () => {
    const { db } = house.database;
    await openTask(db, 'changed_too_late', { orderKey: waiting }, 'The address');
    const [told] = await listTasks(db, { kind: 'changed_too_late', limit: 10 });
    await finishTask(house.database, told?.id ?? 0, BY);
    expect(await listTasks(db, { kind: 'changed_too_late', limit: 10 })).toEqual([]);
    await expect(finishTask(house.database, told?.id ?? 0, BY)).rejects.toThrow('is closed already');
    await openTask(db, 'held', { orderKey: waiting }, 'kept');
    const [held] = await listTasks(db, { kind: 'held', limit: 1 });
    await expect(finishTask(house.database, held?.id ?? 0, BY)).rejects.toThrow(/closes by itself/);
  });

  it('routes a channel to a WMS that is connected, and to no other', async () => {
    await setRoute(context, { channel: 'coupang', itemCode: '', wms: 'shipstation' }, BY);
    expect((await auditOf(house.database.db, 'route/coupang/*')).map((e) => e.actor)).toEqual(['kim']);
    await expect(
      setRoute(context, { channel: 'coupang', itemCode: '', wms: 'sabangnet' }, BY),
    ).rejects.toThrow(/^No WMS is connected as sabangnet; there are: .*fulfillment, .*shipstation/);
  });
});
