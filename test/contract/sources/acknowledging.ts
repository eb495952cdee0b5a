import type { FetchedRecord } from '../../../activities/sources/source';
import { orderTold } from '../../support/told';
import type { Bench } from './bench';

export function describeAcknowledging(bench: Bench): void {
  const acknowledge = (recordIds: readonly string[]) => bench.source.acknowledge?.(recordIds);
  /** A source that cannot be asked for a record tells of it in the next window. */
  const newest = async (recordIds: readonly string[]): Promise<FetchedRecord[]> =>
    bench.source.reread?.(recordIds) ??
    (await bench.collect()).filter(({ recordId }) => recordIds.includes(recordId));
  const perCall = () => {
    const { acknowledges } = bench.source.capabilities;
    return typeof acknowledges === 'object' ? acknowledges.perCall : 0;
  };

  describe('acknowledging', () => {
    test('tells the source that we have the order', async () => {
      const { order, recordIds } = await bench.live();
      expect(await bench.market.isAcknowledged(order)).toBe(false);
      const replies = await acknowledge(recordIds);
      expect(replies?.map(({ outcome }) => outcome)).toEqual(recordIds.map(() => ({ kind: 'done' })));
      expect(await bench.market.isAcknowledged(order)).toBe(true);
    });

    test('can be repeated', async () => {
      const { recordIds } = await bench.live();
      await acknowledge(recordIds);
      const again = await acknowledge(recordIds);
      expect(again?.map(({ outcome }) => outcome)).toEqual(recordIds.map(() => ({ kind: 'done' })));
    });

    test('is refused for an order that was cancelled before', async () => {
      const { order, recordIds } = await bench.live();
      await bench.market.claim(order, 'cancellation');
      const replies = await acknowledge(recordIds);
      expect(replies?.map(({ outcome }) => outcome.kind)).toEqual(recordIds.map(() => 'refused'));
    });

    test('comes in no larger batches than the source takes', async () => {
      await expect(acknowledge(Array.from({ length: perCall() + 1 }, String))).rejects.toThrow(RangeError);
    });

    test('is unavailable or unknown, and never done, without an answer', async () => {
      const { recordIds } = await bench.live();
      await bench.fixture.standIn.setFaults([{ endpoint: '*', kind: 'down' }]);
      const replies = await acknowledge(recordIds);
      expect(replies?.map(({ outcome }) => outcome.kind)).toEqual(recordIds.map(() => 'not-received'));
    });

    test('is followed by the address that the customer chose last', async () => {
      const { order, recordIds } = await bench.live();
      await bench.market.moveTo(order, '부산광역시 해운대구 달맞이길 2');
      await acknowledge(recordIds);
      const now = await newest(recordIds);
      expect(now.map(({ recordId }) => recordId).sort()).toEqual([...recordIds].sort());
      for (const { body } of now)
        expect(orderTold(bench.source, body).recipient.address).toBe('부산광역시 해운대구 달맞이길 2');
    });
  });
}
