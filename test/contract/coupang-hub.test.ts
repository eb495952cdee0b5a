import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sabangnetXml } from '../../activities/sources/sabangnet-xml/adapter';
import { omit } from '../../client/omit';
import { isClaim } from '../../domain/claim';
import { mergeParts } from '../../domain/merge-parts';
import type { OrderPart, StandardOrder } from '../../domain/order';
import { startSabangnetXmlHub } from '../../sandbox/hubs/sabangnet-xml';
import { toolsOfOne } from '../support/source-tools';
import { CoupangSetup, HOUR } from './coupang-setup';
import { tell } from './sources/marketplace-fixture';

const coupang = CoupangSetup.forEachTest();

/** What makes it the same order, and the same goods: the safe number, say, only Coupang itself puts first. */
function essence({ key, orderedAt, shippingFee, lines }: StandardOrder) {
  const told = lines.map((line) => omit(line, 'listing'));
  return {
    key,
    orderedAt,
    shippingFee,
    lines: told.sort((a, b) => a.lineNumber.localeCompare(b.lineNumber)),
  };
}

test('an order is the same by the hub and by Coupang itself, line for line and to the won', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'boosta-coupang-hub-'));
  const account = { companyId: 'modamtteul', authKey: 'sandbox-key-7f3a' };
  const hub = await startSabangnetXmlHub({ dataDir, ...account });
  const day = { seed: 13, orders: 40, date: '2026-11-20', channels: ['coupang'] };
  await tell(hub, '/admin/days', day);
  await coupang.emit(40);
  const source = await sabangnetXml.connect(
    { baseUrl: hub.url, ...account, malls: { 쿠팡: 'coupang' } },
    toolsOfOne(),
  );
  try {
    const parts = new Map<string, OrderPart[]>();
    const window = { from: new Date(Date.now() - HOUR), to: new Date(Date.now() + HOUR) };
    for await (const { records } of source.fetchRecords(window))
      for (const { body } of records) {
        const told = source.decode(body);
        if (!isClaim(told)) parts.set(told.orderNumber, [...(parts.get(told.orderNumber) ?? []), told]);
      }
    const live = await coupang.live();
    expect(live.length).toBeGreaterThan(30);
    for (const { order } of live)
      expect(essence(mergeParts(parts.get(order.orderNumber) ?? []))).toEqual(essence(order));
  } finally {
    await source.close();
    await hub.stop();
    rmSync(dataDir, { recursive: true });
  }
});
