import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StandardOrder } from '../../../domain/order';
import { seoulDay, seoulTime } from '../../../domain/seoul';
import { generateDay } from '../../../sandbox/generator/generate-day';
import { startEcount } from '../../../sandbox/marketplaces/ecount';
import type { SourceFixture } from './fixture';
import { booksOf, tell } from './marketplace-fixture';

/** 이카운트 ERP: it knows an order's day only, and nothing of what was cancelled before it was typed in. */
export async function ecount(count: number): Promise<SourceFixture> {
  const dataDir = mkdtempSync(join(tmpdir(), 'boosta-ecount-'));
  const account = { comCode: '80001', userId: 'modamtteul', certKey: 'sandbox-cert-2ce8' };
  const standIn = await startEcount({ dataDir, ...account, settings: { loginEveryMs: 0 } });
  const day = { seed: 13, orders: count, date: '2026-11-20', channels: ['groupbuy'] as const };
  const { startedAt } = await tell<{ startedAt: number }>(standIn, '/admin/days', day);
  const today = seoulDay(new Date(startedAt));
  const settings = { baseUrl: standIn.url, zonedUrl: standIn.url, ...account, timeoutMs: 1_000 };
  return {
    standIn,
    settings,
    wrongSecret: { settings: { ...settings, certKey: 'wrong-cert-77a0' }, secret: 'wrong-cert-77a0' },
    ordersEndpoint: 'list',
    uploadsEndpoint: 'list',
    orders: generateDay(day),
    window: { from: new Date(startedAt - 3_600_000), to: new Date(startedAt + 3_600_000) },
    async emitBroken() {
      const { serial } = await tell<{ serial: number }>(standIn, '/admin/broken', {});
      return `${today.replaceAll('-', '')}-${serial}-1`;
    },
    told: (order: StandardOrder) => ({
      ...order,
      orderedAt: seoulTime(today),
      lines: order.lines.filter((line) => line.cancelledQuantity < line.quantity),
    }),
    expireSession: async () => {
      await tell(standIn, '/admin/expire', {});
    },
    ...booksOf(standIn),
    async stop() {
      await standIn.stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}
