import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { collectWindow } from '../../activities/collect-orders';
import { Connections } from '../../activities/connections';
import type { Deps } from '../../activities/deps';
import { Dispatcher, type DispatcherOptions } from '../../activities/dispatch/dispatcher';
import type { Journeys } from '../../activities/journeys';
import { matchOrder } from '../../activities/match-order';
import { normalizeOrder } from '../../activities/normalize-order';
import { syncStock } from '../../activities/sync-stock';
import { openWayBack } from '../../activities/way-back';
import { CONNECTIONS, seed } from '../../sandbox/seed';
import {
  type RunningStandIns,
  type StandInName,
  type StandInsOptions,
  startStandIns,
} from '../../sandbox/stand-ins';
import { NO_ALERTS } from './alerts';
import { type FreshDatabase, freshDatabase } from './database';

/** Remembers what the activities told the journeys, for tests that have no Temporal. */
export class RecordedJourneys implements Journeys {
  readonly started: string[] = [];
  readonly nudges: { orderKey: string; signal: string }[] = [];

  async start({ key }: { key: string }): Promise<boolean> {
    if (this.started.includes(key)) return false;
    this.started.push(key);
    return true;
  }

  async nudge(orderKey: string, signal: string): Promise<boolean> {
    this.nudges.push({ orderKey, signal });
    return true;
  }
}

export interface House {
  readonly database: FreshDatabase;
  readonly standIns: RunningStandIns;
  readonly journeys: RecordedJourneys;
  readonly deps: Deps;
  /** Further deps over the same database, as another worker process would have them. */
  anotherWorker(options?: DispatcherOptions): Deps;
  admin(standIn: StandInName, method: string, path: string, body?: unknown): Promise<unknown>;
  /** Emits a day at the hub and collects it. @returns the order keys. */
  collectDay(orders: number, seed?: number): Promise<string[]>;
  /** Brings orders to where they can be dispatched; those with unknown deals are left out. */
  matchedOrders(orders: number, seed?: number): Promise<string[]>;
  close(): Promise<void>;
}

/** A silent WMS rests as it does in production, but not for as long: a test has not so much time. */
const BREAKER = { silentCalls: 5, restMs: 1_000 };

/** Real MySQL, real stand-ins over HTTP, the real activities: all but Temporal. */
export async function openHouse(
  options: Partial<StandInsOptions> & { dispatcher?: DispatcherOptions } = {},
): Promise<House> {
  const dir = mkdtempSync(join(tmpdir(), 'boosta-house-'));
  const database = await freshDatabase();
  const standIns = await startStandIns({ dataDir: dir, firstPort: 0, shipAfterMs: 3_600_000, ...options });
  await seed(database, standIns.addresses);
  const journeys = new RecordedJourneys();
  const opened: Deps[] = [];
  const anotherWorker = (dispatcher: DispatcherOptions = options.dispatcher ?? {}): Deps => {
    const log = pino({ level: 'silent' });
    const connections = new Connections(database);
    const deps: Deps = {
      database,
      connections,
      dispatcher: new Dispatcher({ database, connections, log }, { breaker: BREAKER, ...dispatcher }),
      wayBack: openWayBack(database, connections),
      journeys,
      alerts: NO_ALERTS,
      log,
    };
    opened.push(deps);
    return deps;
  };
  const deps = anotherWorker();
  await syncStock(deps, CONNECTIONS.wms);

  const admin: House['admin'] = async (standIn, method, path, body) => {
    const response = await fetch(`${standIns.addresses[standIn].adminUrl}/admin${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${standIn} ${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  };
  const collectDay: House['collectDay'] = async (orders, daySeed = 1) => {
    await admin('hub', 'POST', '/days', { seed: daySeed, orders, overSeconds: 0 });
    const before = journeys.started.length;
    const now = Date.now();
    await collectWindow(
      deps,
      CONNECTIONS.source,
      { from: new Date(now - 3_600_000), to: new Date(now) },
      'test',
    );
    return journeys.started.slice(before);
  };
  return {
    database,
    standIns,
    journeys,
    deps,
    anotherWorker,
    admin,
    collectDay,
    async matchedOrders(orders, daySeed) {
      const matched: string[] = [];
      for (const key of await collectDay(orders, daySeed)) {
        if ((await normalizeOrder(deps, key)).stage !== 'normalized') continue;
        if ((await matchOrder(deps, key)).stage === 'matched') matched.push(key);
      }
      return matched;
    },
    async close() {
      for (const one of opened) await one.connections.close();
      await standIns.stop();
      await database.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
