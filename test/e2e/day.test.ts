import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eq } from 'drizzle-orm';
import { order, orderLine, recipient } from '../../db/schema';
import type { Recipient } from '../../domain/order';
import { newDeals } from '../../sandbox/catalogue';
import { compiled } from '../../sandbox/environment';
import { boostaProcess } from '../support/boosta';
import { type FreshDatabase, freshDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { mentions, personalOf } from '../support/personal';
import { type FreshTemporal, freshTemporal } from '../support/temporal';
import { detailsOfJourneys, temporalTexts } from '../support/temporal-texts';
import { workInTheConsole } from './work-in-the-console';

const ORDERS = 60;
const run = promisify(execFile);

interface Summary {
  orders: number;
  shipped: number;
  cancelled: number;
  salesKRW: string;
  waiting: Record<string, number>;
  duplicates: number;
  lost: number;
}

/** The start script with all its processes, as a user runs it, on the tests' MySQL and Temporal. */
describe('a day of orders', () => {
  let dataDir: string;
  let database: FreshDatabase;
  let temporal: FreshTemporal;
  let env: NodeJS.ProcessEnv;
  let running: ChildProcess | undefined;
  /** On stdout and stderr, by all processes that a user sees. */
  const said: string[] = [];
  let details: string[] = [];
  let entered: Recipient[] = [];

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'boosta-e2e-'));
    database = await freshDatabase();
    temporal = await freshTemporal();
    env = {
      ...process.env,
      BOOSTA_DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      ...temporal.env,
      BOOSTA_SANDBOX_PORT: '0',
      BOOSTA_METRICS_PORT: '0',
      BOOSTA_API_PORT: '0',
      BOOSTA_SANDBOX_SHIP_AFTER_MS: '500',
      LOG_LEVEL: 'debug',
    };
  });

  afterAll(async () => {
    running?.kill('SIGTERM');
    await database.close();
    await temporal.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const start = async (...args: string[]): Promise<Summary> => {
    const options = { env, timeout: 240_000, maxBuffer: 1e8 };
    const { stdout, stderr } = await run(process.execPath, [compiled('sandbox/start'), ...args], options);
    said.push(stdout, stderr);
    return JSON.parse(stdout) as Summary;
  };
  const boosta = async (...args: string[]): Promise<unknown> => {
    const { code, out, err } = await boostaProcess(env, ...args, '--json');
    if (code !== 0) throw new Error(err);
    return JSON.parse(out);
  };

  /** What was said on a terminal, from the text on that came so late. */
  const told = (pattern: RegExp, from = 0): string => {
    const [, found] = pattern.exec(said.slice(from).join('')) ?? [];
    if (found === undefined) throw new Error(`Nothing like ${pattern.source} was said`);
    return found;
  };

  async function someWork(): Promise<Recipient[]> {
    const password = told(/password (\S+) \(shown/u);
    const before = said.length;
    const url = await eventually(() => told(/Console\s+(http:\S+)/u, before), { withinMs: 90_000 });
    const [done] = await database.db
      .select({ line: orderLine, channel: order.channel, person: recipient })
      .from(order)
      .innerJoin(orderLine, eq(orderLine.orderKey, order.key))
      .innerJoin(recipient, eq(recipient.orderKey, order.key))
      .where(eq(order.stage, 'done'))
      .limit(1);
    const [waiting] = await database.db
      .select()
      .from(order)
      .where(eq(order.waiting, 'unknown_deal'))
      .limit(1);
    if (done === undefined || waiting === undefined) throw new Error('no order is done, or none waits');
    const { line, channel, person } = done;
    const { deal, option, amount, quantity } = line;
    return workInTheConsole(
      url,
      password,
      { channel, deal, option, price: amount / BigInt(quantity) },
      { key: line.orderKey, recipient: person },
      waiting.key,
    );
  }

  it('comes to rest with nothing lost, nothing shipped twice, and only new deals waiting', async () => {
    const summary = await start('--orders', String(ORDERS), '--exit-when-idle', '--json');
    expect(summary).toMatchObject({ orders: ORDERS, duplicates: 0, lost: 0 });
    expect(Object.keys(summary.waiting)).toEqual(['unknown_deal']);
    expect(summary.shipped + summary.cancelled + (summary.waiting['unknown_deal'] ?? 0)).toBe(ORDERS);
    expect(BigInt(summary.salesKRW)).toBeGreaterThan(0n);
  }, 300_000);

  it('goes on where it was, and lets waiting orders through once their deals are matched', async () => {
    const args = [compiled('sandbox/start'), '--orders', String(ORDERS)];
    running = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [running.stdout, running.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => said.push(text));
    entered = await someWork();
    const waiting = (await boosta('match', 'list')) as {
      unknown: { channel: string; deal: string; option: string }[];
    };
    expect(waiting.unknown.length).toBeGreaterThan(0);
    for (const { channel, deal, option } of waiting.unknown) {
      const known = newDeals.find((d) => d.channel === channel && d.deal === deal && d.option === option);
      if (known === undefined) throw new Error(`Not a deal of the sandbox: ${deal}`);
      const wording = ['--channel', channel, '--deal', deal, '--option', option];
      await boosta(
        'match',
        'add',
        ...wording,
        '--configuration',
        known.configurationCode,
        '--reason',
        'seen',
      );
    }
    await eventually(async () => expect(await boosta('tasks')).toEqual([]), {
      withinMs: 90_000,
      everyMs: 1_000,
    });
    await eventually(
      async () => {
        const moving = (await boosta('orders', 'list', '--limit', '500')) as { stage: string }[];
        expect(moving.filter((order) => order.stage !== 'done' && order.stage !== 'cancelled')).toEqual([]);
      },
      { withinMs: 90_000, everyMs: 1_000 },
    );
    details = await detailsOfJourneys(temporal.client);
    const ended = new Promise((resolve) => running?.once('exit', resolve));
    running.kill('SIGINT');
    expect(await ended).toBe(0);
    running = undefined;
    expect(said.join('')).not.toContain('was killed');
  }, 300_000);

  it('leaves no personal data in Temporal, in a log or on a terminal', async () => {
    const people = await database.db.select().from(recipient);
    const names = people.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(entered.map(({ name }) => name)));
    const logs = join(dataDir, 'logs');
    const texts = await temporalTexts(temporal.client);
    for (const file of readdirSync(logs)) texts.set(file, readFileSync(join(logs, file), 'utf8'));
    for (const [index, text] of [...said, ...details].entries()) texts.set(`said ${index}`, text);
    const searched = [...texts.keys()];
    expect(searched).toEqual(expect.arrayContaining(['worker.log', 'api.log', 'sandbox.log']));
    expect(searched.filter((name) => name.startsWith('order/')).length).toBeGreaterThanOrEqual(people.length);
    for (const other of ['collect-orders/', 'watch-shipments/', 'sweep-orders', 'schedule '])
      expect(searched.some((name) => name.startsWith(other))).toBe(true);
    expect(details.length).toBeGreaterThanOrEqual(people.length);
    const found = [...texts].flatMap(([name, text]) =>
      people.flatMap(personalOf).flatMap((part) => (mentions(text, part) ? [`${part} in ${name}`] : [])),
    );
    expect(found).toEqual([]);
  }, 300_000);
});
