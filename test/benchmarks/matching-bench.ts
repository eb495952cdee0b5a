import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { startMysql } from '../../sandbox/servers';
import { type Amounts, DatabasePart } from './matching/database-part';
import { measureJourneys } from './matching/journeys-part';
import { rounded } from './measure';
import { BENCH_SEED, settingsFor } from './pages/bench-mysql';
import { openFilled } from './pages/house';
import { Meter } from './pages/meter';

/** What matching costs, by itself and after a decision that many orders wait for, with few orders stored and with many. */

const options = new Command('npm run bench:matching --')
  .option('--lines <n>', 'that are matched', Number, 100_000)
  .option('--matches <n>', 'that they are matched against', Number, 50_000)
  .option('--waiting <n>', 'orders that wait for one decision', Number, 20_000)
  .option('--base <n>', 'orders stored in the small house', Number, 10_000)
  .option('--orders <n>', 'orders stored in the large house', Number, 1_000_000)
  .option('--days <n>', 'over which they were placed', Number, 365)
  .option('--data <folder>', 'where the houses are kept for the next time (default: nowhere)')
  .option('--only <part>', 'database or journeys')
  .option('--json', 'the figures on stdout as JSON, and nothing else')
  .parse()
  .opts<
    Amounts & {
      base: number;
      orders: number;
      days: number;
      data?: string;
      only?: 'database' | 'journeys';
      json?: true;
    }
  >();

const say = (line: string) => void process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  const figures = {
    ...(options.only === 'journeys' ? {} : await databaseFigures()),
    ...(options.only === 'database' ? {} : { journeys: await measureJourneys(options.waiting, say) }),
  };
  if (options.json === true) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else
    for (const [name, value] of Object.entries(figures)) say(`${name.padEnd(12)} ${JSON.stringify(value)}`);
}

async function databaseFigures() {
  const dir = options.data ?? mkdtempSync(join(tmpdir(), 'boosta-bench-matching-'));
  const mysql = await startMysql({
    dataDir: join(dir, 'mysql'),
    port: 0,
    logFile: join(dir, 'mysql.log'),
    progress: say,
    settings: settingsFor(options.orders + options.base + 2 * (options.lines + options.waiting)),
  });
  const meter = await Meter.at(mysql.url);
  try {
    const base = await costsWith(mysql.url, meter, options.base);
    const large = await costsWith(mysql.url, meter, options.orders);
    return { ...ratios(base), base, large, growth: growth(base, large) };
  } finally {
    await meter.close();
    await mysql.stop();
    if (options.data === undefined) rmSync(dir, { recursive: true, force: true });
  }
}

type Costs = Awaited<ReturnType<typeof costsWith>>;

async function costsWith(mysqlUrl: string, meter: Meter, orders: number) {
  const { days } = options;
  const size = { orders, days, perDayNow: orders / days, seed: BENCH_SEED };
  const { name, database } = await openFilled({ mysqlUrl, progress: say }, size);
  try {
    const part = new DatabasePart(database, name, meter);
    say(`${orders} orders stored; matching ${options.lines} lines…`);
    const matching = await part.matching(options);
    say(`${JSON.stringify(matching)}; re-matching ${options.waiting} orders…`);
    const rematching = await part.rematching(options);
    say(JSON.stringify(rematching));
    return { orders, matching, rematching };
  } finally {
    await database.close();
  }
}

/** Against the plain join over the same rows: all at once, and asked order by order. */
function ratios({ matching, rematching }: Costs) {
  return {
    lookUpRatio: rounded(matching.lookUp / matching.joinByOrder),
    lookUpRatioToOneJoin: rounded(matching.lookUp / matching.join),
    matchRatioToOneJoin: rounded(matching.match / matching.join),
    findRatio: rounded(rematching.find / rematching.join),
    decideRatio: rounded(rematching.decide / rematching.join),
    carryOutRatio: rounded(rematching.carryOut / rematching.join),
  };
}

/** What each costs with many orders stored, against few. */
function growth(base: Costs, large: Costs) {
  const grown = <T extends object>(few: T, many: T) =>
    Object.fromEntries(
      Object.entries(few).map(([name, cost]) => [
        name,
        rounded(Number(many[name as keyof T]) / Number(cost)),
      ]),
    );
  return {
    matching: grown(base.matching, large.matching),
    rematching: grown(base.rematching, large.rematching),
  };
}

main().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
