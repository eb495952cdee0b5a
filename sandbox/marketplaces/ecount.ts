import type { z } from 'zod';
import { Settings } from '../stand-in/settings';
import { StandIn } from '../stand-in/stand-in';
import { marketplaceLedger, marketplaceRoutes } from './admin';
import { Door, type EcountAccount, tooMany } from './ecount/door';
import { settingsSchema } from './ecount/settings';
import { slipRoute } from './ecount/slips';
import { OrderBook } from './order-book';

export interface EcountOptions extends EcountAccount {
  /** 0 or left out: a free one. */
  readonly port?: number;
  readonly adminPort?: number;
  /** Its journal is kept here; a second start goes on from it. */
  readonly dataDir: string;
  readonly settings?: z.input<typeof settingsSchema>;
  readonly clock?: () => number;
}

const HOUR_MS = 3_600_000;

/**
 * 이카운트 ERP, where the company types its group purchases in: zone, login once in ten minutes, and the *assumed* list of
 * sale orders. It takes no acknowledgement and no tracking numbers, and knows of no cancellations.
 */
export async function startEcount(options: EcountOptions): Promise<StandIn> {
  const { dataDir, clock = Date.now } = options;
  const settings = new Settings(settingsSchema, options.settings);
  const book = new OrderBook({ dataDir, name: 'ecount', clock });
  const door = new Door(options, settings, clock);
  const calls: number[] = [];
  const excess = () => tooMany(settings.value.excessAs);
  const standIn = new StandIn({
    name: 'ecount',
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.adminPort === undefined ? {} : { adminPort: options.adminPort }),
    routes: [...door.routes(), slipRoute(book, door, settings)],
    gate: () => {
      const now = clock();
      while ((calls[0] ?? now) <= now - HOUR_MS) calls.shift();
      if (calls.length >= settings.value.callsPerHour) return excess();
      calls.push(now);
      return undefined;
    },
    rateLimited: excess,
    ledger: (query) => marketplaceLedger(book, query),
    settings,
    adminRoutes: [...marketplaceRoutes(book, ['groupbuy']), door.adminRoute],
    onStop: () => book.close(),
  });
  return standIn.start();
}
