import { and, eq, ne } from 'drizzle-orm';
import { pino } from 'pino';
import { Connections } from '../../activities/connections';
import type { Deps } from '../../activities/deps';
import { Dispatcher } from '../../activities/dispatch/dispatcher';
import { openWayBack } from '../../activities/way-back';
import type { Database } from '../../db/database';
import { saveMatch } from '../../db/queries/match-versions';
import { connection, route } from '../../db/schema';
import { inTransaction } from '../../db/transaction';
import { newDeals } from '../../sandbox/catalogue';
import { CONNECTIONS, seed } from '../../sandbox/seed';
import type { Addresses } from '../../sandbox/stand-ins';
import { NO_ALERTS } from '../support/alerts';

/** Every order goes to one WMS and every deal is known: what is measured is the way, not the waiting. */
export async function seedOneWarehouse(database: Database, addresses: Addresses): Promise<void> {
  await seed(database, addresses);
  await database.db.delete(route).where(eq(route.channel, 'kakao'));
  await database.db
    .delete(connection)
    .where(and(eq(connection.kind, 'wms'), ne(connection.id, CONNECTIONS.wms)));
  for (const { configurationCode, ...deal } of newDeals) {
    await inTransaction(database, (tx) =>
      saveMatch(tx, deal, configurationCode, { by: 'bench', reason: 'known' }),
    );
  }
}

/** What activities need, outside of a worker and without journeys. */
export async function withDeps(database: Database, work: (deps: Deps) => Promise<unknown>): Promise<void> {
  const connections = new Connections(database);
  const log = pino({ level: 'silent' });
  await work({
    database,
    connections,
    dispatcher: new Dispatcher({ database, connections, log }),
    wayBack: openWayBack(database, connections),
    journeys: { start: async () => true, nudge: async () => true },
    alerts: NO_ALERTS,
    log,
  });
  await connections.close();
}
