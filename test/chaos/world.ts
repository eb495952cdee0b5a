import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { Journeys } from '../../activities/journeys';
import { type Context, connect } from '../../client/connect';
import type { Intervals } from '../../client/schedules';
import { migrate } from '../../db/migrate';
import { type Child, startChild } from '../../sandbox/child';
import { compiled } from '../../sandbox/environment';
import { type RunningMysql, type RunningTemporal, startMysql, startTemporal } from '../../sandbox/servers';
import { freePort } from '../../sandbox/servers/ports';
import { type Addresses, STAND_INS, type StandInName } from '../../sandbox/stand-ins';
import { readConfig } from '../../worker/config';
import { temporalJourneys } from '../../worker/temporal-journeys';
import { SEARCH_ATTRIBUTES } from '../../workflows/names';
import { TEST_KEYS } from '../support/database';
import { TcpProxy } from '../support/tcp-proxy';
import { type ChaosSource, type ChaosWms, furnish, type OnAbsent, tell } from './furnish';
import { Seat } from './seat';
import { Server } from './server';
import { Turns } from './turns';
import { journeysUnderAnyId, type Protection } from './without';

export interface WorldOptions {
  readonly workers: number;
  readonly without?: Protection | undefined;
  /** All WMSes promise nothing about a repeated code: an order can only be looked up; absent, it is this. */
  readonly lookUpOnly?: OnAbsent | undefined;
  /** Seconds between two looks of each schedule. */
  readonly intervals: Intervals;
  /** Pieces of every item that a warehouse has at first; more is delivered when orders wait for it. */
  readonly stockOfEach: number;
  /** What MySQL's data may grow to, in MB: beyond it, its disk is full. */
  readonly diskMb: number;
  readonly say: (line: string) => void;
}

/** A line between two of the processes, on which faults are played out. */
export interface Line {
  readonly name: string;
  readonly proxy: TcpProxy;
  readonly turns: Turns;
}

export const LEASE_MS = 6_000;
/** As long as a lease, unless a worker is told otherwise. */
export const SETTLING_MS = LEASE_MS;
export const REQUEST_TIMEOUT_MS = 2_000;
/** How long a worker lets a WMS rest that has been silent. */
export const REST_MS = 1_500;
const DISPATCHER = {
  leaseMs: LEASE_MS,
  requestTimeoutMs: REQUEST_TIMEOUT_MS,
  breaker: { silentCalls: 5, restMs: REST_MS },
};
/** Long enough for some customers to cancel in time. */
const SHIP_AFTER_MS = 3_000;

/**
 * The real processes of a campaign (several workers, MySQL, Temporal, the stand-ins), each on its own
 * port and data, with lines between them that fail on command. What the campaign itself asks goes past
 * those lines.
 */
export interface World {
  readonly mysql: Server<RunningMysql>;
  readonly temporal: Server<RunningTemporal>;
  readonly context: Context;
  readonly seats: readonly Seat[];
  readonly wmses: readonly ChaosWms[];
  readonly sources: readonly ChaosSource[];
  /** To the outside, and from each worker to its servers. */
  readonly lines: readonly Line[];
  readonly outside: readonly (Line & { readonly standIn: StandInName })[];
  /** As the workers start and nudge them. */
  readonly journeys: Journeys;
  /** What becomes of an order that a look-up does not find, where the WMSes promise nothing else. */
  readonly onAbsent: OnAbsent | undefined;
  readonly say: (line: string) => void;
  /** A command to a stand-in, past the line and whatever fault is on it. */
  admin(standIn: StandInName, method: string, path: string, body?: unknown): Promise<unknown>;
  /** Stops everything, the newest first, and removes what was kept. */
  stop(): Promise<void>;
}

export async function startWorld(options: WorldOptions): Promise<World> {
  const dir = mkdtempSync(join(tmpdir(), 'boosta-chaos-'));
  const closing: Closing = [];
  try {
    return await open(options, dir, closing);
  } catch (error) {
    await closeAll(closing);
    throw error;
  }
}

type Closing = (() => Promise<unknown>)[];

async function open(options: WorldOptions, dir: string, closing: Closing): Promise<World> {
  const { say, without } = options;
  const log = (name: string) => join(dir, 'logs', `${name}.log`);
  say(`data and logs: ${dir}`);
  closing.push(async () => rmSync(dir, { recursive: true, force: true }));
  const mysql = await startMysqlOn(await freePort(), dir, log('mysql'), options.diskMb);
  closing.push(() => mysql.stop());
  const temporal = await startTemporalOn(await freePort(), dir, log('temporal'));
  closing.push(() => temporal.stop());
  const [databaseUrl, temporalAddress] = [mysql.now.url, temporal.now.address];
  await migrate(databaseUrl);
  const sandbox = await startSandbox(dir, log('sandbox'));
  closing.push(() => sandbox.stop());
  const standIns = sandbox.firstMessage as Addresses;
  const outside = await linesTo(standIns);
  closing.push(...outside.map((line) => () => line.proxy.stop()));
  const addresses = {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    BOOSTA_SECRET_KEY: TEST_KEYS.map((key) => key.toString('base64')).join(','),
  };
  const context = await connect(readConfig({ ...process.env, ...addresses }));
  closing.push(() => context.close());
  const { wmses, sources, onAbsent, lookUpOnly, firstStock } = await furnish(
    context,
    standIns,
    viaLines(standIns, outside),
    options,
  );
  const job = { dispatcher: DISPATCHER, alterations: { without, lookUpOnly } };
  const seats = await Promise.all(
    Array.from({ length: options.workers }, (_, index) => {
      const name = `worker-${index + 1}`;
      return Seat.open({ name, databaseUrl, temporalAddress, logFile: log(name), job });
    }),
  );
  closing.push(() => Promise.all(seats.map((seat) => seat.close())));
  await firstStock();
  // Only over such a connection may a start ask to be eager.
  const connection = await NativeConnection.connect({ address: temporalAddress });
  closing.push(() => connection.close());
  const starter = new Client({ connection });
  return {
    mysql,
    temporal,
    context,
    seats,
    wmses,
    sources,
    outside,
    lines: [...outside, ...seats.flatMap(linesOf)],
    journeys: without === 'workflow-id' ? journeysUnderAnyId(starter) : temporalJourneys(starter),
    onAbsent,
    say,
    admin: (...command) => tell(standIns, ...command),
    stop: () => closeAll(closing),
  };
}

function linesOf({ name, toMysql, toTemporal, lineTurns: turns }: Seat): Line[] {
  return [
    { name: `${name} to MySQL`, proxy: toMysql, turns },
    { name: `${name} to Temporal`, proxy: toTemporal, turns },
  ];
}

const quietly = () => undefined;
const ROOM_AFTER_DEATH_MB = 64;

function startMysqlOn(
  port: number,
  dir: string,
  logFile: string,
  diskMb: number,
): Promise<Server<RunningMysql>> {
  const dataDir = join(dir, 'mysql');
  // All tables in one file, which grows up to a bound as a disk has one. What has died of it needs more room
  // to roll back what was under way, or it dies again as it starts.
  const settings = (deaths: number) => [
    '--innodb-file-per-table=OFF',
    `--innodb-data-file-path=ibdata1:12M:autoextend:max:${diskMb + deaths * ROOM_AFTER_DEATH_MB}M`,
  ];
  return Server.of('MySQL', (deaths) =>
    startMysql({ dataDir, port, logFile, settings: settings(deaths), progress: quietly }),
  );
}

function startTemporalOn(port: number, dir: string, logFile: string): Promise<Server<RunningTemporal>> {
  return Server.of('Temporal', () =>
    startTemporal({
      dbFile: join(dir, 'temporal.db'),
      port,
      uiPort: undefined,
      namespace: 'default',
      searchAttributes: SEARCH_ATTRIBUTES,
      logFile,
      progress: quietly,
    }),
  );
}

function startSandbox(dir: string, logFile: string): Promise<Child> {
  return startChild(compiled('sandbox/main'), {
    env: {
      BOOSTA_SANDBOX_DATA: join(dir, 'sandbox'),
      BOOSTA_SANDBOX_PORT: '0',
      BOOSTA_SANDBOX_SHIP_AFTER_MS: String(SHIP_AFTER_MS),
    },
    logFile,
  });
}

function linesTo(standIns: Addresses): Promise<World['outside']> {
  return Promise.all(
    STAND_INS.map(async (standIn) => {
      const { hostname, port } = new URL(standIns[standIn].url);
      const proxy = await TcpProxy.to(hostname, Number(port));
      return { name: standIn, standIn, proxy, turns: new Turns() };
    }),
  );
}

function viaLines(standIns: Addresses, lines: World['outside']): Addresses {
  const via = { ...standIns };
  for (const { standIn, proxy } of lines)
    via[standIn] = { ...standIns[standIn], url: `http://127.0.0.1:${proxy.port}` };
  return via;
}

async function closeAll(closing: Closing): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close();
}
