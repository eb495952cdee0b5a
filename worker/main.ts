import { NativeConnection } from '@temporalio/worker';
import { openDatabase } from '../db/database';
import { driverError } from '../db/errors';
import { BadConfiguration, readConfig } from './config';
import { createWorker } from './create-worker';
import { createLog } from './log';
import { installRuntime, startTracing } from './telemetry';

/** SIGTERM and SIGINT are the SDK's: it stops polling, lets what is under way finish, and `run` returns. */
async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog(config.logLevel);
  installRuntime(log, config.metricsPort === 0 ? undefined : `${config.metricsHost}:${config.metricsPort}`);
  const tracing = config.otlpEndpoint === undefined ? undefined : startTracing(config.otlpEndpoint);
  const { connectionOptions, namespace } = config.temporal;
  const connection = await NativeConnection.connect(connectionOptions);
  const database = openDatabase({ url: config.databaseUrl, secretKeys: config.secretKeys });
  await database.pool.query('SELECT 1');
  const worker = await createWorker({
    connection,
    namespace,
    database,
    log,
    alerts: config.alerts,
    dispatcher: { leaseMs: config.leaseMs },
    ...(tracing === undefined ? {} : { worker: { plugins: [tracing.plugin] } }),
  });
  log.info({ namespace, taskQueue: worker.taskQueue }, 'worker runs');
  process.send?.('ready');
  // Whoever started it as a child is gone: a worker that nobody can stop must not go on.
  const stop = () => process.kill(process.pid, 'SIGTERM');
  process.once('disconnect', stop);
  await worker.run();
  await worker.deps.connections.close();
  await database.close();
  await connection.close();
  await tracing?.shutdown();
  log.info('worker has stopped');
  // The channel to whoever started it keeps a process alive.
  process.off('disconnect', stop);
  if (process.connected) process.disconnect();
}

/** One clear sentence for what a person can mend; a stack for what they cannot. */
function explain(error: unknown): string {
  if (error instanceof BadConfiguration) return error.message;
  const driver = driverError(error);
  if (driver !== undefined) return `MySQL does not answer (${driver.code}): is it running? See DATABASE_URL.`;
  if (error instanceof Error && error.name === 'TransportError') {
    return 'Temporal does not answer: is it running? See TEMPORAL_ADDRESS.';
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

main().catch((error: unknown) => {
  process.stderr.write(`boosta worker: ${explain(error)}\n`);
  process.exit(1);
});
