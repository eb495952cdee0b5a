import { sql } from 'drizzle-orm';
import { applySchedules, INTERVALS, wantedSchedules } from '../../client/schedules';
import { addHold } from '../../client/use-cases/holds';
import { addAlertRule } from '../../db/queries/alerts';
import { openTasks } from '../../db/queries/tasks';
import { alertRule } from '../../db/schema';
import type { AlertWay } from '../../domain/alert';
import { CONNECTIONS } from '../../sandbox/seed';
import { scheduleIds } from '../../workflows/names';
import { eventually } from '../support/eventually';
import { type Mailbox, openMailbox } from '../support/mailbox';
import { openReceiver, type Receiver } from '../support/receiver';
import { openStaffedHouse, type StaffedHouse } from '../support/staffed-house';

const CONSOLE = 'https://console.test';

describe('the schedule that tells people', () => {
  let receiver: Receiver;
  let mailbox: Mailbox;
  let house: StaffedHouse;
  beforeAll(async () => {
    [receiver, mailbox] = await Promise.all([openReceiver(), openMailbox()]);
    const mail = { smtpUrl: mailbox.smtpUrl, from: 'boosta@boosta.test' };
    house = await openStaffedHouse({ workers: 1, alerts: { consoleUrl: CONSOLE, mail } });
    for (const [name, via, target] of [
      ['chat', 'webhook', receiver.url],
      ['mail', 'email', 'kim@boosta.test'],
    ] as const satisfies [string, AlertWay, string][])
      await addAlertRule(house.database, { name, via, target, kinds: [], everyMinutes: 1, paused: false });
  });
  afterAll(async () => {
    const { temporal } = house.context;
    await temporal.schedule.getHandle(scheduleIds.alert()).delete();
    await house.close();
    await receiver.close();
    await mailbox.close();
  });

  const schedule = () => house.context.temporal.schedule.getHandle(scheduleIds.alert());
  const runs = async () => (await schedule().describe()).info.numActionsTaken;

  it('brings a task of an order just collected to each of them, once, with the place where it is solved', async () => {
    const wanted = await wantedSchedules(house.database.db, { ...INTERVALS, alert: 1 });
    await applySchedules(
      house.context.temporal,
      wanted.filter(({ scheduleId }) => scheduleId === scheduleIds.alert()),
    );
    const reason = 'the address is to be confirmed';
    await addHold(house.database, { channel: '', itemCode: '', quantity: 1, reason, madeBy: 'kim' });
    await house.admin('hub', 'POST', '/days', { seed: 3, orders: 1, overSeconds: 0 });
    await house.collect(CONNECTIONS.source);
    await eventually(() => expect([receiver.received.length, mailbox.mails.length]).toEqual([1, 1]), {
      withinMs: 90_000,
    });
    const [task] = await openTasks(house.database.db);
    expect(task).toMatchObject({ kind: 'held' });
    const [message] = receiver.received;
    expect(message).toMatchObject({
      tasks: [{ orderKey: task?.orderKey, link: `${CONSOLE}/orders/${task?.orderKey}` }],
    });
    expect(mailbox.mails[0]).toContain('kim@boosta.test');
    // Each may tell again at once: what was told is not told a second time.
    await house.database.db.update(alertRule).set({ lastTriedAt: sql`now(6) - interval 1 day` });
    const before = await runs();
    await eventually(async () => expect(await runs()).toBeGreaterThan(before + 2), { withinMs: 60_000 });
    expect([receiver.received.length, mailbox.mails.length]).toEqual([1, 1]);
  }, 180_000);
});
