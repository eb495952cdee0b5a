import { join } from 'node:path';
import { type Channel, items } from './catalogue';
import { startSabangnetV3Hub } from './hubs/sabangnet-v3';
import { startSabangnetXmlHub } from './hubs/sabangnet-xml';
import { startCoupang } from './marketplaces/coupang';
import { startEcount } from './marketplaces/ecount';
import { startElevenst } from './marketplaces/elevenst';
import { startNaver } from './marketplaces/naver';
import type { RunningStandIn } from './stand-in/stand-in';
import { startFassto } from './wms/fassto';
import { startPoomgo } from './wms/poomgo';
import { startSabangnetFulfillment } from './wms/sabangnet-fulfillment';
import { startShipBob } from './wms/shipbob';
import { startShipHero } from './wms/shiphero';
import { startShipStation } from './wms/shipstation';

/** Accounts at the stand-ins; nobody else's. */
export const ACCOUNTS = {
  hub: { companyId: 'sandbox', authKey: 'sandbox-auth-key' },
  fulfillment: { companyCode: 'sandbox', accessKey: 'sandbox-access', secretKey: 'sandbox-secret' },
  shipstation: { apiKey: 'sandbox-key', apiSecret: 'sandbox-secret' },
  shipbob: { token: 'sandbox-token', channelId: 1, webhookSecret: 'whsec_c2FuZGJveC13ZWJob29rLXNlY3JldA==' },
  shiphero: { refreshToken: 'sandbox-refresh-token', webhookSecret: 'sandbox-webhook-secret' },
  poomgo: { apiKey: 'sandbox-key', channelAccountId: 1 },
  fassto: { apiCd: 'sandbox', apiKey: 'sandbox-key', cstCd: 'sandbox' },
  coupang: { vendorId: 'A00000001', accessKey: 'sandbox-access', secretKey: 'sandbox-secret' },
  // Bcrypt salts, which these secrets are.
  naver: { clientId: 'sandbox', clientSecret: '$2a$04$sandboxsandboxsandboxe' },
  elevenst: { apiKey: 'sandbox-key' },
  ecount: { comCode: '600001', userId: 'sandbox', certKey: 'sandbox-key' },
  sabangnetV3: {
    clientCd: 'sandbox',
    clientSecret: '$2a$04$sandboxsandboxsandboxe',
    svcAcntId: 'sandbox',
  },
} as const;

/** Stands in the address to which the ShipStation stand-in sends its webhooks. */
export const WEBHOOK_SECRET = 'sandbox-webhook-secret';

/** In the order of their ports: a new one comes last. */
export const STAND_INS = [
  'hub',
  'fulfillment',
  'shipstation',
  'shipbob',
  'shiphero',
  'poomgo',
  'fassto',
  'coupang',
  'naver',
  'elevenst',
  'ecount',
  'sabangnetV3',
] as const;
export type StandInName = (typeof STAND_INS)[number];

/** Where orders come from, and the channels that `npm start` has each of them offer. */
export const SOURCE_CHANNELS = {
  hub: ['gmarket', 'auction', 'kakao'],
  coupang: ['coupang'],
  naver: ['smartstore'],
  elevenst: ['11st'],
  ecount: ['groupbuy'],
  sabangnetV3: ['lotteon', 'ssg'],
} as const satisfies Partial<Record<StandInName, readonly Channel[]>>;
export type SourceStandIn = keyof typeof SOURCE_CHANNELS;
export const SOURCE_STAND_INS = Object.keys(SOURCE_CHANNELS) as SourceStandIn[];

export type WmsStandIn = Exclude<StandInName, SourceStandIn>;
const isWms = (name: StandInName): name is WmsStandIn => !(name in SOURCE_CHANNELS);
export const WMS_STAND_INS: readonly WmsStandIn[] = STAND_INS.filter(isWms);

/** Where a stand-in answers as the real system, and where it takes admin commands. */
export type Addresses = Readonly<Record<StandInName, { readonly url: string; readonly adminUrl: string }>>;

export interface StandInsOptions {
  readonly dataDir: string;
  /** The first of the ports in a row, two for each stand-in; 0: any free ones. */
  readonly firstPort: number;
  readonly shipAfterMs?: number;
  /** Pieces of every item in the warehouse at first. */
  readonly stockOfEach?: number;
}

export interface RunningStandIns {
  readonly addresses: Addresses;
  stop(): Promise<void>;
}

/** Starts the sources and the WMSes that stand in for the outside world. */
export async function startStandIns(options: StandInsOptions): Promise<RunningStandIns> {
  const { firstPort, shipAfterMs = 3_000, stockOfEach = 100_000 } = options;
  const portsOf = (name: StandInName) => {
    const index = STAND_INS.indexOf(name);
    return firstPort === 0 ? {} : { port: firstPort + 2 * index, adminPort: firstPort + 2 * index + 1 };
  };
  const folder = (name: StandInName) => ({ dataDir: join(options.dataDir, name), ...portsOf(name) });
  const products = items.map(({ code, name }) => ({ itemCode: code, name, quantity: stockOfEach }));
  const settings = { shipAfterMs };
  const stocked = (name: StandInName) => ({ ...folder(name), products, settings });
  const running: Record<StandInName, RunningStandIn> = {
    hub: await startSabangnetXmlHub({ ...ACCOUNTS.hub, ...folder('hub') }),
    fulfillment: await startSabangnetFulfillment({ ...ACCOUNTS.fulfillment, ...stocked('fulfillment') }),
    shipstation: await startShipStation({ ...ACCOUNTS.shipstation, ...folder('shipstation'), settings }),
    shipbob: await startShipBob({ ...ACCOUNTS.shipbob, ...stocked('shipbob') }),
    shiphero: await startShipHero({ ...ACCOUNTS.shiphero, ...stocked('shiphero') }),
    poomgo: await startPoomgo({ ...ACCOUNTS.poomgo, ...stocked('poomgo') }),
    fassto: await startFassto({ ...ACCOUNTS.fassto, ...stocked('fassto') }),
    coupang: await startCoupang({ ...ACCOUNTS.coupang, ...folder('coupang') }),
    naver: await startNaver({ ...ACCOUNTS.naver, ...folder('naver') }),
    elevenst: await startElevenst({ ...ACCOUNTS.elevenst, ...folder('elevenst') }),
    ecount: await startEcount({ ...ACCOUNTS.ecount, ...folder('ecount') }),
    sabangnetV3: await startSabangnetV3Hub({ ...ACCOUNTS.sabangnetV3, ...folder('sabangnetV3') }),
  };
  const addresses = STAND_INS.map((name) => {
    const { url, adminUrl } = running[name];
    return [name, { url, adminUrl }] as const;
  });
  return {
    addresses: Object.fromEntries(addresses) as Addresses,
    stop: async () => {
      await Promise.all(Object.values(running).map((standIn) => standIn.stop()));
    },
  };
}
