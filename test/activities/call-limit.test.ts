import { sendUnderLimit } from '../benchmarks/call-limit';

describe('a WMS that allows 40 calls a minute', () => {
  const wms = { orders: 5_000, callsPerMinute: 40, inHand: 200, callMs: 800 };

  it('gets 5,000 orders in minutes where it takes 100 a call, and in hours where it takes one', async () => {
    const together = await sendUnderLimit({ ...wms, ordersPerCall: 100 });
    const oneByOne = await sendUnderLimit({ ...wms, ordersPerCall: 1 });
    expect(together.ordersPerCall).toBeGreaterThan(50);
    expect(together.seconds).toBeLessThan(150);
    expect(oneByOne.seconds).toBeGreaterThan(5_000 * (60 / 41));
    expect(oneByOne.seconds).toBeLessThan(5_000 * (60 / 38));
  });
});
