import type { Client } from '@temporalio/client';
import { pino } from 'pino';
import { Agent, request } from 'undici';
import { openWebhooks } from '../../../activities/receive-webhook';
import { createApi } from '../../../client/api/server';
import { type Database, openDatabase } from '../../../db/database';
import { migrate } from '../../../db/migrate';
import { addToken, listTokens } from '../../../db/queries/api-tokens';
import { sha256 } from '../../../domain/sha256';
import { readConfig } from '../../../worker/config';
import { csv, line } from '../../support/order-files';
import { fillHouse, type HouseSize, inFlightOf } from './fill-house';
import type { Meter, Reading } from './meter';
import { type Question, questionsOf } from './questions';
import { chooseSubjects } from './subjects';
import { type Statement, WatchedPool } from './watched-pool';

const TOKEN = 'a-token-of-the-benchmark-only';
const KEYS = [Buffer.alloc(32, 'boosta bench')];

export interface Answered {
  readonly status: number;
  readonly ms: number;
  readonly body: string;
  /** What it asked MySQL. */
  readonly statements: readonly Statement[];
}

/** A database that is filled, and the real API over it. */
export interface House {
  readonly orders: number;
  readonly inFlight: number;
  readonly database: Database;
  readonly questions: readonly Question[];
  /** Every route that the API has for GET, as it says itself. */
  readonly routes: readonly string[];
  ask(path: string): Promise<Answered>;
  /** What its statements have cost so far. */
  cost(): Promise<Reading>;
  close(): Promise<void>;
}

export interface Servers {
  readonly mysqlUrl: string;
  readonly temporal: Client;
  readonly meter: Meter;
  readonly progress: (line: string) => void;
}

/** Opens the API over a database of that size, which is made where it is not there yet. */
export async function openHouse(servers: Servers, size: HouseSize): Promise<House> {
  const { name, url, database } = await openFilled(servers, size);
  const log = pino({ level: 'silent' });
  const webhooks = openWebhooks({ database, journeys: { nudge: async () => true }, log });
  const pool = new WatchedPool(database.pool);
  const config = { ...readConfig({}), databaseUrl: url };
  const api = await createApi({
    config,
    database,
    temporal: servers.temporal,
    webhooks,
    log,
    temporalUi: null,
  });
  const visitors = new Visitors(await api.listen({ host: '127.0.0.1', port: 0 }));
  const ask = async (path: string, body?: Buffer): Promise<Answered> => {
    pool.take();
    const startedAt = performance.now();
    const answer = await visitors.ask(path, body);
    return { ...answer, ms: performance.now() - startedAt, statements: pool.take() };
  };
  await ask('/api/uploads/drafts?fileName=orders.csv', csv(line({ orderNumber: 'U-1', quantity: '둘' })));
  return {
    orders: size.orders,
    inFlight: inFlightOf(size),
    database,
    questions: questionsOf(await chooseSubjects(database, size.orders), size.orders / size.days),
    routes: getRoutes((await ask('/openapi.json')).body),
    ask: (path) => ask(path),
    cost: () => servers.meter.read(name),
    async close() {
      await visitors.close();
      await api.close();
      await webhooks.close();
      await database.close();
    },
  };
}

/** A database of that size, which is made where it is not there yet; to be closed. */
export async function openFilled(
  { mysqlUrl, progress }: Pick<Servers, 'mysqlUrl' | 'progress'>,
  size: HouseSize,
) {
  const isEven = size.perDayNow === size.orders / size.days;
  const name = `house_${size.orders}_${size.days}${isEven ? '' : '_busy'}`;
  const address = new URL(mysqlUrl);
  address.pathname = `/${name}`;
  const url = address.href;
  await migrate(url);
  await fillOnce(url, size, progress);
  return { name, url, database: openDatabase({ url, connections: 10, secretKeys: KEYS }) };
}

/** Enough to have several tables loaded at a time. */
const LOADERS = 4;

async function fillOnce(url: string, size: HouseSize, progress: (line: string) => void): Promise<void> {
  const loading = openDatabase({ url, connections: LOADERS, secretKeys: KEYS, quietSeconds: 3_600 });
  const isFilled = (await listTokens(loading.db)).length > 0;
  if (!isFilled) {
    // What is written is of no worth before it is whole.
    await loading.pool.query('ALTER INSTANCE DISABLE INNODB REDO_LOG');
    await fillHouse(loading, size, progress);
    await loading.pool.query('ALTER INSTANCE ENABLE INNODB REDO_LOG');
    await addToken(loading.db, {
      name: 'bench',
      role: 'administrator',
      tokenHash: sha256(TOKEN),
      madeBy: 'bench',
    });
  }
  await loading.close();
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function getRoutes(document: string): string[] {
  const { paths } = JSON.parse(document) as OpenApi;
  return Object.entries(paths).flatMap(([path, methods]) => ('get' in methods ? [path] : []));
}

const ADDRESSES = 50;

/** People at many addresses, since one may not ask so much; each in turn, over a connection that stays open. */
class Visitors {
  private readonly agents = Array.from(
    { length: ADDRESSES },
    (_, n) => new Agent({ localAddress: `127.0.0.${n + 2}`, keepAliveTimeout: 600_000 }),
  );
  private asked = 0;

  constructor(private readonly url: string) {}

  async ask(path: string, body?: Buffer): Promise<{ status: number; body: string }> {
    const dispatcher = this.agents[this.asked % ADDRESSES];
    if (dispatcher === undefined) throw new RangeError('Nobody to ask');
    this.asked += 1;
    const answer = await request(`${this.url}${path}`, {
      dispatcher,
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${TOKEN}`,
        ...(body === undefined ? {} : { 'content-type': 'application/octet-stream' }),
      },
      body: body ?? null,
    });
    return { status: answer.statusCode, body: await answer.body.text() };
  }

  async close(): Promise<void> {
    await Promise.all(this.agents.map((agent) => agent.close()));
  }
}
