import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { saveTemplate } from '../../client/use-cases/import-templates';
import { openDatabase } from '../../db/database';
import { migrate } from '../../db/migrate';
import { compiled } from '../../sandbox/environment';
import { startMysql } from '../../sandbox/servers';
import type { ImportFigures, ImportJob } from './import-process';
import { processCpuSeconds } from './measure';

/** Reading a large file against the plain parse by the same library, and storing it in MySQL. */

const options = new Command('npm run bench:import --')
  .option('--rows <n>', 'orders of one row each', (n) => Number(n), 100_000)
  .option('--json', 'the figures on stdout as JSON, and nothing else')
  .parse()
  .opts<{ rows: number; json?: true }>();

const say = (line: string) => void process.stderr.write(`${line}\n`);
const HEADERS = [
  '주문번호',
  '주문일시',
  '수령인',
  '연락처',
  '우편번호',
  '주소',
  '배송메시지',
  '상품명',
  '옵션',
  '수량',
  '금액',
  '배송비',
];

function* rows(): Generator<(string | number | Date)[]> {
  for (let n = 0; n < options.rows; n += 1)
    yield [
      `B2B-2026-${String(n).padStart(6, '0')}`,
      new Date(Date.UTC(2026, 10, 20, 0, 0, n % 86_400)),
      `받는이${n % 5_000}`,
      `010-${1_000 + (n % 9_000)}-${1_000 + ((n * 7) % 9_000)}`,
      String(10_000 + (n % 50_000)),
      `서울특별시 강남구 테헤란로 ${n % 900}길 ${n % 90}, ${n % 20}동 ${n % 1_500}호`,
      '문 앞에 놓아 주세요',
      '모담뜰 들기름 도시락김',
      `16봉 x ${(n % 4) + 1}박스`,
      (n % 9) + 1,
      19_800 * ((n % 9) + 1),
      n % 3 === 0 ? 3_000 : 0,
    ];
}

async function workbook(): Promise<Buffer> {
  const { writeXlsxStream } = await import('hucre/xlsx');
  const pieces: Uint8Array[] = [];
  const columns = HEADERS.map((header) => ({ header }));
  for await (const piece of writeXlsxStream(rows(), { name: '주문', columns })) pieces.push(piece);
  return Buffer.concat(pieces);
}

interface PlainFigures {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

async function plainParse(bytes: Buffer): Promise<PlainFigures> {
  const { streamXlsxRows } = await import('hucre/xlsx');
  const [started, startedCpu] = [performance.now(), processCpuSeconds()];
  let cells = 0;
  for await (const { values } of streamXlsxRows(bytes)) cells += values.length;
  if (cells < options.rows * HEADERS.length) throw new Error(`Only ${cells} cells were read`);
  return { seconds: (performance.now() - started) / 1_000, cpuSeconds: processCpuSeconds() - startedCpu };
}

function importIt(job: ImportJob): Promise<ImportFigures> {
  const child = fork(compiled('test/benchmarks/import-process'));
  return new Promise((resolve, reject) => {
    child.on('message', (said) => (said === 'ready' ? child.send(job) : resolve(said as ImportFigures)));
    child.once('exit', (code) => reject(new Error(`The import ended with ${code}`)));
  });
}

const rounded = (value: number) => Number(value.toFixed(2));

async function main(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'boosta-bench-import-'));
  const logFile = join(dir, 'mysql.log');
  const mysql = await startMysql({ dataDir: join(dir, 'mysql'), port: 0, logFile, progress: say });
  const url = new URL(mysql.url);
  url.pathname = '/boosta';
  await migrate(url.href);
  const database = openDatabase({ url: url.href });
  try {
    const bytes = await workbook();
    const file = join(dir, 'bench.xlsx');
    writeFileSync(file, bytes);
    const template = { name: 'b2b', channel: 'b2b', sample: false, columns: [] };
    await saveTemplate(database, template, { by: 'bench', reason: 'bench' });
    // Before and after, since a machine is hardly ever as busy as it was.
    const before = await plainParse(bytes);
    const found = await importIt({ databaseUrl: url.href, file });
    const after = await plainParse(bytes);
    const plainSeconds = (before.seconds + after.seconds) / 2;
    const plainCpuSeconds = (before.cpuSeconds + after.cpuSeconds) / 2;
    const figures = {
      rows: options.rows,
      orders: found.orders,
      problems: found.problems,
      fileMiB: Math.round(bytes.length / 1024 / 1024),
      plainParseSeconds: rounded(plainSeconds),
      checkSeconds: rounded(found.checkSeconds),
      checkRatio: rounded(found.checkSeconds / plainSeconds),
      plainParseCpuSeconds: rounded(plainCpuSeconds),
      checkCpuSeconds: rounded(found.checkCpuSeconds),
      checkCpuRatio: rounded(found.checkCpuSeconds / plainCpuSeconds),
      storeSeconds: rounded(found.storeSeconds),
      rssMiB: found.rssMiB,
    };
    if (options.json === true) process.stdout.write(`${JSON.stringify(figures)}\n`);
    else for (const [name, value] of Object.entries(figures)) say(`${name.padEnd(20)} ${value}`);
  } finally {
    await database.close();
    await mysql.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
