import { Client, Connection } from '@temporalio/client';
import { openWebhooks } from '../../activities/receive-webhook';
import { readConfig } from '../../worker/config';
import { createLog } from '../../worker/log';
import { openOrExplain } from '../connect';
import { explain } from '../explain';
import { nudgeOrders } from '../use-cases/nudge-orders';
import { FIRST_ADMINISTRATOR, makeFirstAdministrator } from '../use-cases/sign-in';
import { createApi } from './server';

/**
 * The API in a process of its own. It needs MySQL; Temporal may be away, since a nudge that is lost is
 * made up for by the sweep.
 */
async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog(config.logLevel);
  const database = await openOrExplain(config);
  const { connectionOptions, namespace } = config.temporal;
  const connection = Connection.lazy(connectionOptions);
  const temporal = new Client({ connection, namespace });
  const webhooks = openWebhooks({
    database,
    journeys: { nudge: async (key, signal) => (await nudgeOrders(temporal, [key], signal)) > 0 },
    log,
  });
  const { temporalUi = null } = config;
  const api = await createApi({ config, database, temporal, webhooks, log, temporalUi });
  const url = await api.listen(config.api);
  log.info({ url }, 'the API listens');
  const password = await makeFirstAdministrator(database);
  // Once, and to the terminal only: a log is kept.
  if (password !== undefined && !process.send)
    process.stdout.write(`Sign in at ${url} as ${FIRST_ADMINISTRATOR}, password ${password}\n`);
  const stopped = new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
    // Whoever started it as a child is gone.
    process.once('disconnect', resolve);
  });
  process.send?.({ url, ...(password === undefined ? {} : { password }) });
  await stopped;
  await api.close();
  await webhooks.close();
  await connection.close();
  await database.close();
  log.info('the API has stopped');
  // The channel to whoever started it keeps a process alive.
  if (process.connected) process.disconnect();
}

main().catch((error: unknown) => {
  process.stderr.write(`boosta API: ${explain(error)}\n`);
  process.exit(1);
});
