import { OutsideUnavailable } from '../../../activities/outcome';
import type { CreateOutcome, Wms } from '../../../activities/wms/wms';
import { FAULT_KINDS, type FaultKind } from '../../../sandbox/stand-in/faults';
import { createOne, options, TIMEOUT_MS, type WmsBench } from './bench';

/** A time-out has to be waited for; nothing else in the suite depends on it. */
const SHORT_MS = 300;

const EXPECTED: Record<FaultKind, readonly CreateOutcome['kind'][]> = {
  down: ['not-received'],
  slow: ['done'],
  'timeout-before': ['unknown'],
  'timeout-after': ['unknown'],
  '5xx-before': ['unknown'],
  '5xx-after': ['unknown'],
  '409-after': ['unknown', 'duplicate'],
  'reset-before': ['unknown'],
  'reset-after': ['unknown'],
  'broken-body': ['unknown'],
  '429': ['not-received'],
  'duplicate-delivery': ['done', 'duplicate'],
};

/** Each fault of the sandbox, and whether the adapter tells the truth under it. */
export function faultContract(bench: WmsBench, wms: () => Wms): void {
  const { ordersPerCall, onRepeat } = bench.adapter.capabilities;
  describe.each([...new Set([1, Math.min(3, ordersPerCall)])])('a call with %i orders', (count) => {
    it.each(FAULT_KINDS)('tells the truth under %s', async (kind) => {
      const orders = bench.orders(count);
      await createOne(wms(), bench.order());
      await bench.faults({
        endpoint: kind === 'down' ? '*' : 'create',
        kind,
        ms: kind === 'slow' ? 50 : undefined,
      });
      const timeoutMs = kind.startsWith('timeout') ? SHORT_MS : TIMEOUT_MS;
      const replies = await wms().create(orders, { ...options, timeoutMs });
      await bench.faults();
      expect(replies).toHaveLength(count);
      // Nobody has promised that it stays one.
      const made = onRepeat === 'not-promised' && kind === 'duplicate-delivery' ? 2 : 1;
      for (const [index, { code }] of orders.entries()) {
        const outcome = replies[index]?.outcome;
        expect(EXPECTED[kind]).toContain(outcome?.kind);
        const live = await bench.inLedger(code);
        if (outcome?.kind === 'done' || outcome?.kind === 'duplicate') expect(live).toHaveLength(made);
        // Whatever is told: it was sent once.
        expect(live.length).toBeLessThanOrEqual(made);
        if (outcome?.kind === 'refused' || outcome?.kind === 'not-received') expect(live).toEqual([]);
        if (kind === '429') expect(outcome).toMatchObject({ retryAfterMs: expect.any(Number) });
      }
    });
  });

  it('ends within its time-out, reading the answer included', async () => {
    await bench.faults({ endpoint: 'create', kind: 'slow', ms: 3_000 });
    const started = performance.now();
    expect((await createOne(wms(), bench.order(), SHORT_MS)).outcome.kind).toBe('unknown');
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  settleContract(bench, wms);

  it.each(['down', '5xx-before', 'reset-after', 'broken-body', '429'] as const)(
    'says under %s that a read brought nothing, not that there is nothing',
    async (kind) => {
      const order = bench.order();
      await createOne(wms(), order);
      await bench.faults({ endpoint: '*', kind });
      await expect(wms().lookup(order.code)).rejects.toThrow(OutsideUnavailable);
      await expect(wms().ordersSince(new Date())).rejects.toThrow(OutsideUnavailable);
      await expect(wms().shipmentsSince(bench.startedAt)).rejects.toThrow(OutsideUnavailable);
      if (wms().capabilities.stock !== 'none')
        await expect(wms().stock()).rejects.toThrow(OutsideUnavailable);
    },
  );
}

/** What the dispatch protocol does about an unknown outcome, by what the adapter promises. */
function settleContract(bench: WmsBench, wms: () => Wms): void {
  const { lookup, list, onRepeat } = bench.adapter.capabilities;
  const kinds = ['reset-before', 'reset-after', 'timeout-after', '5xx-after'] as const;
  async function unknownOrder(kind: (typeof kinds)[number]) {
    const order = bench.order();
    await bench.faults({ endpoint: 'create', kind, times: 1 });
    expect((await createOne(wms(), order, SHORT_MS)).outcome.kind).toBe('unknown');
    return order;
  }

  if (onRepeat !== 'not-promised')
    it.each(kinds)('leaves one live order when what %s made unknown is sent again', async (kind) => {
      const order = await unknownOrder(kind);
      expect(['done', 'duplicate']).toContain((await createOne(wms(), order)).outcome.kind);
      expect(await bench.inLedger(order.code)).toHaveLength(1);
      expect((await bench.ledger()).doubles).toEqual({});
    });

  if (lookup !== 'none' || list !== 'none')
    it.each(kinds)(
      'finds out by its look-up or its list what became of what %s made unknown',
      async (kind) => {
        const order = await unknownOrder(kind);
        const made = await bench.inLedger(order.code);
        expect(made).toHaveLength(kind === 'reset-before' ? 0 : 1);
        const found = made.map(({ reference, state }) => ({
          reference: bench.referenceFound(bench.referenceCreated(reference)),
          state,
        }));
        expect(await bench.find(wms(), order.code)).toEqual(found);
      },
    );
}
