import type { ClaimAnswer, FetchedRecord } from '../../../activities/sources/source';
import { type Claim, isClaim } from '../../../domain/claim';
import type { EmittedOrder } from '../../../sandbox/generator/generate-day';
import { type Bench, keyOf } from './bench';

export function describeClaiming(bench: Bench): void {
  /** An order that is ours, with a claim of some of its units on it. */
  async function claimed(): Promise<{ order: EmittedOrder; record: FetchedRecord; claim: Claim }> {
    const { order, recordIds } = await bench.live();
    await bench.source.acknowledge?.(recordIds);
    const [line] = order.lines;
    await bench.market.claim(order, 'cancellation', [{ lineNumber: line?.lineNumber ?? '', quantity: 1 }]);
    for (const record of await bench.collect()) {
      const told = bench.source.decode(record.body);
      if (isClaim(told) && told.orderNumber === order.orderNumber) return { order, record, claim: told };
    }
    throw new Error(`No record tells of the claim on ${keyOf(order)}`);
  }
  const answer = ({ recordId, body }: FetchedRecord, given: ClaimAnswer['answer']) =>
    bench.source.answerClaim?.({ recordId, body, answer: given });
  const shipped = {
    kind: 'shipped',
    carrier: 'cj',
    trackingNumber: '600000000011',
    shippedAt: new Date(),
  } as const;

  describe('a claim', () => {
    test('names the units that the customer wants no more', async () => {
      const { order, claim } = await claimed();
      expect(claim).toMatchObject({ kind: 'cancellation', state: 'requested' });
      expect(claim.lines).toEqual([{ lineNumber: order.lines[0]?.lineNumber, quantity: 1 }]);
    });

    test('that came in time is settled by our answer', async () => {
      const { order, record } = await claimed();
      expect((await answer(record, { kind: 'stopped' }))?.outcome).toEqual({ kind: 'done' });
      expect(await bench.market.claimsOf(order)).toEqual([{ state: 'done', answered: true }]);
    });

    test('that came too late is turned down with the tracking number', async () => {
      const { order, record } = await claimed();
      expect((await answer(record, shipped))?.outcome).toEqual({ kind: 'done' });
      expect(await bench.market.claimsOf(order)).toEqual([{ state: 'withdrawn', answered: true }]);
    });

    test('can be answered again', async () => {
      const { record } = await claimed();
      for (let time = 0; time < 2; time += 1)
        expect((await answer(record, { kind: 'stopped' }))?.outcome).toEqual({ kind: 'done' });
    });

    test('was not answered while the source is down', async () => {
      const { record } = await claimed();
      await bench.fixture.standIn.setFaults([{ endpoint: '*', kind: 'down' }]);
      expect((await answer(record, { kind: 'stopped' }))?.outcome.kind).toBe('not-received');
    });
  });
}
