import { isClaim } from '../../../domain/claim';
import { orderTold } from '../../support/told';
import type { Bench } from './bench';

export function describeStocking(bench: Bench): void {
  async function someListing(): Promise<string> {
    const records = await bench.collect();
    for (const { body } of records) {
      if (isClaim(bench.source.decode(body))) continue;
      const listing = orderTold(bench.source, body).lines.find((line) => line.listing !== null)?.listing;
      if (listing !== undefined && listing !== null) return listing;
    }
    throw new Error('No line tells its listing');
  }
  const push = async (listing: string, quantity: number) => {
    const [reply] = (await bench.source.pushStock?.([{ listing, quantity }])) ?? [];
    return reply?.outcome;
  };

  describe('stock', () => {
    test('that is told is what the channel sells, also at nothing left', async () => {
      const listing = await someListing();
      for (const quantity of [7, 0]) {
        expect(await push(listing, quantity)).toEqual({ kind: 'done' });
        expect(await bench.market.stockOf(listing)).toBe(quantity);
      }
    });

    test('of a listing that the channel does not know is refused', async () => {
      expect((await push('999', 1))?.kind).toBe('refused');
    });

    test('was not told while the source is down', async () => {
      const listing = await someListing();
      await bench.fixture.standIn.setFaults([{ endpoint: '*', kind: 'down' }]);
      expect((await push(listing, 1))?.kind).toBe('not-received');
    });
  });
}
