import { pino } from 'pino';
import { Connections, type WmsConnection } from '../../activities/connections';
import type { Deps } from '../../activities/deps';
import { Dispatcher } from '../../activities/dispatch/dispatcher';
import { openWayBack } from '../../activities/way-back';
import { saveConfiguration } from '../../db/queries/configurations';
import { createDispatch } from '../../db/queries/dispatches';
import { saveItems } from '../../db/queries/matches';
import { writeReceiver } from '../../db/queries/receivers';
import { saveRoute } from '../../db/queries/routes';
import { configuration, order, orderLine, recipient } from '../../db/schema';
import { inTransaction } from '../../db/transaction';
import type { Recipient } from '../../domain/order';
import { NO_ALERTS } from './alerts';
import { type FreshDatabase, freshDatabase } from './database';
import { RecordedJourneys } from './house';
import { ModelWarehouse } from './model-warehouse';

/** What the shop sells: single pieces, a bundle of two, and one of two items. */
export const CONFIGURATIONS = {
  A: [{ itemCode: 'I-A', quantity: 1 }],
  A2: [{ itemCode: 'I-A', quantity: 2 }],
  B: [{ itemCode: 'I-B', quantity: 1 }],
  AB: [
    { itemCode: 'I-A', quantity: 1 },
    { itemCode: 'I-B', quantity: 1 },
  ],
} as const;
export type Sold = keyof typeof CONFIGURATIONS;
export const ITEMS = ['I-A', 'I-B'] as const;

export interface NewOrder {
  readonly wms: string;
  readonly lines: readonly (readonly [Sold, number])[];
  /** Minutes; the more, the older. */
  readonly age?: number;
  /** Whom it goes to; everybody's is the same unless it says so. */
  readonly to?: Partial<Recipient>;
}

class ModelConnections extends Connections {
  readonly models = new Map<string, ModelWarehouse>();

  override async wms(id: string): Promise<WmsConnection> {
    const wms = this.models.get(id);
    if (wms === undefined) throw new Error(`There is no model ${id}`);
    return { id, wms, callsPerMinute: wms.capabilities.callsPerMinute, onAbsent: 'ask' };
  }
}

export interface StockShop {
  readonly database: FreshDatabase;
  readonly deps: Deps;
  readonly journeys: RecordedJourneys;
  /** A warehouse of its own, with a channel of the same name. */
  warehouse(
    counts: 'on-hand' | 'available',
    shelf?: Partial<Record<string, number>>,
  ): Promise<ModelWarehouse>;
  /** An order that is matched and waits to be sent. @returns its key. */
  order(given: NewOrder): Promise<string>;
  close(): Promise<void>;
}

const HONG: Recipient = {
  name: '홍길동',
  phone: '010',
  phone2: null,
  postcode: '00000',
  address: '서울',
  deliveryMessage: null,
};
const NEWEST = Date.parse('2026-11-20T00:00:00Z');

/** The real database and activities, with warehouses whose every moment a test decides. */
export async function openStockShop(): Promise<StockShop> {
  const database = await freshDatabase();
  const { db } = database;
  await saveItems(
    db,
    ITEMS.map((code) => ({ code, name: code, referencePrice: 1_000n })),
  );
  await inTransaction(database, async (tx) => {
    for (const [code, items] of Object.entries(CONFIGURATIONS))
      await saveConfiguration(tx, { code, name: code, items });
  });
  const versions = new Map((await db.select().from(configuration)).map((row) => [row.code, row.version]));
  const connections = new ModelConnections(database);
  const journeys = new RecordedJourneys();
  const log = pino({ level: 'silent' });
  // An order in doubt can be cancelled for good only once its lease and the settling time are over.
  const dispatcher = new Dispatcher({ database, connections, log }, { leaseMs: 900, settlingMs: 100 });
  const deps = {
    database,
    connections,
    dispatcher,
    wayBack: openWayBack(database, connections),
    journeys,
    alerts: NO_ALERTS,
    log,
  };
  let orders = 0;
  return {
    database,
    deps,
    journeys,
    async warehouse(counts, shelf = {}) {
      const model = new ModelWarehouse(`w${connections.models.size + 1}`, counts);
      connections.models.set(model.id, model);
      for (const itemCode of ITEMS) model.deliver(itemCode, shelf[itemCode] ?? 0);
      await saveRoute(db, { channel: model.id, wms: model.id, validFrom: new Date(0) });
      return model;
    },
    async order({ wms, lines, age = 0, to }) {
      orders += 1;
      const key = `${wms}/${orders}`;
      const orderedAt = new Date(NEWEST - age * 60_000);
      const now = new Date();
      await inTransaction(database, async (tx) => {
        await tx.insert(order).values({
          key,
          channel: wms,
          source: 'test',
          orderNumber: String(orders),
          orderedAt,
          shippingFee: 0n,
          stage: 'matched',
          createdAt: now,
          updatedAt: now,
          sweptAt: now,
        });
        const person = { ...HONG, ...to };
        await tx.insert(recipient).values({ orderKey: key, ...person });
        await writeReceiver(tx, { key, recipient: person });
        const rows = lines.map(([sold, quantity], index) => ({
          key: `${key}#${index + 1}`,
          orderKey: key,
          lineNumber: String(index + 1),
          recordId: key,
          connectionId: 'shop',
          deal: sold,
          option: '',
          dealKey: sold,
          quantity,
          amount: 1_000n,
          discount: 0n,
          configuration: sold,
          configurationVersion: versions.get(sold) ?? 0,
        }));
        await tx.insert(orderLine).values(rows);
        const held = rows.map((row) => ({ lineKey: row.key, quantity: row.quantity }));
        await createDispatch(tx, { orderKey: key, lines: held });
      });
      return key;
    },
    close: () => database.close(),
  };
}
