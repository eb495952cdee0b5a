import { explain } from './explain';
import { ensureMysql } from './mysql-binary';
import type { Progress } from './progress';
import { ensureTemporal, temporalVersion } from './temporal-binary';
import { ensureTimeSkippingServer } from './time-skipping';

const progress: Progress = (line) => void process.stderr.write(`${line}\n`);

/** Fetches every server that is missing, and prints where they are: `npm run servers:fetch`. */
async function main(): Promise<void> {
  const mysql = await ensureMysql(progress);
  const temporal = await ensureTemporal(progress);
  const timeSkipping = await ensureTimeSkippingServer(progress);
  process.stdout.write(
    `MySQL ${mysql.version}: ${mysql.command} ${mysql.args.join(' ')}\n` +
      `Temporal (${await temporalVersion(temporal)}): ${temporal}\n` +
      `Temporal test server: ${timeSkipping}\n`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error).join('\n')}\n`);
  process.exitCode = 1;
});
