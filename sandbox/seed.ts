import type { Database, Db } from '../db/database';
import { itemCodes } from '../db/queries/catalogue';
import { assignSource, listAssignments } from '../db/queries/channels';
import { saveConfiguration } from '../db/queries/configurations';
import { saveConnection } from '../db/queries/connections';
import { knownDeals } from '../db/queries/deals';
import { saveMatch } from '../db/queries/match-versions';
import { configurationCodes, saveItems } from '../db/queries/matches';
import { listRoutes, saveRoute } from '../db/queries/routes';
import { inTransaction } from '../db/transaction';
import { dealKey } from '../domain/deal';
import { configurations, HUB_CHANNELS, items, knownMatches } from './catalogue';
import { MALL_NAMES as V3_MALL_NAMES } from './hubs/sabangnet-v3';
import { MALL_NAMES } from './hubs/sabangnet-xml';
import { ACCOUNTS, type Addresses, SOURCE_CHANNELS, WEBHOOK_SECRET } from './stand-ins';

export const CONNECTIONS = { source: 'sabangnet', wms: 'fulfillment', secondWms: 'shipstation' } as const;

/** What the sandbox's brand sells, and how it is connected to the stand-ins. A second time changes nothing. */
export async function seed(database: Database, addresses: Addresses): Promise<void> {
  await seedCatalogue(database);
  await seedConnections(database, addresses);
}

/** Items, configurations and known matches; a second time changes nothing. */
export async function seedCatalogue(database: Database): Promise<void> {
  // What is there already somebody may have edited.
  const there = new Set([...(await itemCodes(database.db)), ...(await configurationCodes(database.db))]);
  const missing = items.filter(({ code }) => !there.has(code));
  if (missing.length > 0) await saveItems(database.db, missing);
  await inTransaction(database, async (tx) => {
    for (const configuration of configurations)
      if (!there.has(configuration.code)) await saveConfiguration(tx, configuration);
  });
  await seedMatches(database);
}

/** Few enough that their transaction ends in time also where the machine has much else to do. */
const MATCHES_AT_ONCE = 40;

async function seedMatches(database: Database): Promise<void> {
  const command = { by: 'sandbox', reason: 'what the brand sells already' };
  const decided = new Set((await knownDeals(database.db)).map((known) => known.dealKey));
  const missing = knownMatches.filter((deal) => !decided.has(dealKey(deal)));
  for (let from = 0; from < missing.length; from += MATCHES_AT_ONCE)
    await inTransaction(database, async (tx) => {
      for (const { configurationCode, ...deal } of missing.slice(from, from + MATCHES_AT_ONCE))
        await saveMatch(tx, deal, configurationCode, command);
    });
}

async function seedConnections(database: Database, addresses: Addresses): Promise<void> {
  const { db } = database;
  const malls = Object.fromEntries(HUB_CHANNELS.map((channel) => [MALL_NAMES[channel], channel]));
  const { companyId, authKey } = ACCOUNTS.hub;
  await saveConnection(database, {
    id: CONNECTIONS.source,
    kind: 'source',
    adapter: 'sabangnet-xml',
    settings: { baseUrl: addresses.hub.url, companyId, malls },
    secrets: { authKey },
  });
  for (const source of sourceConnections(addresses))
    await saveConnection(database, { ...source, kind: 'source' });
  if ((await listAssignments(db)).length === 0) await assignChannels(db);
  for (const wms of wmsConnections()) {
    const settings = { baseUrl: addresses[wms.id].url, ...wms.settings };
    await saveConnection(database, { ...wms, kind: 'wms', settings });
  }
  if ((await listRoutes(db)).length > 0) return;
  const validFrom = new Date(0);
  await saveRoute(db, { channel: '', wms: CONNECTIONS.wms, validFrom });
  await saveRoute(db, { channel: 'kakao', wms: CONNECTIONS.secondWms, validFrom });
}

/** The sources beside the XML hub, which knows some of their orders, too. */
function sourceConnections(addresses: Addresses) {
  const { secretKey, ...coupang } = ACCOUNTS.coupang;
  const { clientSecret, ...naver } = ACCOUNTS.naver;
  const { certKey, ...ecount } = ACCOUNTS.ecount;
  const { clientSecret: hubSecret, ...v3 } = ACCOUNTS.sabangnetV3;
  const erp = addresses.ecount.url;
  const malls = Object.fromEntries(
    SOURCE_CHANNELS.sabangnetV3.map((channel) => [V3_MALL_NAMES[channel] ?? channel, channel]),
  );
  return [
    {
      id: 'coupang',
      adapter: 'coupang',
      settings: { baseUrl: addresses.coupang.url, ...coupang },
      secrets: { secretKey },
    },
    {
      id: 'naver',
      adapter: 'naver',
      settings: { baseUrl: `${addresses.naver.url}/external`, ...naver },
      secrets: { clientSecret },
    },
    {
      id: 'elevenst',
      adapter: 'elevenst',
      settings: { baseUrl: addresses.elevenst.url },
      secrets: ACCOUNTS.elevenst,
    },
    {
      id: 'ecount',
      adapter: 'ecount',
      settings: { baseUrl: erp, zonedUrl: erp, ...ecount },
      secrets: { certKey },
    },
    {
      id: 'sabangnet-v3',
      adapter: 'sabangnet-v3',
      settings: { baseUrl: addresses.sabangnetV3.url, malls, ...v3 },
      secrets: { clientSecret: hubSecret },
    },
  ];
}

/** The malls' own APIs count where the hub tells of the same orders. */
async function assignChannels(db: Db): Promise<void> {
  const validFrom = new Date(0);
  for (const [channel, source] of [
    ['coupang', 'coupang'],
    ['smartstore', 'naver'],
    ['11st', 'elevenst'],
  ] as const)
    await assignSource(db, { channel, source, validFrom });
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
