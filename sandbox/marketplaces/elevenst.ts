import type { z } from 'zod';
import type { StandInResponse } from '../stand-in/message';
import { Settings } from '../stand-in/settings';
import { StandIn } from '../stand-in/stand-in';
import { marketplaceLedger, marketplaceRoutes } from './admin';
import { Desk } from './elevenst/desk';
import { listRoutes } from './elevenst/lists';
import { settingsSchema } from './elevenst/settings';
import { stockRoutes } from './elevenst/stock';
import { writeRoutes } from './elevenst/writes';
import { listResult, productMessage, writeResult } from './elevenst/xml';
import { OrderBook } from './order-book';

export interface ElevenstOptions {
  /** 0 or left out: a free one. */
  readonly port?: number;
  readonly adminPort?: number;
  /** Its journal is kept here; a second start goes on from it. */
  readonly dataDir: string;
  readonly apiKey: string;
  readonly settings?: z.input<typeof settingsSchema>;
  readonly clock?: () => number;
}

/** 11번가's seller API: an `openapikey` in the header, XML in EUC-KR, writes by GET, results by number in a 200. */
export async function startElevenst(options: ElevenstOptions): Promise<StandIn> {
  const { dataDir, apiKey, clock } = options;
  const settings = new Settings(settingsSchema, options.settings);
  const book = new OrderBook({ dataDir, name: 'elevenst', ...(clock === undefined ? {} : { clock }) });
  const desk = new Desk(book, settings);
  const lists = listRoutes(desk);
  const products = stockRoutes(desk);
  const errorOf = new Map<string, (code: string, text: string) => StandInResponse>([
    ...lists.map(({ endpoint }) => [endpoint, listResult] as const),
    ...products.map(({ endpoint }) => [endpoint, productError] as const),
  ]);
  const standIn = new StandIn({
    name: 'elevenst',
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.adminPort === undefined ? {} : { adminPort: options.adminPort }),
    routes: [...lists, ...writeRoutes(desk), ...products],
    gate: ({ headers }, endpoint) => {
      const error = errorOf.get(endpoint) ?? writeResult;
      if (settings.value.maintenance) return error('-1000', '서버 점검중입니다.');
      if (headers.openapikey === apiKey) return undefined;
      return error('-1', 'ERROR : OpenAPI Key 에 해당하는 유저가 없습니다.');
    },
    // Assumed: no limit is documented.
    rateLimited: () => ({ status: 429, headers: { 'content-type': 'text/html' }, body: '<html>429</html>' }),
    ledger: (query) => marketplaceLedger(book, query),
    settings,
    adminRoutes: marketplaceRoutes(book, ['11st']),
    onStop: () => book.close(),
  });
  return standIn.start();
}

function productError(code: string, text: string): StandInResponse {
  return productMessage(code === '-1' ? '500' : code, text);
}
