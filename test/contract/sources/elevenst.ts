import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StandardOrder } from '../../../domain/order';
import { generateDay } from '../../../sandbox/generator/generate-day';
import { startElevenst } from '../../../sandbox/marketplaces/elevenst';
import type { SourceFixture } from './fixture';
import { booksOf, tell } from './marketplace-fixture';

/** 11번가: what was cancelled before anybody saw it is in no list of orders any more. */
export async function elevenst(count: number): Promise<SourceFixture> {
  const dataDir = mkdtempSync(join(tmpdir(), 'boosta-elevenst-'));
  const apiKey = 'sandbox-key-5b21';
  const standIn = await startElevenst({ dataDir, apiKey });
  const day = { seed: 12, orders: count, date: '2026-11-20', channels: ['11st'] as const };
  await tell(standIn, '/admin/days', day);
  const settings = { baseUrl: standIn.url, apiKey, timeoutMs: 1_000 };
  const now = Date.now();
  return {
    standIn,
    settings,
    wrongSecret: { settings: { ...settings, apiKey: 'wrong-key-90d4' }, secret: 'wrong-key-90d4' },
    ordersEndpoint: 'complete',
    uploadsEndpoint: 'reqdelivery',
    orders: generateDay(day),
    window: { from: new Date(now - 3_600_000), to: new Date(now + 3_600_000) },
    async emitBroken() {
      const { serial } = await tell<{ serial: number }>(standIn, '/admin/broken', {});
      return `20990101${String(serial).padStart(7, '0')}-1-${1_420_000_000 + serial}-single-N-null`;
    },
    told: (order: StandardOrder) => ({
      ...order,
      lines: order.lines.filter((line) => line.cancelledQuantity < line.quantity),
    }),
    ...booksOf(standIn),
    async stop() {
      await standIn.stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}
