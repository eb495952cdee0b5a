import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Channel } from '../../../sandbox/catalogue';
import { generateDay } from '../../../sandbox/generator/generate-day';
import { MALL_NAMES, startSabangnetV3Hub } from '../../../sandbox/hubs/sabangnet-v3';
import type { SourceFixture } from './fixture';
import { booksOf, tell } from './marketplace-fixture';

/** The stand-in's account; a bcrypt salt of the lowest cost. */
export const account = {
  clientCd: 'sandbox-client',
  clientSecret: '$2a$04$SandboxSandboxSandboxu',
  svcAcntId: 'mw000001',
};

export const malls = Object.fromEntries(Object.entries(MALL_NAMES).map(([channel, name]) => [name, channel]));

const channels: Channel[] = ['lotteon', 'ssg'];

export async function sabangnetV3(count: number): Promise<SourceFixture> {
  const dataDir = mkdtempSync(join(tmpdir(), 'boosta-source-'));
  const standIn = await startSabangnetV3Hub({ dataDir, ...account });
  const day = { seed: 11, orders: count, date: '2026-11-20', channels };
  await tell(standIn, '/admin/days', day);
  const settings = { baseUrl: standIn.url, ...account, malls, perPage: 50, timeoutMs: 1_000 };
  const wrong = '$2a$04$WrongWrongWrongWrongWu';
  const now = Date.now();
  return {
    standIn,
    settings,
    wrongSecret: { settings: { ...settings, clientSecret: wrong }, secret: wrong },
    ordersEndpoint: 'orders',
    uploadsEndpoint: 'invoices',
    orders: generateDay(day),
    window: { from: new Date(now - 3_600_000), to: new Date(now + 3_600_000) },
    ...booksOf(standIn),
    async emitBroken() {
      const { serial } = await tell<{ serial: number }>(standIn, '/admin/broken', {});
      return String(2_000_000_000 + serial * 100);
    },
    async expireSession() {
      await tell(standIn, '/admin/tokens/expire', {});
    },
    async stop() {
      await standIn.stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}
