import { type Database } from '../db/database';
import { saveConnection } from '../db/queries/connections';
import { findMatch, saveConfiguration, saveItems, saveMatch } from '../db/queries/matches';
import { listRoutes, saveRoute } from '../db/queries/routes';
import { inTransaction } from '../db/transaction';
import { configurations, HUB_CHANNELS, items, knownMatches } from './catalogue';
import { MALL_NAMES } from './hubs/sabangnet-xml';
import { ACCOUNTS, type Addresses, WEBHOOK_SECRET } from './stand-ins';

export const CONNECTIONS = { source: 'sabangnet', wms: 'fulfillment', secondWms: 'shipstation' } as const;

/** What the sandbox's brand sells, and how it is connected to the stand-ins. A second time changes nothing. */
export async function seed(database: Database, addresses: Addresses): Promise<void> {
  await seedCatalogue(database);
  await seedConnections(database, addresses);
}

/** Items, configurations and known matches; a second time changes nothing. */
export async function seedCatalogue(database: Database): Promise<void> {
  await saveItems(database.db, items);
  const command = { by: 'sandbox', reason: 'what the brand sells already' };
  await inTransaction(database, async (tx) => {
    for (const configuration of configurations) await saveConfiguration(tx, configuration);
    for (const { configurationCode, ...deal } of knownMatches) {
      if ((await findMatch(tx, deal)) === undefined) await saveMatch(tx, deal, configurationCode, command);
    }
  });
}

async function seedConnections({ db }: Database, addresses: Addresses): Promise<void> {
  const malls = Object.fromEntries(HUB_CHANNELS.map((channel) => [MALL_NAMES[channel], channel]));
  const { companyId, authKey } = ACCOUNTS.hub;
  await saveConnection(db, {
    id: CONNECTIONS.source,
    kind: 'source',
    adapter: 'sabangnet-xml',
    settings: { baseUrl: addresses.hub.url, companyId, malls },
    secrets: { authKey },
  });
  for (const wms of wmsConnections()) {
    const settings = { baseUrl: addresses[wms.id].url, ...wms.settings };
    await saveConnection(db, { ...wms, kind: 'wms', settings });
  }
  if ((await listRoutes(db)).length > 0) return;
  const validFrom = new Date(0);
  await saveRoute(db, { channel: '', wms: CONNECTIONS.wms, validFrom });
  await saveRoute(db, { channel: 'kakao', wms: CONNECTIONS.secondWms, validFrom });
}

/** Those that no route names are there to be routed to. */
function wmsConnections() {
  const { secretKey, ...fulfillment } = ACCOUNTS.fulfillment;
  const { channelId, ...shipbobSecrets } = ACCOUNTS.shipbob;
  return [
    {
      id: 'fulfillment',
      adapter: 'sabangnet-fulfillment',
      settings: { environment: 'sandbox', ...fulfillment },
      secrets: { secretKey },
    },
    {
      id: 'shipstation',
      adapter: 'shipstation',
      settings: {},
      secrets: { ...ACCOUNTS.shipstation, webhookSecret: WEBHOOK_SECRET },
    },
    { id: 'shipbob', adapter: 'shipbob', settings: { channelId }, secrets: shipbobSecrets },
    { id: 'shiphero', adapter: 'shiphero', settings: {}, secrets: ACCOUNTS.shiphero },
    {
      id: 'poomgo',
      adapter: 'poomgo',
      // The stand-in's staff take an order in after two seconds.
      settings: { channelAccountId: ACCOUNTS.poomgo.channelAccountId, takenInWithinSeconds: 10 },
      secrets: { apiKey: ACCOUNTS.poomgo.apiKey },
    },
    {
      id: 'fassto',
      adapter: 'fassto',
      settings: { apiCd: ACCOUNTS.fassto.apiCd, cstCd: ACCOUNTS.fassto.cstCd },
      secrets: { apiKey: ACCOUNTS.fassto.apiKey },
    },
  ] as const;
}
