import { readFileSync } from 'node:fs';
import { checkImport } from '../../client/use-cases/check-import';
import { storeOrders } from '../../client/use-cases/store-orders';
import { openDatabase } from '../../db/database';
import { processCpuSeconds, rssMiB } from './measure';

export interface ImportJob {
  readonly databaseUrl: string;
  readonly file: string;
}

export interface ImportFigures {
  readonly checkSeconds: number;
  /** Of all threads. */
  readonly checkCpuSeconds: number;
  readonly storeSeconds: number;
  readonly problems: number;
  readonly orders: number;
  readonly rssMiB: number;
}

/** One file from its bytes to MySQL, in a process whose memory is its own. */
async function work({ databaseUrl, file }: ImportJob): Promise<ImportFigures> {
  const database = openDatabase({ url: databaseUrl, connections: 4 });
  const [started, startedCpu] = [performance.now(), processCpuSeconds()];
  const checked = await checkImport(database.db, { name: 'bench.xlsx', bytes: readFileSync(file) });
  const [read, readCpu] = [performance.now(), processCpuSeconds()];
  await storeOrders(database, checked, 'bench');
  const stored = performance.now();
  await checked.close();
  await database.close();
  return {
    checkSeconds: (read - started) / 1_000,
    checkCpuSeconds: readCpu - startedCpu,
    storeSeconds: (stored - read) / 1_000,
    problems: checked.problemCount,
    orders: checked.read.keys.length,
    rssMiB: rssMiB(process.pid),
  };
}

process.once('message', (job: ImportJob) => {
  work(job).then(
    (figures) => process.send?.(figures, () => process.exit()),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    },
  );
});
process.send?.('ready');
