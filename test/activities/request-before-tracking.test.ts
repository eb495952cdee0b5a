import { acknowledgeOrder } from '../../activities/acknowledge-order';
import { answerClaims } from '../../activities/answer-claims';
import { cancelOrder } from '../../activities/cancel-order';
import { collectWindow } from '../../activities/collect-orders';
import { matchOrder } from '../../activities/match-order';
import { normalizeOrder } from '../../activities/normalize-order';
import { OutsideUnavailable } from '../../activities/outcome';
import { recordSale } from '../../activities/record-sale';
import { tryUploadTracking, uploadTracking } from '../../activities/upload-tracking';
import { claimsOfOrder } from '../../db/queries/claims';
import { shipmentsOf } from '../../db/queries/shipments';
import { CONNECTIONS } from '../../sandbox/seed';
import { type House, openHouse } from '../support/house';
import { atTheWms, ship } from './parcels';

/** Those that take no tracking number while a customer's request waits for its answer. */
const SOURCES = ['coupang', 'elevenst'] as const;
type SourceId = (typeof SOURCES)[number];

describe('a request to cancel what has left, and whose tracking number is not told yet', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  }, 60_000);
  afterAll(() => house.close());

  const db = () => house.database.db;

  async function collect(source: SourceId): Promise<void> {
    const now = Date.now();
    const window = { from: new Date(now - 3_600_000), to: new Date(now + 60_000) };
    await collectWindow(house.deps, source, window, 'run');
  }

  let days = 0;
  /** An order that has left its warehouse and is booked. */
  async function booked(source: SourceId): Promise<string> {
    days += 1;
    await house.admin(source, 'POST', '/days', { seed: 5_601 + days, orders: 12, overSeconds: 0 });
    const before = house.journeys.started.length;
    await collect(source);
    for (const key of house.journeys.started.slice(before)) {
      await acknowledgeOrder(house.deps, key);
      await normalizeOrder(house.deps, key);
      if ((await matchOrder(house.deps, key)).stage !== 'matched') continue;
      const order = await atTheWms(house, key);
      if (order.wms !== CONNECTIONS.wms) continue;
      await ship(house, order);
      await recordSale(house.deps, key);
      return key;
    }
    throw new Error(`no order of ${source} could be sent`);
  }

  it.each(SOURCES)('is answered first, and then the number is told: %s', async (source) => {
    const key = await booked(source);
    const orderNumber = key.split('/')[1] ?? '';
    await house.admin(source, 'POST', '/claims', { orderNumber, kind: 'cancellation' });
    await expect(tryUploadTracking(house.deps, key)).resolves.toEqual({ stage: 'booked', waiting: 'retry' });
    await expect(uploadTracking(house.deps, key)).rejects.toThrow(OutsideUnavailable);

    await collect(source);
    await expect(uploadTracking(house.deps, key)).resolves.toEqual({ stage: 'collected' });
    const { waiting, upTo = 0 } = await normalizeOrder(house.deps, key);
    expect(waiting).toBe('cancellation');
    await cancelOrder(house.deps, key, { by: 'channel', reason: 'The customer cancelled', upTo });
    await answerClaims(house.deps, source);
    for (const claim of await claimsOfOrder(db(), key))
      expect(claim).toMatchObject({ outcome: 'too late', answer: 'done' });
    await expect(uploadTracking(house.deps, key)).resolves.toEqual({ stage: 'done' });
    expect(await shipmentsOf(db(), key)).toMatchObject([{ upload: 'done' }]);
  });

  it('is answered by its own record, whatever was told since, and also where another cannot be read', async () => {
    const [first, unreadable] = [await booked('coupang'), await booked('coupang')];
    for (const key of [first, unreadable])
      await house.admin('coupang', 'POST', '/claims', {
        orderNumber: key.split('/')[1],
        kind: 'cancellation',
      });
    await collect('coupang');
    for (const key of [first, unreadable]) {
      const { upTo = 0 } = await normalizeOrder(house.deps, key);
      await cancelOrder(house.deps, key, { by: 'channel', reason: 'The customer cancelled', upTo });
    }
    const [claim] = await claimsOfOrder(db(), unreadable);
    await house.database.pool.query(
      `INSERT INTO raw_record (connection_id, record_id, content_hash, body, order_key, follows, received_at)
       VALUES ('coupang', ?, 'another', '{}', ?, 1, now(6))`,
      [claim?.recordId, unreadable],
    );
    await booked('elevenst');

    await answerClaims(house.deps, 'coupang');
    expect(await claimsOfOrder(db(), first)).toMatchObject([{ answer: 'done' }]);
    expect(await claimsOfOrder(db(), unreadable)).toMatchObject([
      { answer: 'refused', answerReason: expect.stringContaining('cannot be read') as string },
    ]);
    const { claims } = (await house.admin('coupang', 'GET', '/ledger')) as {
      claims: readonly { key: string; state: string }[];
    };
    expect(claims.filter(({ key }) => key === first)).toMatchObject([{ state: 'withdrawn' }]);
    expect(claims.filter(({ key }) => key === unreadable)).toMatchObject([{ state: 'requested' }]);
  });
});
