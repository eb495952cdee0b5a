import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TimeWindow } from '../../domain/order';
import type { EmittedLine, EmittedOrder } from '../../sandbox/generator/generate-day';
import { generateDay } from '../../sandbox/generator/generate-day';
import { MALL_NAMES, startSabangnetXmlHub } from '../../sandbox/hubs/sabangnet-xml';
import type { StandIn } from '../../sandbox/stand-in/stand-in';

/** A stand-in with some orders, and what a connection to it is set to. */
export interface SourceFixture {
  readonly standIn: StandIn;
  readonly settings: Readonly<Record<string, unknown>>;
  /** The same with a secret that is wrong, and the word that it must not be quoted by. */
  readonly wrongSecret: { readonly settings: Readonly<Record<string, unknown>>; readonly secret: string };
  /** Names of the stand-in's endpoints, for faults. */
  readonly ordersEndpoint: string;
  readonly uploadsEndpoint: string;
  readonly orders: readonly EmittedOrder[];
  /** Covers all of them. */
  readonly window: TimeWindow;
  /** Offers a record that cannot be read; its id. */
  emitBroken(): Promise<string>;
  /** Tracking numbers of a line in the stand-in's own books, the last one last. */
  trackingOf(order: EmittedOrder, line: EmittedLine): Promise<string[]>;
  stop(): Promise<void>;
}

/** One for each adapter of the registry; it knows the stand-in's own admin routes. */
export const sourceFixtures: Readonly<Record<string, (orders: number) => Promise<SourceFixture>>> = {
  'sabangnet-xml': sabangnetXml,
};

async function sabangnetXml(count: number): Promise<SourceFixture> {
  const dataDir = mkdtempSync(join(tmpdir(), 'boosta-source-'));
  const authKey = 'sandbox-key-7f3a';
  const standIn = await startSabangnetXmlHub({ dataDir, companyId: 'modamtteul', authKey });
  const day = { seed: 11, orders: count, date: '2026-11-20' };
  await post(standIn, '/admin/days', day);
  const settings = {
    baseUrl: standIn.url,
    companyId: 'modamtteul',
    authKey,
    malls: Object.fromEntries(Object.entries(MALL_NAMES).map(([channel, name]) => [name, channel])),
    timeoutMs: 1_000,
  };
  const now = Date.now();
  return {
    standIn,
    settings,
    wrongSecret: { settings: { ...settings, authKey: 'wrong-key-1c9e' }, secret: 'wrong-key-1c9e' },
    ordersEndpoint: 'orders',
    uploadsEndpoint: 'invoices',
    orders: generateDay(day),
    window: { from: new Date(now - 3_600_000), to: new Date(now + 3_600_000) },
    async emitBroken() {
      const bytes = { RECEIVE_NAME: Buffer.from([0xb1, 0xff]).toString('base64') };
      const { idx } = await post<{ idx: [string] }>(standIn, '/admin/records', { records: [{ bytes }] });
      return idx[0];
    },
    async trackingOf(order, line) {
      const { entries } = await ledgerOf(standIn);
      const entry = entries.find(({ key }) => key === `${order.channel}/${order.orderNumber}`);
      const found = entry?.lines.find(({ lineNumber }) => lineNumber === line.lineNumber);
      return found?.invoices.map(({ invoice }) => invoice) ?? [];
    },
    async stop() {
      await standIn.stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}

interface Ledger {
  readonly entries: readonly {
    readonly key: string;
    readonly lines: readonly {
      readonly idx: string;
      readonly lineNumber: string;
      readonly status: string;
      readonly invoices: readonly { readonly carrierCode: string; readonly invoice: string }[];
    }[];
  }[];
}

export async function ledgerOf(standIn: StandIn): Promise<Ledger> {
  const response = await fetch(`${standIn.adminUrl}/admin/ledger`);
  return (await response.json()) as Ledger;
}

export async function post<T = unknown>(standIn: StandIn, path: string, body: unknown): Promise<T> {
  const response = await fetch(standIn.adminUrl + path, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}
