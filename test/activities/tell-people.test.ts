import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { Connections } from '../../activities/connections';
import type { Deps } from '../../activities/deps';
import { Dispatcher } from '../../activities/dispatch/dispatcher';
import { tellPeople } from '../../activities/tell-people';
import { openWayBack } from '../../activities/way-back';
import { type AlertEdit, addAlertRule, findAlertRule } from '../../db/queries/alerts';
import { saveConnection } from '../../db/queries/connections';
import { closeTasks, openTask, openTasks } from '../../db/queries/tasks';
import { alertRule, collectionRun, recipient, task } from '../../db/schema';
import { type FreshDatabase, freshDatabase } from '../support/database';
import { RecordedJourneys } from '../support/house';
import { type Mailbox, openMailbox } from '../support/mailbox';
import { openReceiver, type Receiver } from '../support/receiver';

const CONSOLE = 'https://console.test';

describe('people who chose to be told', () => {
  let database: FreshDatabase;
  let receiver: Receiver;
  let mailbox: Mailbox;
  let deps: Deps;

  beforeAll(async () => {
    [database, receiver, mailbox] = await Promise.all([freshDatabase(), openReceiver(), openMailbox()]);
    const log = pino({ level: 'silent' });
    const connections = new Connections(database);
    deps = {
      database,
      connections,
      dispatcher: new Dispatcher({ database, connections, log }),
      wayBack: openWayBack(database, connections),
      journeys: new RecordedJourneys(),
      alerts: { consoleUrl: CONSOLE, mail: { smtpUrl: mailbox.smtpUrl, from: 'boosta@boosta.test' } },
      log,
    };
  });
  afterEach(async () => {
    await database.db.delete(alertRule);
    await database.db.delete(task);
    receiver.received.length = 0;
    receiver.answerWith(200);
  });
  afterAll(async () => {
    await receiver.close();
    await mailbox.close();
    await deps.connections.close();
    await database.close();
  });

  const addRule = (given: Partial<AlertEdit & { name: string; target: string }> = {}) =>
    addAlertRule(database, {
      name: 'night',
      via: 'webhook',
      kinds: [],
      everyMinutes: 5,
      paused: false,
      ...given,
      target: given.target ?? receiver.url,
    });
  const open = async (
    orderKey: string,
    kind: 'held' | 'rejected' | 'unknown_deal' = 'held',
    reason = 'why',
  ) => {
    await openTask(database.db, kind, { orderKey }, reason);
    await settle();
  };
  /** As after a while: tasks have been there for a minute. */
  const settle = () => database.db.update(task).set({ openedAt: sql`now(6) - interval 1 minute` });
  /** As after a while: each rule may tell again. */
  const becomeDue = () => database.db.update(alertRule).set({ lastTriedAt: sql`now(6) - interval 1 day` });
  const openKinds = async () => (await openTasks(database.db)).map(({ kind }) => kind);

  it('are told once of a task, with the link to where it is solved', async () => {
    await addRule();
    await open('coupang/1', 'unknown_deal', 'nobody knows the wording');
    expect(await tellPeople(deps)).toBe(1);
    await becomeDue();
    expect(await tellPeople(deps)).toBe(0);
    expect(receiver.received).toEqual([
      {
        text: expect.stringContaining(`${CONSOLE}/matching`),
        counts: [{ kind: 'unknown_deal', tasks: 1 }],
        tasks: [
          {
            id: expect.any(Number),
            kind: 'unknown_deal',
            orderKey: 'coupang/1',
            reason: 'nobody knows the wording',
            link: `${CONSOLE}/matching`,
          },
        ],
      },
    ]);
  });

  it('are told of a storm of 500 tasks in one message', async () => {
    await addRule();
    for (let n = 0; n < 500; n += 1) await openTask(database.db, 'held', { orderKey: `b2b/${n}` }, 'storm');
    await settle();
    expect(await tellPeople(deps)).toBe(1);
    const [message] = receiver.received;
    expect(receiver.received).toHaveLength(1);
    expect(message.counts).toEqual([{ kind: 'held', tasks: 500 }]);
    expect(message.tasks).toHaveLength(10);
  });

  it('are told by one of two workers that look at once', async () => {
    await addRule();
    await open('coupang/2');
    const told = await Promise.all([tellPeople(deps), tellPeople(deps)]);
    expect(told.reduce((sum, messages) => sum + messages)).toBe(1);
    expect(receiver.received).toHaveLength(1);
  });

  it('are told not before their minutes are over, and then of all that came meanwhile', async () => {
    await addRule();
    await open('coupang/3');
    await tellPeople(deps);
    await open('coupang/4');
    await open('coupang/5');
    expect(await tellPeople(deps)).toBe(0);
    await becomeDue();
    expect(await tellPeople(deps)).toBe(1);
    expect(receiver.received[1].tasks.map((told: { orderKey: string }) => told.orderKey)).toEqual([
      'coupang/4',
      'coupang/5',
    ]);
  });

  it('are not told of what was open before, is over already, or is of another kind', async () => {
    await open('coupang/6');
    await addRule({ kinds: ['held'] });
    await open('coupang/7');
    await closeTasks(database.db, ['held'], { orderKey: 'coupang/7' }, 'boosta');
    await open('coupang/8', 'rejected');
    expect(await tellPeople(deps)).toBe(0);
    await addRule({ name: 'paused', paused: true });
    await open('coupang/9', 'rejected');
    expect(await tellPeople(deps)).toBe(0);
    expect(receiver.received).toEqual([]);
  });

  it('are told no personal data that a reason quotes', async () => {
    await database.db.insert(recipient).values({
      orderKey: 'coupang/10',
      name: '홍길순',
      phone: '0101234',
      postcode: '06236',
      address: '서울특별시 강남구 테헤란로 1',
    });
    await addRule();
    await open(
      'coupang/10',
      'rejected',
      '홍길순, 서울특별시 강남구 테헤란로 1: 010-1234-5678 and gil@example.test do not fit order 20261125012345678',
    );
    await tellPeople(deps);
    expect(receiver.received[0].tasks[0].reason).toBe(
      '***, ***: *** and *** do not fit order 20261125012345678',
    );
    expect(JSON.stringify(receiver.received)).not.toMatch(/홍길순|테헤란로|5678 |example\.test/u);
  });

  test.each([
    [403, 'HTTP 403'],
    [500, 'unknown'],
  ])('leave a task when their webhook answers %i, and are told once it works again', async (status, says) => {
    await addRule();
    receiver.answerWith(status);
    await open('coupang/11');
    expect(await tellPeople(deps)).toBe(0);
    expect((await findAlertRule(database.db, 'night'))?.failure).toContain(says);
    expect(await openKinds()).toContain('alert_not_sent');
    receiver.answerWith(200);
    await settle();
    await becomeDue();
    expect(await tellPeople(deps)).toBe(1);
    expect(receiver.received[1].counts).toEqual([{ kind: 'held', tasks: 1 }]);
    expect(await openKinds()).not.toContain('alert_not_sent');
    expect((await findAlertRule(database.db, 'night'))?.failure).toBeNull();
  });

  it('hear of a rule that fails from one that does not', async () => {
    await addRule({ name: 'broken', target: 'http://127.0.0.1:1/' });
    await addRule({ name: 'works', kinds: ['alert_not_sent'] });
    await open('coupang/12');
    await tellPeople(deps);
    await settle();
    await becomeDue();
    await tellPeople(deps);
    expect(receiver.received).toHaveLength(1);
    expect(receiver.received[0].tasks).toMatchObject([
      {
        kind: 'alert_not_sent',
        reason: expect.stringContaining('broken'),
        link: `${CONSOLE}/settings/alerts`,
      },
    ]);
  });

  it('are told in Slack with links, whatever a reason has in it', async () => {
    await addRule({ via: 'slack' });
    await open('coupang/13', 'held', 'a <b> & c');
    await tellPeople(deps);
    expect(Object.keys(receiver.received[0])).toEqual(['text', 'blocks']);
    expect(receiver.received[0].blocks[1].text).toEqual({
      type: 'mrkdwn',
      text: `<${CONSOLE}/orders/coupang/13|보류 · coupang/13>\na &lt;b&gt; &amp; c`,
    });
  });

  it('are told in Korean, with the words of a WMS as they came', async () => {
    await addRule();
    await open('coupang/16', 'rejected', 'fassto refused the order: HTTP 400: sku is missing');
    await tellPeople(deps);
    const [{ text, tasks }] = receiver.received;
    expect(text).toContain('- WMS가 거절함 1건');
    expect(tasks[0].reason).toBe('fassto: 주문을 거절했습니다. HTTP 400 응답: sku is missing');
  });

  it('are told by mail; one that is refused is a task that does not name them', async () => {
    await addRule({ via: 'email', target: 'duty@boosta.test' });
    await open('coupang/14');
    expect(await tellPeople(deps)).toBe(1);
    expect(mailbox.mails).toHaveLength(1);
    expect(mailbox.mails[0]).toContain('To: duty@boosta.test');
    mailbox.refuse();
    await open('coupang/15');
    await becomeDue();
    expect(await tellPeople(deps)).toBe(0);
    const rule = await findAlertRule(database.db, 'night');
    expect(rule?.failure).toContain('550');
    expect(JSON.stringify([rule, await openTasks(database.db)])).not.toContain('duty@');
  });

  it('hear of a source gone quiet, until it is read again', async () => {
    await saveConnection(database, {
      id: 'hub',
      kind: 'source',
      adapter: 'coupang',
      settings: {},
      secrets: {},
    });
    const run = (minutesAgo: number) =>
      database.db.insert(collectionRun).values({
        connectionId: 'hub',
        windowFrom: sql`now(6) - interval ${minutesAgo + 5} minute`,
        windowTo: sql`now(6) - interval ${minutesAgo} minute`,
        workflowRunId: 'run',
        records: 0,
        newRecords: 0,
        finishedAt: sql`now(6)`,
      });
    await tellPeople(deps);
    expect(await openKinds()).toEqual([]);
    await run(31);
    await tellPeople(deps);
    expect(await openKinds()).toEqual(['source_quiet']);
    await run(1);
    await tellPeople(deps);
    expect(await openKinds()).toEqual([]);
  });
});
