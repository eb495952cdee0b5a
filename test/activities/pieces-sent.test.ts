import fc from 'fast-check';
import { tryDispatchOrder } from '../../activities/dispatch-order';
import { matchOrder } from '../../activities/match-order';
import { saveConfiguration } from '../../db/queries/configurations';
import { saveMatch } from '../../db/queries/match-versions';
import { inTransaction } from '../../db/transaction';
import { orderOf } from '../support/deal-orders';
import { type House, openHouse } from '../support/house';
import { liveOf } from './dispatch-oracle';

const COMMAND = { by: 'kim', reason: 'as the wording says' };
/** What the sandbox's warehouse stocks most of. */
const ITEMS = ['MD-KIM-01', 'MD-KIM-02', 'MD-SUP-01'] as const;
const CONFIGURATIONS = 5;
const OPTIONS = ['작은 것', '큰 것', '섞은 것'] as const;

interface Contents {
  readonly items: readonly { readonly itemCode: string; readonly quantity: number }[];
  readonly bundles: readonly { readonly configuration: string; readonly quantity: number }[];
}

/** What is put into a configuration: items, and any that come before it, so that none holds itself. */
const edit = fc
  .record({
    index: fc.nat({ max: CONFIGURATIONS - 1 }),
    items: fc.uniqueArray(
      fc.record({ itemCode: fc.constantFrom(...ITEMS), quantity: fc.integer({ min: 1, max: 2 }) }),
      { selector: ({ itemCode }) => itemCode, minLength: 1, maxLength: 2 },
    ),
    holds: fc.uniqueArray(
      fc.record({ part: fc.nat({ max: CONFIGURATIONS - 1 }), quantity: fc.integer({ min: 1, max: 2 }) }),
      { selector: ({ part }) => part, maxLength: 2 },
    ),
  })
  .map(({ index, items, holds }) => ({ index, items, holds: holds.filter(({ part }) => part < index) }));

const steps = fc.array(
  fc.oneof(
    fc.record({ edit }),
    fc.record({ decide: fc.constantFrom(...OPTIONS), index: fc.nat({ max: CONFIGURATIONS - 1 }) }),
    fc.record({
      order: fc.array(
        fc.record({ option: fc.constantFrom(...OPTIONS), units: fc.integer({ min: 1, max: 3 }) }),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
    }),
  ),
  { minLength: 3, maxLength: 10 },
);

/** Counted by the warehouse's own ledger, against configurations laid down piece by piece in a model. */
describe('what is sent of an order', () => {
  let house: House;
  let made = 0;
  beforeAll(async () => {
    house = await openHouse();
    // So much that none of it is ever short.
    await house.database.pool.query('UPDATE stock SET on_hand = 1000000');
  });
  afterAll(() => house.close());

  it('is to the piece what the configurations came to when it was matched, however nested, by option and units', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        made += 1;
        const deal = { channel: 'coupang', deal: `속속들이 ${made}` };
        const codeOf = (index: number) => `C-DEEP-${made}-${index}`;
        const model = new Map<string, Contents>();
        const decided = new Map<string, string>();
        const put = async (
          index: number,
          items: Contents['items'],
          holds: { part: number; quantity: number }[],
        ) => {
          const code = codeOf(index);
          const bundles = holds.map(({ part, quantity }) => ({ configuration: codeOf(part), quantity }));
          model.set(code, { items, bundles });
          await inTransaction(house.database, (tx) =>
            saveConfiguration(tx, { code, name: code, items, bundles }),
          );
        };
        const layDown = (code: string): string[] => {
          const { items = [], bundles = [] } = model.get(code) ?? {};
          return [
            ...items.flatMap(({ itemCode, quantity }) => Array<string>(quantity).fill(itemCode)),
            ...bundles.flatMap((held) =>
              Array.from({ length: held.quantity }, () => layDown(held.configuration)).flat(),
            ),
          ];
        };
        const decide = async (option: string, index: number) => {
          decided.set(option, codeOf(index));
          await inTransaction(house.database, (tx) =>
            saveMatch(tx, { ...deal, option }, codeOf(index), COMMAND),
          );
        };
        for (let index = 0; index < CONFIGURATIONS; index += 1)
          await put(index, [{ itemCode: ITEMS[index % ITEMS.length] ?? '', quantity: 1 }], []);
        for (const [index, option] of OPTIONS.entries()) await decide(option, index);

        for (const step of all) {
          if ('edit' in step) await put(step.edit.index, step.edit.items, step.edit.holds);
          if ('decide' in step) await decide(step.decide, step.index);
          if (!('order' in step)) continue;
          const lines = step.order.map((line) => ({ ...line, deal: deal.deal }));
          const key = await orderOf(house.database, deal.channel, lines);
          expect(await matchOrder(house.deps, key)).toEqual({ stage: 'matched' });
          const wanted = lines.flatMap(({ option, units }) =>
            Array.from({ length: units }, () => layDown(decided.get(option) ?? '')).flat(),
          );
          // What is changed after it was matched is not for it.
          await put(0, [{ itemCode: ITEMS[0], quantity: 9 }], []);
          expect((await tryDispatchOrder(house.deps, key)).stage).toBe('dispatched');
          const [sent, ...others] = await liveOf(house, key);
          expect(others).toEqual([]);
          expect(countOf((sent?.items ?? []).map((item) => [item.itemCode, item.quantity]))).toEqual(
            countOf(wanted.map((itemCode) => [itemCode, 1])),
          );
        }
      }),
      { numRuns: 15, interruptAfterTimeLimit: 90_000, endOnFailure: true },
    );
  });
});

function countOf(pieces: readonly (readonly [string, number])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [item, quantity] of pieces) counts.set(item, (counts.get(item) ?? 0) + quantity);
  return new Map([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
