import { listBackfills, readBackfill, startBackfill } from '../../client/use-cases/backfills';
import { auditOf } from '../../db/queries/audit';
import { openTasks } from '../../db/queries/tasks';
import { CONNECTIONS } from '../../sandbox/seed';
import { workflowIds } from '../../workflows/names';
import { eventually } from '../support/eventually';
import { openStaffedHouse, type StaffedHouse } from '../support/staffed-house';

const HUB = CONNECTIONS.source;
const DAY_MS = 86_400_000;
const COMMAND = { by: 'kim', reason: 'the hub had lost them' };

describe('a stretch of a source that a person has read again', () => {
  let house: StaffedHouse;
  beforeAll(async () => {
    house = await openStaffedHouse({ workers: 1 });
    await house.admin('hub', 'POST', '/days', { seed: 9_101, orders: 20, overSeconds: 0 });
  });
  afterAll(() => house.close());

  const lastDays = (days: number) => ({ from: new Date(Date.now() - days * DAY_MS), to: new Date() });
  const ended = (id: number) =>
    eventually(
      async () => {
        const read = await readBackfill(house.context, id);
        if (read.state === 'running') throw new Error(`${read.windowsRead} of ${read.windows} are read`);
        return read;
      },
      { withinMs: 120_000 },
    );

  it('is answered at once, read in the background, and tells how far it has come', async () => {
    const id = await startBackfill(house.context, HUB, lastDays(20), COMMAND);
    const read = await ended(id);
    expect(read).toMatchObject({ state: 'done', failure: null, madeBy: 'kim', connectionId: HUB });
    expect(read.windows).toBeGreaterThan(2);
    expect(read.windowsRead).toBe(read.windows);
    expect(read.orders).toBeGreaterThan(10);
    const [event] = await auditOf(house.database.db, `connection/${HUB}`);
    expect(event).toMatchObject({ actor: 'kim', action: 'collection.backfill', reason: COMMAND.reason });
  });

  it('is waited for at the command line, and changes nothing that is known', async () => {
    const from = new Date(Date.now() - 2 * DAY_MS).toISOString();
    const read = await house.boosta('collect', HUB, '--from', from, '--by', 'lee');
    expect(read).toMatchObject({ connectionId: HUB, madeBy: 'lee', orders: 0 });
  });

  it('has failed with what could not be read, or is stopped by somebody, while the source is down', async () => {
    await house.admin('hub', 'PUT', '/faults', { faults: [{ endpoint: '*', kind: 'down' }] });
    const [failing, stopped] = [
      await startBackfill(house.context, HUB, lastDays(1), COMMAND),
      await startBackfill(house.context, HUB, lastDays(1), COMMAND),
    ];
    await house.context.temporal.workflow.getHandle(workflowIds.backfill(stopped)).terminate('not needed');
    expect(await ended(stopped)).toMatchObject({ state: 'stopped' });
    const failed = await ended(failing);
    expect(failed).toMatchObject({ state: 'failed', windowsRead: 0 });
    expect(failed.failure).toMatch(/^The window from .* could not be read: /u);
    expect(await openTasks(house.database.db, { kind: 'collection_failed' })).toHaveLength(1);
    const listed = await listBackfills(house.context, HUB, { limit: 2 });
    expect(listed.map(({ id, state }) => [id, state])).toEqual([
      [stopped, 'stopped'],
      [failing, 'failed'],
    ]);
  }, 150_000);
});
