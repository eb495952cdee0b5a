import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { Command } from 'commander';
import { startMysql, startTemporal } from '../../sandbox/servers';
import { SEARCH_ATTRIBUTES } from '../../workflows/names';
import { BENCH_SEED, settingsFor } from './pages/bench-mysql';
import { type Comparison, compare, explain, type Houses } from './pages/compare';
import type { HouseSize } from './pages/fill-house';
import { type House, openHouse, type Servers } from './pages/house';
import { Meter } from './pages/meter';
import { READS_EVERYTHING } from './pages/questions';

/** What the console's pages cost a house with many orders, against one with few. */

const options = new Command('npm run bench:pages --')
  .option('--orders <n>', 'of the large house', Number, 1_000_000)
  .option('--base <n>', 'of the small house', Number, 10_000)
  .option('--days <n>', 'over which they were placed', Number, 365)
  .option('--samples <n>', 'answers to each question, of each house', Number, 60)
  .option('--data <folder>', 'where the houses are kept for the next time (default: nowhere)')
  .option('--only <text>', 'only questions whose route has this')
  .option('--json', 'the figures on stdout as JSON, and nothing else')
  .parse()
  .opts<{
    orders: number;
    base: number;
    days: number;
    samples: number;
    data?: string;
    only?: string;
    json?: true;
  }>();

const say = (line: string) => void process.stderr.write(`${line}\n`);
/** Beyond that a page costs too much more. */
const MOST = 2;
async function main(): Promise<void> {
  const dir = options.data ?? mkdtempSync(join(tmpdir(), 'boosta-bench-pages-'));
  const mysql = await startMysql({
    dataDir: join(dir, 'mysql'),
    port: 0,
    logFile: join(dir, 'mysql.log'),
    progress: say,
    settings: settingsFor(options.orders + options.base),
  });
  const temporal = await startTemporal({
    dbFile: join(dir, 'temporal.db'),
    port: 0,
    uiPort: undefined,
    namespace: 'default',
    searchAttributes: SEARCH_ATTRIBUTES,
    logFile: join(dir, 'temporal.log'),
    progress: say,
  });
  const meter = await Meter.at(mysql.url);
  const connection = await Connection.connect({ address: temporal.address });
  try {
    const temporalClient = new Client({ connection });
    const servers = { mysqlUrl: mysql.url, temporal: temporalClient, meter, progress: say };
    const { base, orders, days } = options;
    const houses = {
      quiet: await filled(servers, 'quiet', { orders: base, perDayNow: base / days }),
      busy: await filled(servers, 'busy', { orders: base, perDayNow: orders / days }),
      large: await filled(servers, 'large', { orders, perDayNow: orders / days }),
    };
    try {
      await report(houses);
    } finally {
      for (const house of Object.values(houses)) await house.close();
    }
  } finally {
    await connection.close();
    await meter.close();
    await temporal.stop();
    await mysql.stop();
    if (options.data === undefined) rmSync(dir, { recursive: true, force: true });
  }
}

async function filled(
  servers: Servers,
  name: string,
  size: Pick<HouseSize, 'orders' | 'perDayNow'>,
): Promise<House> {
  const startedAt = performance.now();
  const house = await openHouse(servers, { ...size, days: options.days, seed: BENCH_SEED });
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  say(`${name}: ${size.orders} orders, ${house.inFlight} of them in flight, there after ${seconds} s`);
  return house;
}

async function report(houses: Houses): Promise<void> {
  const { quiet, busy, large } = houses;
  requireEveryRoute(large);
  const found: Comparison[] = [];
  say('CPU of the large house against the busy one, against the quiet one; answers against the busy one');
  for (const [n, { route }] of large.questions.entries()) {
    if (options.only !== undefined && !route.includes(options.only)) continue;
    const compared = await compare(houses, n, options.samples);
    found.push(compared);
    say(asLine(compared));
    if (ratioOf(compared) <= MOST) continue;
    for (const plan of await explain(large, n, 2)) say(plan);
  }
  const sizeOf = ({ orders, inFlight }: House) => ({ orders, inFlight });
  const figures = {
    quiet: sizeOf(quiet),
    busy: sizeOf(busy),
    large: sizeOf(large),
    questions: found.length,
    leftOut: READS_EVERYTHING,
    worst: Math.max(...found.map(ratioOf)),
    over: beyond(found, ratioOf),
    overAgainstBusy: beyond(found, ({ ratios }) => ratios.busy.cpu),
    overAgainstQuiet: beyond(found, ({ ratios }) => ratios.quiet.cpu),
  };
  if (options.json === true) process.stdout.write(`${JSON.stringify({ ...figures, pages: found })}\n`);
  else
    for (const [name, value] of Object.entries(figures)) say(`${name.padEnd(18)} ${JSON.stringify(value)}`);
}

/** Against the small house that it is to be compared with. */
const ratioOf = ({ ratios, beside }: Comparison) => ratios[beside].cpu;

function beyond(found: readonly Comparison[], of: (one: Comparison) => number): string[] {
  return found.filter((one) => of(one) > MOST).map((one) => `${one.route} ${one.what} ${of(one)}`);
}

/** @throws Error naming the routes that nothing is asked of. */
function requireEveryRoute({ routes, questions }: House): void {
  const asked = new Set([...READS_EVERYTHING, ...questions.map(({ route }) => route)]);
  const forgotten = routes.filter((route) => !asked.has(route));
  if (forgotten.length > 0) throw new Error(`Nobody asks ${forgotten.join(', ')}`);
}

function asLine({ route, what, quiet, busy, large, ratios }: Comparison): string {
  const figures = [ratios.busy.cpu, ratios.quiet.cpu, ratios.busy.answer];
  const all = (of: keyof typeof large) => [quiet, busy, large].map((cost) => cost[of]).join(', ');
  const costs = `CPU p95 ${all('cpuP95')} ms, answer p95 ${all('answerP95')} ms, rows ${all('rows')}`;
  return `${figures.map((figure) => figure.toFixed(2).padStart(7)).join('')}  ${route} ${what}  (${costs})`;
}

main().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
