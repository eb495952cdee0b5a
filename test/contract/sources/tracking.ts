import type { Reply, TrackingUpload } from '../../../activities/sources/source';
import type { EmittedOrder } from '../../../sandbox/generator/generate-day';
import type { Bench } from './bench';

const parcel = (recordIds: readonly string[], trackingNumber: string): TrackingUpload => ({
  recordIds,
  carrier: 'cj',
  trackingNumber,
  shippedAt: new Date(),
});

/** A parcel goes out of an order that the source knows we have. */
async function ready(bench: Bench): Promise<{ order: EmittedOrder; recordIds: string[] }> {
  const live = await bench.live();
  await bench.source.acknowledge?.(live.recordIds);
  return live;
}

export function describeTracking(bench: Bench): void {
  const upload = async (recordIds: readonly string[], number: string): Promise<Reply | undefined> => {
    const [reply] = await bench.source.uploadTracking([parcel(recordIds, number)]);
    return reply;
  };
  const trackingOf = (order: EmittedOrder) =>
    Promise.all(order.lines.map((line) => bench.fixture.trackingOf(order, line)));
  const strikeUploads = (kind: 'duplicate-delivery' | 'reset-after' | '429', times?: number) =>
    bench.fixture.standIn.setFaults([
      { endpoint: bench.fixture.uploadsEndpoint, kind, ...(times === undefined ? {} : { times }) },
    ]);

  describe('tracking', () => {
    test('reaches every line of the parcel', async () => {
      const { order, recordIds } = await ready(bench);
      expect((await upload(recordIds, '600000000001'))?.outcome).toEqual({ kind: 'done' });
      expect(await trackingOf(order)).toEqual(order.lines.map(() => ['600000000001']));
    });

    test('can be uploaded again', async () => {
      const { order, recordIds } = await ready(bench);
      for (const number of ['600000000001', '600000000001'])
        expect((await upload(recordIds, number))?.outcome).toEqual({ kind: 'done' });
      for (const numbers of await trackingOf(order)) expect(numbers.at(-1)).toBe('600000000001');
    });

    if (bench.adapter.capabilities.correctsTracking)
      test('can be corrected', async () => {
        const { order, recordIds } = await ready(bench);
        for (const number of ['600000000001', '600000000002'])
          expect((await upload(recordIds, number))?.outcome).toEqual({ kind: 'done' });
        for (const numbers of await trackingOf(order)) expect(numbers.at(-1)).toBe('600000000002');
      });

    test('is registered once when a request is acted on twice', async () => {
      const { order, recordIds } = await ready(bench);
      await strikeUploads('duplicate-delivery');
      expect((await upload(recordIds, '600000000001'))?.outcome).toEqual({ kind: 'done' });
      for (const numbers of await trackingOf(order))
        expect(new Set(numbers)).toEqual(new Set(['600000000001']));
    });

    test('comes in no larger batches than the source takes', async () => {
      const tooMany = Array.from({ length: bench.source.capabilities.uploadsPerCall + 1 }, () =>
        parcel(['1'], '600000000001'),
      );
      await expect(bench.source.uploadTracking(tooMany)).rejects.toThrow(RangeError);
      expect(await bench.source.uploadTracking([])).toEqual([]);
    });

    test('is answered for each parcel', async () => {
      const { recordIds } = await ready(bench);
      const together = [
        parcel([unknownRecord(recordIds)], '600000000003'),
        parcel(recordIds, '600000000004'),
      ];
      const perCall = bench.source.capabilities.uploadsPerCall;
      const replies =
        perCall > 1
          ? await bench.source.uploadTracking(together)
          : (await Promise.all(together.map((one) => bench.source.uploadTracking([one])))).flat();
      expect(replies.map(({ outcome }) => outcome.kind)).toEqual(['refused', 'done']);
    });

    test('is unknown when the answer is lost, and done when it is sent again', async () => {
      const { recordIds } = await ready(bench);
      await strikeUploads('reset-after', 1);
      expect((await upload(recordIds, '600000000005'))?.outcome.kind).toBe('unknown');
      expect((await upload(recordIds, '600000000005'))?.outcome.kind).toBe('done');
    });

    test('was not received when the source has enough of us, or is down', async () => {
      const { recordIds } = await ready(bench);
      await strikeUploads('429');
      expect((await upload(recordIds, '600000000006'))?.outcome.kind).toBe('not-received');
      await bench.fixture.standIn.setFaults([{ endpoint: '*', kind: 'down' }]);
      expect((await upload(recordIds, '600000000006'))?.outcome.kind).toBe('not-received');
    });

    test('leaves evidence without the secret', async () => {
      const { recordIds } = await ready(bench);
      const reply = await upload(recordIds, '600000000007');
      const { settings, wrongSecret } = bench.fixture;
      const [name] = Object.keys(settings).filter((key) => settings[key] !== wrongSecret.settings[key]);
      expect(reply?.exchange.request).toContain('600000000007');
      expect(JSON.stringify(reply?.exchange)).not.toContain(String(settings[name ?? '']));
    });
  });
}

/** A record's number that the source never gave, in the same form. */
function unknownRecord([known = '1']: readonly string[]): string {
  return known.replace(/\d(?=\D*$)/, '').replace(/\d/g, '9');
}
