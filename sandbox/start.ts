import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { type Context, connect } from '../client/connect';
import { explain } from '../client/explain';
import { applySchedules, wantedSchedules } from '../client/schedules';
import { hasStock } from '../db/queries/stock';
import { readConfig } from '../worker/config';
import { scheduleIds } from '../workflows/names';
import { type Child, startChild, WORKER_FLAGS } from './child';
import { readSandboxConfig } from './config';
import { command, emitDay } from './emit-day';
import { compiled, type Environment, startEnvironment, variablesOf } from './environment';
import { isAtRest, readOutcome } from './outcome';
import { ProgressDisplay } from './progress-display';
import { CONNECTIONS, seed } from './seed';
import { requirePortFree } from './servers';
import { WEBHOOK_SECRET } from './stand-ins';

interface Options {
  readonly orders: number;
  readonly seed: number;
  readonly over?: number;
  readonly exitWhenIdle?: true;
  readonly json?: true;
}

/** In the sandbox everything happens within seconds. */
const INTERVALS = {
  collect: 5,
  tell: 5,
  watch: 2,
  stock: 15,
  reconcile: 60,
  sweep: 15,
  alert: 15,
  check: 60,
  forget: 60,
} as const;
const LOOKS_THAT_CONFIRM_REST = 3;

const wholeNumber = (text: string) => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
};

const program = new Command('npm start --')
  .description('Runs Boosta with all it needs: MySQL, Temporal, a sandbox of the outside world, the worker.')
  .option('--orders <n>', 'orders in the sandbox day', wholeNumber, 200)
  .option('--seed <n>', 'the same seed gives the same day', wholeNumber, 1)
  .option('--over <seconds>', 'how long it takes for them all to come in', wholeNumber)
  .option('--exit-when-idle', 'stop when every order has come to rest')
  .option('--json', 'at the end print one JSON summary on stdout, and nothing else')
  .showHelpAfterError()
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));

const say = (line: string) => void process.stderr.write(`${line}\n`);

/** Settles at the first Ctrl-C or SIGTERM; everything is then stopped in order. */
const interrupted = new Promise<'interrupted'>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve('interrupted'));
});

async function main(): Promise<void> {
  const options = program.parse().opts<Options>();
  const startedAt = Date.now();
  const config = readSandboxConfig();
  // Checked before anything is started.
  const { metricsPort, api } = readConfig();
  if (api.port !== 0) await requirePortFree(api.port, 'the API', 'BOOSTA_API_PORT');
  if (metricsPort !== 0) await requirePortFree(metricsPort, "the worker's metrics", 'BOOSTA_METRICS_PORT');
  const environment = await startEnvironment({
    dataDir: config.BOOSTA_DATA_DIR,
    progress: say,
    ports: {
      mysql: config.BOOSTA_MYSQL_PORT,
      temporal: config.BOOSTA_TEMPORAL_PORT,
      ui: config.BOOSTA_TEMPORAL_UI_PORT,
      sandbox: config.BOOSTA_SANDBOX_PORT,
    },
    databaseUrl: config.DATABASE_URL,
    temporalAddress: config.TEMPORAL_ADDRESS,
    namespace: config.TEMPORAL_NAMESPACE,
    ...(config.BOOSTA_SANDBOX_SHIP_AFTER_MS === undefined
      ? {}
      : { shipAfterMs: config.BOOSTA_SANDBOX_SHIP_AFTER_MS }),
  });
  try {
    await withWorker(environment, config.BOOSTA_DATA_DIR, options, startedAt);
  } finally {
    say('stopping…');
    await environment.stop();
  }
}

async function withWorker(
  environment: Environment,
  dataDir: string,
  options: Options,
  startedAt: number,
): Promise<void> {
  const env = variablesOf(environment);
  const context = await connect(readConfig({ ...process.env, ...env }));
  try {
    await seed(context.database, environment.addresses);
    await applySchedules(context.temporal, await wantedSchedules(context.database.db, INTERVALS));
    const log = (name: string) => join(dataDir, 'logs', `${name}.log`);
    const apiEnv =
      environment.uiUrl === undefined ? env : { ...env, BOOSTA_TEMPORAL_UI_URL: environment.uiUrl };
    const api = await startChild(compiled('client/api/main'), { env: apiEnv, logFile: log('api') });
    try {
      await subscribe(environment, api);
      const started = api.firstMessage as ApiStarted;
      await work(context, { environment, started }, options, startedAt, {
        env,
        logFile: log('worker'),
      });
    } finally {
      await end('the API', api);
    }
  } finally {
    await context.close();
  }
}

interface Running {
  readonly environment: Environment;
  readonly started: ApiStarted;
}

async function work(
  context: Context,
  { environment, started }: Running,
  options: Options,
  startedAt: number,
  child: Parameters<typeof startChild>[1],
): Promise<void> {
  const worker = await startChild(compiled('worker/main'), { ...child, flags: WORKER_FLAGS });
  try {
    await firstStock(context);
    await offerDay(environment, options);
    sayWhere(environment, started);
    await watch(context, environment, worker, options, startedAt);
  } finally {
    say('letting the worker finish what it has in hand…');
    await end('the worker', worker);
  }
}

async function end(what: string, child: Child): Promise<void> {
  if (await child.stop()) return;
  say(`${what} did not end by itself and was killed: what it had in hand goes on with the next start`);
}

interface ApiStarted {
  readonly url: string;
  /** Of the administrator that the first start has made. */
  readonly password?: string;
}

/** As one enters the address of webhooks in ShipStation, and subscribes to them by the others' APIs. */
async function subscribe({ addresses }: Environment, api: Child): Promise<void> {
  const { url } = api.firstMessage as ApiStarted;
  const queries = { shipstation: `?secret=${WEBHOOK_SECRET}`, shipbob: '', shiphero: '' };
  for (const wms of ['shipstation', 'shipbob', 'shiphero'] as const) {
    const webhookUrl = `${url}/webhooks/wms/${wms}${queries[wms]}`;
    await command(`${addresses[wms].adminUrl}/admin/settings`, 'PUT', { webhookUrl });
  }
}

/** Orders that come before the first look at the stock would all be short. */
async function firstStock({ temporal, database }: Context): Promise<void> {
  await temporal.schedule.getHandle(scheduleIds.stock(CONNECTIONS.wms)).trigger();
  while (!(await hasStock(database.db, CONNECTIONS.wms))) await sleep(200);
}

async function offerDay({ addresses }: Environment, options: Options): Promise<void> {
  const overSeconds = options.over ?? (options.exitWhenIdle === true ? 0 : 120);
  await emitDay(addresses, { seed: options.seed, orders: options.orders, overSeconds });
}

function sayWhere({ uiUrl }: Environment, { url, password }: ApiStarted): void {
  const signIn = password === undefined ? '' : `   sign in as admin, password ${password} (shown this once)`;
  say('');
  say(`  Console       ${url}${signIn}`);
  say(`  API           ${url}/docs`);
  say(`  Temporal UI   ${uiUrl ?? '(the one of your Temporal server)'}`);
  say(`  Terminal      npx boosta --help         Health  npx boosta doctor`);
  say('');
}

async function watch(
  context: Context,
  { addresses }: Environment,
  worker: Child,
  options: Options,
  startedAt: number,
): Promise<void> {
  const display = new ProgressDisplay(context.database, process.stderr);
  const ended = worker.exited.then((code) => {
    throw new Error(`The worker ended with ${code}: see logs/worker.log`);
  });
  for (let looks = 0; looks < LOOKS_THAT_CONFIRM_REST; ) {
    const what = await Promise.race([interrupted, ended, sleep(1_000)]);
    if (what === 'interrupted') break;
    await display.show();
    if (options.exitWhenIdle !== true) continue;
    looks = (await isAtRest(context.database, addresses)) ? looks + 1 : 0;
  }
  display.end();
  ended.catch(() => undefined);
  const outcome = await readOutcome(context.database, addresses);
  const summary = { ...outcome, seconds: Math.round((Date.now() - startedAt) / 1000) };
  if (options.json === true) process.stdout.write(`${JSON.stringify(summary)}\n`);
  else if (options.exitWhenIdle === true) say(JSON.stringify(summary, null, 2));
}

main().catch((error: unknown) => {
  say(explain(error));
  process.exitCode = 1;
});
