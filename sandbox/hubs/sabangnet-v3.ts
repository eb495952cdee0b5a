import type { Channel } from '../catalogue';
import { marketplaceLedger, marketplaceRoutes } from '../marketplaces/admin';
import { OrderBook } from '../marketplaces/order-book';
import { json, type Route, type StandInRequest, type StandInResponse } from '../stand-in/message';
import { Settings } from '../stand-in/settings';
import { StandIn } from '../stand-in/stand-in';
import { errorAnswer, Refusal } from './sabangnet-v3/answers';
import { listClaims, listOrders } from './sabangnet-v3/reads';
import { type HubSettings, settingsSchema } from './sabangnet-v3/settings';
import { type Account, GatewayTokens } from './sabangnet-v3/tokens';
import { changeStatus, saveWaybills } from './sabangnet-v3/writes';

export { MALL_NAMES } from './sabangnet-v3/lines';

export interface SabangnetV3HubOptions extends Account {
  /** 0 or left out: a free one. */
  readonly port?: number;
  readonly adminPort?: number;
  /** Its journal is kept here; a second start goes on from it. Tokens end with it. */
  readonly dataDir: string;
  readonly settings?: Partial<HubSettings>;
  readonly clock?: () => number;
  /** The malls that it collects from. */
  readonly channels?: readonly Channel[];
}

/**
 * The gateway of Sabangnet's JSON hub (API 3.0): a token by bcrypt signature, lists in pages, and writes that are
 * answered row by row. Beside a marketplace's commands it takes `POST /admin/tokens/expire`.
 */
export async function startSabangnetV3Hub(options: SabangnetV3HubOptions): Promise<StandIn> {
  const { dataDir, clock = Date.now, channels = ['lotteon', 'ssg'] } = options;
  const book = new OrderBook({ dataDir, name: 'sabangnet-v3', clock });
  const settings = new Settings(settingsSchema, options.settings);
  const tokens = new GatewayTokens(options, () => settings.value, clock);
  const answer = (endpoint: string, path: string, handle: Route['handle']): Route => ({
    method: 'POST',
    path,
    endpoint,
    handle: (request) => refuse(request, handle, clock),
  });
  const called = (endpoint: string, path: string, handle: Handle): Route =>
    answer(endpoint, `/v3/sb/${path}`, (request) => {
      tokens.require(request);
      return handle(request, book, settings.value);
    });
  const standIn = new StandIn({
    name: 'sabangnet-v3',
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.adminPort === undefined ? {} : { adminPort: options.adminPort }),
    routes: [
      answer('token', '/oauth2/token', (request) => tokens.issue(request)),
      called('orders', 'order', listOrders),
      called('claims', 'claim', listClaims),
      called('acknowledgements', 'order-status', changeStatus),
      called('invoices', 'waybill', saveWaybills),
    ],
    rateLimited: () => tooManyCalls(clock()),
    ledger: (query) => marketplaceLedger(book, query),
    settings,
    adminRoutes: [
      ...marketplaceRoutes(book, channels),
      {
        method: 'POST',
        path: '/admin/tokens/expire',
        endpoint: 'admin',
        handle: () => {
          tokens.expire();
          return json(200, {});
        },
      },
    ],
    onStop: () => book.close(),
  });
  return standIn.start();
}

type Handle = (request: StandInRequest, book: OrderBook, settings: HubSettings) => StandInResponse;

async function refuse(
  request: StandInRequest,
  handle: Route['handle'],
  clock: () => number,
): Promise<StandInResponse> {
  try {
    return await handle(request);
  } catch (error) {
    if (error instanceof Refusal) return errorAnswer(error, request.target, clock());
    throw error;
  }
}

/** Assumed: the moment of X-RateLimit-Reset is in seconds since 1970. */
function tooManyCalls(now: number): StandInResponse {
  const {
    status,
    body = '',
    headers,
  } = errorAnswer(new Refusal(429, 'GW_RATE_001', '요청량 제한을 초과했습니다.'), '/v3/sb', now);
  return { status, body, headers: { ...headers, 'x-ratelimit-reset': String(Math.ceil(now / 1_000) + 2) } };
}
