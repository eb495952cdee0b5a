import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StandardOrder } from '../../../domain/order';
import { generateDay } from '../../../sandbox/generator/generate-day';
import { startCoupang } from '../../../sandbox/marketplaces/coupang';
import type { SourceFixture } from './fixture';
import { booksOf, tell } from './marketplace-fixture';

const ACCOUNT = { vendorId: 'A00000001', accessKey: 'sandbox-access', secretKey: 'sandbox-secret-5d21' };
const WRONG_SECRET = 'wrong-secret-8e30';

export async function coupang(count: number): Promise<SourceFixture> {
  const dataDir = mkdtempSync(join(tmpdir(), 'boosta-coupang-'));
  const standIn = await startCoupang({ dataDir, ...ACCOUNT });
  const day = { seed: 13, orders: count, date: '2026-11-20', channels: ['coupang' as const] };
  await tell(standIn, '/admin/days', day);
  // Several questions for one window, each a place to go on from.
  const settings = { baseUrl: standIn.url, ...ACCOUNT, sliceMinutes: 60, timeoutMs: 1_000 };
  const now = Date.now();
  return {
    standIn,
    settings,
    wrongSecret: { settings: { ...settings, secretKey: WRONG_SECRET }, secret: WRONG_SECRET },
    ordersEndpoint: 'ordersheets',
    uploadsEndpoint: 'invoices',
    orders: generateDay(day),
    window: { from: new Date(now - 3_600_000), to: new Date(now + 3_600_000) },
    async emitBroken() {
      const { serial } = await tell<{ serial: number }>(standIn, '/admin/broken', {});
      return `box-${642_538_970_000_000_000n + BigInt(serial * 10)}`;
    },
    told: withSafeNumber,
    ...booksOf(standIn),
    async stop() {
      await standIn.stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}

/** Where the customer has a safe number, Coupang tells no other. */
function withSafeNumber(order: StandardOrder): StandardOrder {
  const { phone, phone2 } = order.recipient;
  return { ...order, recipient: { ...order.recipient, phone: phone2 ?? phone, phone2: null } };
}
