import type { RunningStandIn } from '../../../sandbox/stand-in/stand-in';
import { startFassto } from '../../../sandbox/wms/fassto';
import { slipNoOf } from '../../../sandbox/wms/fassto-lists';
import { startPoomgo } from '../../../sandbox/wms/poomgo';
import { ORDER_NUMBERS_FROM } from '../../../sandbox/wms/poomgo-lists';
import { startSabangnetFulfillment } from '../../../sandbox/wms/sabangnet-fulfillment';
import { startShipBob } from '../../../sandbox/wms/shipbob';
import { startShipHero } from '../../../sandbox/wms/shiphero';
import { startShipStation } from '../../../sandbox/wms/shipstation';

/** What the contract suite needs to know of an adapter's stand-in. */
export interface WmsFixture {
  /** On the same directory and port, it is the same WMS after a restart. */
  start(place: { dataDir: string; port?: number; shipAfterMs: number }): Promise<RunningStandIn>;
  settings(baseUrl: string): Record<string, unknown>;
  /** The secret setting, by name. */
  readonly secret: string;
  /** The stand-in's name of the endpoint by which an order is cancelled. */
  readonly cancelEndpoint: string;
  /** The stand-in's setting of how long its people leave an order lying, in ms, before it can be found. */
  readonly takeInSetting?: string;
  /** How the WMS writes the number that the stand-in's ledger has. */
  readonly referenceCreated?: (inLedger: string) => string;
  /** Only of a WMS that lists an order under another number than its creation was answered with. */
  readonly referenceFound?: (created: string) => string;
  /** Nothing is left of an order that was cancelled. */
  readonly forgetsCancelled?: true;
}

export const ITEMS = ['KIM-01', 'KIM-02', 'TEA-01'] as const;
export const STOCK = 1_000;
const PRODUCTS = ITEMS.map((itemCode) => ({ itemCode, name: itemCode, quantity: STOCK }));

/** One for each adapter of the registry, by its name. */
export const wmsFixtures: Readonly<Record<string, WmsFixture>> = {
  'sabangnet-fulfillment': {
    start: ({ shipAfterMs, ...place }) =>
      startSabangnetFulfillment({
        ...place,
        companyCode: 'brand',
        accessKey: 'access-of-the-test',
        secretKey: 'secret-of-the-test',
        products: PRODUCTS,
        settings: { shipAfterMs },
      }),
    settings: (baseUrl) => ({
      baseUrl,
      companyCode: 'brand',
      accessKey: 'access-of-the-test',
      secretKey: 'secret-of-the-test',
    }),
    secret: 'secretKey',
    cancelEndpoint: 'cancel',
  },
  shipstation: {
    start: ({ shipAfterMs, ...place }) =>
      startShipStation({
        ...place,
        apiKey: 'key-of-the-test',
        apiSecret: 'secret-of-the-test',
        settings: { shipAfterMs, callsPerMinute: 0, maxPageSize: 50 },
      }),
    settings: (baseUrl) => ({ baseUrl, apiKey: 'key-of-the-test', apiSecret: 'secret-of-the-test' }),
    secret: 'apiSecret',
    cancelEndpoint: 'create',
  },
  shipbob: {
    start: ({ shipAfterMs, ...place }) =>
      startShipBob({
        ...place,
        token: 'secret-of-the-test',
        channelId: 7,
        products: PRODUCTS,
        settings: { shipAfterMs, callsPerMinute: 0 },
      }),
    settings: (baseUrl) => ({ baseUrl, token: 'secret-of-the-test', channelId: 7 }),
    secret: 'token',
    cancelEndpoint: 'cancel',
  },
  shiphero: {
    start: ({ shipAfterMs, ...place }) =>
      startShipHero({
        ...place,
        refreshToken: 'secret-of-the-test',
        products: PRODUCTS,
        settings: { shipAfterMs, maxCredits: 0 },
      }),
    settings: (baseUrl) => ({ baseUrl, refreshToken: 'secret-of-the-test' }),
    secret: 'refreshToken',
    cancelEndpoint: 'cancel',
  },
  poomgo: {
    start: ({ shipAfterMs, ...place }) =>
      startPoomgo({
        ...place,
        apiKey: 'key-of-the-test',
        channelAccountId: 6107,
        products: PRODUCTS,
        settings: { shipAfterMs, takeInAfterMs: 0, maxPageSize: 100 },
      }),
    settings: (baseUrl) => ({ baseUrl, apiKey: 'key-of-the-test', channelAccountId: 6107 }),
    secret: 'apiKey',
    cancelEndpoint: 'cancel',
    takeInSetting: 'takeInAfterMs',
    referenceFound: (temporary) => `order-${ORDER_NUMBERS_FROM + Number(temporary)}`,
    forgetsCancelled: true,
  },
  fassto: {
    start: ({ shipAfterMs, ...place }) =>
      startFassto({
        ...place,
        apiCd: 'code-of-the-test',
        apiKey: 'key-of-the-test',
        cstCd: '94388',
        products: PRODUCTS,
        settings: { shipAfterMs },
      }),
    settings: (baseUrl) => ({
      baseUrl,
      apiCd: 'code-of-the-test',
      apiKey: 'key-of-the-test',
      cstCd: '94388',
    }),
    secret: 'apiKey',
    cancelEndpoint: 'cancel',
    referenceCreated: (id) => slipNoOf(Number(id)),
  },
};

/** @throws Error saying where it belongs. */
export function fixtureOf(name: string): WmsFixture {
  const fixture = wmsFixtures[name];
  if (!fixture) throw new Error(`test/contract/wms/fixtures.ts has no fixture for ${name}`);
  return fixture;
}
