import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StandardOrder } from '../../../domain/order';
import { generateDay } from '../../../sandbox/generator/generate-day';
import { startNaver } from '../../../sandbox/marketplaces/naver';
import type { SourceFixture } from './fixture';
import { booksOf, tell } from './marketplace-fixture';

const SECRET = '$2a$04$sandboxSandboxSandboxu';
const WRONG_SECRET = '$2a$04$wrongWrongWrongWrongWr';

export async function naver(count: number): Promise<SourceFixture> {
  const dataDir = mkdtempSync(join(tmpdir(), 'boosta-naver-'));
  const standIn = await startNaver({ dataDir, clientId: 'sandbox', clientSecret: SECRET });
  const day = { seed: 12, orders: count, date: '2026-11-20', channels: ['smartstore' as const] };
  await tell(standIn, '/admin/days', day);
  const settings = {
    baseUrl: `${standIn.url}/external`,
    clientId: 'sandbox',
    clientSecret: SECRET,
    // Several pages of one moment: they are told apart by moreSequence.
    pageSize: 40,
    timeoutMs: 1_000,
  };
  const now = Date.now();
  return {
    standIn,
    settings,
    wrongSecret: { settings: { ...settings, clientSecret: WRONG_SECRET }, secret: WRONG_SECRET },
    ordersEndpoint: 'details',
    uploadsEndpoint: 'dispatch',
    orders: generateDay(day),
    window: { from: new Date(now - 3_600_000), to: new Date(now + 3_600_000) },
    async emitBroken() {
      const { serial } = await tell<{ serial: number }>(standIn, '/admin/broken', {});
      const response = await fetch(`${standIn.adminUrl}/admin/ledger`);
      const { entries } = (await response.json()) as Ledger;
      return entries.find((entry) => entry.serial === serial)?.lines[0]?.lineNumber ?? '';
    },
    told: withSafeNumber,
    async expireSession() {
      await fetch(`${standIn.adminUrl}/admin/tokens`, { method: 'PUT' });
    },
    ...booksOf(standIn),
    async stop() {
      await standIn.stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}

interface Ledger {
  readonly entries: readonly {
    readonly serial: number;
    readonly lines: readonly { readonly lineNumber: string }[];
  }[];
}

/** Where the customer has a safe number, Naver tells no other. */
function withSafeNumber(order: StandardOrder): StandardOrder {
  const { phone, phone2 } = order.recipient;
  return { ...order, recipient: { ...order.recipient, phone: phone2 ?? phone, phone2: null } };
}
