import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { sourceAdapter } from '../../activities/sources/registry';
import type { SourceCapabilities } from '../../activities/sources/source';
import { wmsAdapter } from '../../activities/wms/registry';
import type { Context } from '../../client/connect';
import { applySchedules, wantedSchedules } from '../../client/schedules';
import type { Database } from '../../db/database';
import { type ConnectionRow, listConnections, saveConnection } from '../../db/queries/connections';
import { saveMatch } from '../../db/queries/match-versions';
import { saveRoute } from '../../db/queries/routes';
import { hasStock } from '../../db/queries/stock';
import { inTransaction } from '../../db/transaction';
import { CHANNELS, items, newDeals } from '../../sandbox/catalogue';
import { seed } from '../../sandbox/seed';
import { type Addresses, STAND_INS, type StandInName } from '../../sandbox/stand-ins';
import { scheduleIds } from '../../workflows/names';
import type { Alterations, Protection } from './without';
import type { WorldOptions } from './world';

export type OnAbsent = 'ask' | 'resend';

/** A WMS in the campaign: what it is connected as, and the stand-in that plays it. */
export interface ChaosWms {
  readonly id: string;
  readonly standIn: StandInName;
  readonly keepsStock: boolean;
  /** Whether it promises anything about a code that it gets again. */
  readonly hasPromised: boolean;
}

/** A source in the campaign: what it is connected as, and the stand-in that plays it. */
export interface ChaosSource {
  readonly id: string;
  readonly standIn: StandInName;
  readonly capabilities: SourceCapabilities;
}

export interface Furnished {
  readonly wmses: readonly ChaosWms[];
  readonly sources: readonly ChaosSource[];
  readonly onAbsent: OnAbsent | undefined;
  readonly lookUpOnly: Alterations['lookUpOnly'];
  /** Orders that come before the first look at the stock would all be short. */
  firstStock(): Promise<void>;
}

/** How a stand-in is told to take a repeated code as a new order, whatever it calls that. */
const PROMISES_NOTHING: Readonly<Record<string, boolean>> = {
  rejectRepeatedCodes: false,
  rejectRepeatedReferences: false,
  upsertByKey: false,
};
const VISIBLE_AFTER_SECONDS = 0.5;
/** A minute's wait for an answer that is lost would only make a campaign longer. */
const SOURCE_TIMEOUT_MS = 5_000;

/** With these protections gone, it shows at WMSes that give no help by a key of their own. */
const SHOWS_WITH: Readonly<Partial<Record<Protection, OnAbsent>>> = { lock: 'ask', lease: 'resend' };

/**
 * What the brand sells and how it is connected, over the lines that fail; every deal known, the channels
 * spread over all WMSes there are, and no limit of calls: neither a person nor a limit is to be waited for.
 */
export async function furnish(
  context: Context,
  standIns: Addresses,
  viaLines: Addresses,
  options: WorldOptions,
): Promise<Furnished> {
  const { database, temporal } = context;
  await seed(database, viaLines);
  for (const { configurationCode, ...deal } of newDeals) {
    await inTransaction(database, (tx) =>
      saveMatch(tx, deal, configurationCode, { by: 'campaign', reason: 'known from the start' }),
    );
  }
  const { without, intervals, stockOfEach } = options;
  const onAbsent = options.lookUpOnly ?? (without === undefined ? undefined : SHOWS_WITH[without]);
  const ignoresKeys = without === 'wms-key' || onAbsent !== undefined;
  const all = await findWmses(context, viaLines);
  const keyed: ChaosWms[] = [];
  for (const wms of all) if (await setUp(standIns, wms, ignoresKeys, stockOfEach)) keyed.push(wms);
  // Where there never was a key, none is missed; of those WMSes, none shows an order soon enough to be sent again.
  const wmses = without === 'wms-key' || onAbsent === 'resend' ? keyed : all;
  for (const [index, channel] of CHANNELS.entries()) {
    const wms = wmses[index % wmses.length];
    if (wms !== undefined) await saveRoute(database.db, { channel, wms: wms.id, validFrom: new Date(0) });
  }
  for (const row of await listConnections(database.db)) {
    const settings = row.kind === 'source' ? { ...row.settings, timeoutMs: SOURCE_TIMEOUT_MS } : row.settings;
    await saveConnection(database, { ...row, settings, onAbsent: onAbsent ?? 'ask' });
  }
  await applySchedules(temporal, await wantedSchedules(database.db, intervals));
  const lookUpOnly = { wmses: keyed.map(({ id }) => id), visibleAfterSeconds: VISIBLE_AFTER_SECONDS };
  return {
    sources: await findSources(database, viaLines),
    wmses: wmses.map((wms) => ({ ...wms, hasPromised: wms.hasPromised && onAbsent === undefined })),
    onAbsent,
    lookUpOnly: onAbsent === undefined ? undefined : lookUpOnly,
    firstStock: async () => {
      for (const { id, keepsStock } of wmses) {
        if (!keepsStock) continue;
        await temporal.schedule.getHandle(scheduleIds.stock(id)).trigger();
        while (!(await hasStock(database.db, id))) await sleep(200);
      }
    },
  };
}

async function findWmses({ database }: Context, addresses: Addresses): Promise<ChaosWms[]> {
  const connections = (await listConnections(database.db)).filter(({ kind }) => kind === 'wms');
  return connections.map((row) => {
    const { stock, onRepeat } = wmsAdapter(row.adapter).capabilities;
    return {
      id: row.id,
      standIn: playedBy(row, addresses),
      keepsStock: stock !== 'none',
      hasPromised: onRepeat !== 'not-promised',
    };
  });
}

export async function findSources({ db }: Database, addresses: Addresses): Promise<ChaosSource[]> {
  const connections = (await listConnections(db)).filter(({ kind }) => kind === 'source');
  return connections.map((row) => {
    const { capabilities } = sourceAdapter(row.adapter);
    return { id: row.id, standIn: playedBy(row, addresses), capabilities };
  });
}

const settingsSchema = z.looseObject({ baseUrl: z.string() });

/** A connection belongs to the stand-in at its address. */
function playedBy({ id, settings }: ConnectionRow, addresses: Addresses): StandInName {
  const { baseUrl } = settingsSchema.parse(settings);
  const found = STAND_INS.find((name) => baseUrl.startsWith(addresses[name].url));
  if (found === undefined) throw new Error(`No stand-in plays ${id}`);
  return found;
}

/** @returns whether it is one that promises something about a repeated code. */
async function setUp(
  standIns: Addresses,
  { standIn, keepsStock }: ChaosWms,
  ignoresKeys: boolean,
  stockOfEach: number,
): Promise<boolean> {
  const known = Object.keys((await tell(standIns, standIn, 'GET', '/settings')) as object);
  const wanted = { callsPerMinute: 0, ...(ignoresKeys ? PROMISES_NOTHING : {}) };
  const settings = Object.fromEntries(Object.entries(wanted).filter(([name]) => known.includes(name)));
  await tell(standIns, standIn, 'PUT', '/settings', settings);
  if (keepsStock) {
    const products = items.map(({ code, name }) => ({ itemCode: code, name, quantity: stockOfEach }));
    await tell(standIns, standIn, 'PUT', '/products', products);
  }
  return known.some((name) => name in PROMISES_NOTHING);
}

/** A command to a stand-in, past the line and whatever fault is on it. @throws Error with its answer. */
export async function tell(
  standIns: Addresses,
  standIn: StandInName,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(`${standIns[standIn].adminUrl}/admin${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${standIn} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}
