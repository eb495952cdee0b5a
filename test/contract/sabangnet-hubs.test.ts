import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sabangnetV3 } from '../../activities/sources/sabangnet-v3/adapter';
import { sabangnetXml } from '../../activities/sources/sabangnet-xml/adapter';
import type { Source } from '../../activities/sources/source';
import { isClaim } from '../../domain/claim';
import { mergeParts } from '../../domain/merge-parts';
import type { OrderPart, StandardOrder } from '../../domain/order';
import { orderKey } from '../../domain/order-key';
import { startSabangnetV3Hub } from '../../sandbox/hubs/sabangnet-v3';
import { startSabangnetXmlHub } from '../../sandbox/hubs/sabangnet-xml';
import { toolsOfOne } from '../support/source-tools';
import { tell } from './sources/marketplace-fixture';
import { account } from './sources/sabangnet-v3';

async function ordersOf(source: Source): Promise<Map<string, StandardOrder>> {
  const parts = new Map<string, OrderPart[]>();
  const window = { from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 3_600_000) };
  for await (const { records } of source.fetchRecords(window))
    for (const { body } of records) {
      const told = source.decode(body);
      if (isClaim(told)) continue;
      const key = orderKey(told.channel, told.orderNumber);
      parts.set(key, [...(parts.get(key) ?? []), told]);
    }
  return new Map([...parts].map(([key, told]) => [key, inOrder(mergeParts(told))]));
}

function inOrder(order: StandardOrder): StandardOrder {
  return { ...order, lines: order.lines.toSorted((a, b) => Number(a.lineNumber) - Number(b.lineNumber)) };
}

test("an order is the same by either of Sabangnet's APIs, line for line and to the won", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'boosta-hubs-'));
  const xmlAccount = { companyId: 'modamtteul', authKey: 'sandbox-key-7f3a' };
  const xmlHub = await startSabangnetXmlHub({ dataDir: join(dataDir, 'xml'), ...xmlAccount });
  const v3Hub = await startSabangnetV3Hub({ dataDir: join(dataDir, 'v3'), ...account });
  for (const hub of [xmlHub, v3Hub])
    await tell(hub, '/admin/days', { seed: 7, orders: 40, date: '2026-11-19', channels: ['kakao'] });
  const xml = await sabangnetXml.connect(
    { baseUrl: xmlHub.url, ...xmlAccount, malls: { 카카오톡스토어: 'kakao' } },
    toolsOfOne(),
  );
  const v3 = await sabangnetV3.connect(
    { baseUrl: v3Hub.url, ...account, malls: { kakao: 'kakao' } },
    toolsOfOne(),
  );
  try {
    const byXml = await ordersOf(xml);
    const byV3 = await ordersOf(v3);
    expect(byV3.size).toBeGreaterThan(30);
    for (const [key, order] of byV3) expect([key, order]).toEqual([key, byXml.get(key)]);
  } finally {
    await Promise.all([xml.close(), v3.close(), xmlHub.stop(), v3Hub.stop()]);
    rmSync(dataDir, { recursive: true });
  }
});
