import type { z } from 'zod';
import type { Route } from '../stand-in/message';
import { Settings } from '../stand-in/settings';
import { StandIn } from '../stand-in/stand-in';
import { marketplaceLedger, marketplaceRoutes } from './admin';
import { Answers, BadRequest } from './naver/answers';
import { type Application, Gateway } from './naver/gateway';
import { Products } from './naver/products';
import { reads } from './naver/reads';
import { settingsSchema } from './naver/settings';
import { writes } from './naver/writes';
import { OrderBook } from './order-book';

export interface NaverOptions extends Application {
  /** 0 or left out: a free one. */
  readonly port?: number;
  readonly adminPort?: number;
  readonly dataDir: string;
  readonly settings?: z.input<typeof settingsSchema>;
  readonly clock?: () => number;
}

/**
 * Naver's Commerce API below `/external`, as SmartStore answers it: tokens by bcrypt signature, the change feed,
 * details, confirming, dispatching, consenting to cancellations, stock of products and options.
 *
 * Assumed: product orders of an order are confirmed, and its claims settled, together.
 */
export async function startNaver(options: NaverOptions): Promise<StandIn> {
  const settings = new Settings(settingsSchema, options.settings);
  const { clock = Date.now } = options;
  const book = new OrderBook({ dataDir: options.dataDir, name: 'naver', clock });
  const answers = new Answers(clock);
  const gateway = new Gateway({ application: options, answers, settings: () => settings.value, clock });
  const products = new Products(book, answers);
  const shop = { book, products, answers, settings: () => settings.value };
  const routes = [gateway.tokenRoute, ...reads(shop), ...writes(shop), ...products.routes];
  return new StandIn({
    name: 'naver',
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.adminPort === undefined ? {} : { adminPort: options.adminPort }),
    routes: routes.map((route) => refusing(route, answers)),
    gate: (request, endpoint) => gateway.stops(request, endpoint),
    rateLimited: () => gateway.rateLimited(),
    serverError: () =>
      answers.failure(new BadRequest(504, 'GW.TIMEOUT.02', '요청 대기 시간이 초과되었습니다.')),
    ledger: (query) => marketplaceLedger(book, query),
    settings,
    adminRoutes: [...marketplaceRoutes(book, ['smartstore']), gateway.adminRoute],
    onStop: () => book.close(),
  }).start();
}

function refusing(route: Route, answers: Answers): Route {
  return {
    ...route,
    async handle(request) {
      try {
        return await route.handle(request);
      } catch (error) {
        if (error instanceof BadRequest) return answers.failure(error);
        throw error;
      }
    },
  };
}
