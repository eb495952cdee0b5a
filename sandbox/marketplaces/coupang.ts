import type { z } from 'zod';
import { Settings } from '../stand-in/settings';
import { StandIn } from '../stand-in/stand-in';
import { marketplaceLedger, marketplaceRoutes } from './admin';
import { acknowledgeRoute } from './coupang/acknowledge';
import { claimAnswerRoutes } from './coupang/claim-answers';
import { type Account, Gateway } from './coupang/gateway';
import { invoiceRoutes } from './coupang/invoices';
import { quantityRoute } from './coupang/quantities';
import { reads } from './coupang/reads';
import { settingsSchema } from './coupang/settings';
import { OrderBook } from './order-book';

export interface CoupangOptions extends Account {
  /** 0 or left out: a free one. */
  readonly port?: number;
  readonly adminPort?: number;
  readonly dataDir: string;
  readonly settings?: z.input<typeof settingsSchema>;
  readonly clock?: () => number;
}

/**
 * Coupang's gateway, as Wing's Open API answers one seller: signed calls, sheets by the minute, acknowledging,
 * tracking numbers, claims and their answers, quantities of options.
 *
 * Assumed: an order's parcels are acknowledged together, and are made in the minute in which the order is paid.
 */
export async function startCoupang(options: CoupangOptions): Promise<StandIn> {
  const settings = new Settings(settingsSchema, options.settings);
  const { clock = Date.now } = options;
  const book = new OrderBook({ dataDir: options.dataDir, name: 'coupang', clock });
  const gateway = new Gateway({ account: options, settings: () => settings.value, clock });
  const shop = { book, settings: () => settings.value };
  const routes = [
    ...reads(shop, options.vendorId),
    acknowledgeRoute(shop),
    ...invoiceRoutes(shop),
    ...claimAnswerRoutes(shop),
    quantityRoute(shop),
  ];
  return new StandIn({
    name: 'coupang',
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.adminPort === undefined ? {} : { adminPort: options.adminPort }),
    routes: routes.map((route) => gateway.guard(route)),
    gate: (request) => gateway.stops(request),
    rateLimited: () => gateway.rateLimited(),
    ledger: (query) => marketplaceLedger(book, query),
    settings,
    adminRoutes: marketplaceRoutes(book, ['coupang']),
    onStop: () => book.close(),
  }).start();
}
