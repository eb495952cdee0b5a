import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateDay } from '../../../sandbox/generator/generate-day';
import { MALL_NAMES, startSabangnetXmlHub } from '../../../sandbox/hubs/sabangnet-xml';
import type { StandIn } from '../../../sandbox/stand-in/stand-in';
import { coupang } from './coupang';
import { ecount } from './ecount';
import { elevenst } from './elevenst';
import type { SourceFixture } from './fixture';
import { tell } from './marketplace-fixture';
import { naver } from './naver';
import { sabangnetV3 } from './sabangnet-v3';

/** One for each adapter of the registry; it knows the stand-in's own admin routes. */
export const sourceFixtures: Readonly<Record<string, (orders: number) => Promise<SourceFixture>>> = {
  'sabangnet-xml': sabangnetXml,
  coupang,
  elevenst,
  ecount,
  'sabangnet-v3': sabangnetV3,
  naver,
};

async function sabangnetXml(count: number): Promise<SourceFixture> {
  const dataDir = mkdtempSync(join(tmpdir(), 'boosta-source-'));
  const authKey = 'sandbox-key-7f3a';
  const standIn = await startSabangnetXmlHub({ dataDir, companyId: 'modamtteul', authKey });
  const day = { seed: 11, orders: count, date: '2026-11-20' };
  await tell(standIn, '/admin/days', day);
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
      const { idx } = await tell<{ idx: [string] }>(standIn, '/admin/records', { records: [{ bytes }] });
      return idx[0];
    },
    async trackingOf(order, line) {
      const { entries } = await ledgerOf(standIn);
      const entry = entries.find(({ key }) => key === `${order.channel}/${order.orderNumber}`);
      const found = entry?.lines.find(({ lineNumber }) => lineNumber === line.lineNumber);
      return found?.invoices.map(({ number }) => number) ?? [];
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
      readonly invoices: readonly { readonly carrierCode: string; readonly number: string }[];
    }[];
  }[];
}

export async function ledgerOf(standIn: StandIn): Promise<Ledger> {
  const response = await fetch(`${standIn.adminUrl}/admin/ledger`);
  return (await response.json()) as Ledger;
}
