import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { existingOrderKeys } from '../../db/queries/orders';
import { recipient } from '../../db/schema';
import { journeyId } from '../../domain/order-key';
import { newDeals } from '../../sandbox/catalogue';
import { compiled } from '../../sandbox/environment';
import { boostaProcess } from '../support/boosta';
import { type FreshDatabase, freshDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { type FreshTemporal, freshTemporal } from '../support/temporal';

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
    const { stdout } = await run(process.execPath, [compiled('sandbox/start'), ...args], options);
    return JSON.parse(stdout) as Summary;
  };
  const boosta = async (...args: string[]): Promise<unknown> => {
    const { code, out, err } = await boostaProcess(env, ...args, '--json');
    if (code !== 0) throw new Error(err);
    return JSON.parse(out);
  };

  it('comes to rest with nothing lost, nothing shipped twice, and only new deals waiting', async () => {
    const summary = await start('--orders', String(ORDERS), '--exit-when-idle', '--json');
    expect(summary).toMatchObject({ orders: ORDERS, duplicates: 0, lost: 0 });
    expect(Object.keys(summary.waiting)).toEqual(['unknown_deal']);
    expect(summary.shipped + summary.cancelled + (summary.waiting['unknown_deal'] ?? 0)).toBe(ORDERS);
    expect(BigInt(summary.salesKRW)).toBeGreaterThan(0n);
  }, 300_000);

  it('goes on where it was, and lets waiting orders through once their deals are matched', async () => {
    const args = [compiled('sandbox/start'), '--orders', String(ORDERS)];
    running = spawn(process.execPath, args, { env, stdio: 'ignore' });
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
    const ended = new Promise((resolve) => running?.once('exit', resolve));
    running.kill('SIGINT');
    expect(await ended).toBe(0);
    running = undefined;
  }, 300_000);

  it('leaves no personal data in Temporal or in a log', async () => {
    const people = await database.db.select().from(recipient);
    const personal = people
      .flatMap((p) => [p.name, p.phone, p.phone2, p.address])
      .filter((text) => text !== null);
    const texts = [readFileSync(join(dataDir, 'logs', 'worker.log'), 'utf8')];
    for (const key of await existingOrderKeys(database.db)) {
      const history = await temporal.client.workflow.getHandle(journeyId(key)).fetchHistory();
      texts.push(decoded(history));
    }
    expect(personal.length).toBeGreaterThan(ORDERS);
    expect(personal.filter((text) => texts.some((t) => t.includes(text)))).toEqual([]);
  }, 180_000);
});

/** Payloads are bytes; as base64 nothing would be found in them. */
function decoded(value: unknown): string {
  return JSON.stringify(value, (_, field: unknown) => {
    if (field instanceof Uint8Array) return Buffer.from(field).toString('utf8');
    return typeof field === 'bigint' ? String(field) : field;
  });
}
