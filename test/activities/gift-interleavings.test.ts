import { and, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { cancelOrder } from '../../activities/cancel-order';
import type { Deps } from '../../activities/deps';
import { tryDispatchOrder } from '../../activities/dispatch-order';
import { WmsUnavailable } from '../../activities/failures';
import { matchOrder } from '../../activities/match-order';
import { changeGiftRule, endGifts } from '../../client/use-cases/gift-rules';
import { listGiftRules } from '../../db/queries/gift-rules';
import { saveMatch } from '../../db/queries/match-versions';
import { gift, order, orderLine } from '../../db/schema';
import { inTransaction } from '../../db/transaction';
import { orderOf } from '../support/deal-orders';
import { giving, ONE_FOR_ALL } from '../support/gift-rules';
import { type House, openHouse } from '../support/house';

const KIM = { by: 'kim', reason: 'test' };
const DEAL = { channel: 'coupang', deal: '김 세트', option: '1개' };

/** What happens to one of the orders there are; those of one step happen at the same time. */
type Event =
  | { readonly what: 'order'; readonly name: string; readonly units: number }
  | { readonly what: 'cancel' | 'send' | 'match'; readonly of: number }
  | { readonly what: 'limit'; readonly firstN: number };
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant('order' as const),
      name: fc.constantFrom('하나', '둘', '셋'),
      units: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constantFrom('cancel' as const, 'send' as const, 'match' as const),
      of: fc.nat(20),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('limit' as const), firstN: fc.integer({ min: 1, max: 3 }) }),
  },
);
const steps = fc.array(fc.array(event, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 6 });

describe('whatever happens to orders at the same time', () => {
  let house: House;
  let workers: readonly Deps[];
  beforeAll(async () => {
    house = await openHouse();
    workers = [house.deps, house.anotherWorker()];
    await inTransaction(house.database, (tx) => saveMatch(tx, DEAL, 'C-KIM-4', KIM));
  });
  afterAll(() => house.close());
  const db = () => house.database.db;

  it('no more get a gift than its rule says, no receiver twice, and nothing is paid for it', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 3 }), async (all, firstN) => {
        const first = await giving(house.database, {
          firstN,
          quantityFrom: 2,
          priority: 1,
          stacking: 'alone',
        });
        const once = await giving(house.database, { oncePerReceiver: true });
        await giving(house.database, {});
        const keys: string[] = [];
        let most = firstN;
        const happen = async (what: Event, deps: Deps): Promise<void> => {
          if (what.what === 'limit') {
            const [rule] = await listGiftRules(db(), first);
            most = Math.max(most, what.firstN);
            const terms = {
              ...ONE_FOR_ALL,
              firstN: what.firstN,
              quantityFrom: 2,
              priority: 1,
              stacking: 'alone' as const,
            };
            if (rule !== undefined)
              await changeGiftRule(house.database, rule, terms, KIM).catch((error: Error) => {
                if (!error.message.includes('meanwhile')) throw error;
              });
            return;
          }
          if (what.what === 'order') {
            const lines = [{ ...DEAL, units: what.units }];
            const key = await orderOf(house.database, 'coupang', lines, new Date(), what.name);
            keys.push(key);
            await matchOrder(deps, key);
            return;
          }
          const key = keys[what.of % Math.max(1, keys.length)];
          if (key === undefined) return;
          if (what.what === 'match') await matchOrder(deps, key);
          if (what.what === 'send') await tryDispatchOrder(deps, key);
          if (what.what === 'cancel')
            await cancelOrder(deps, key, KIM).catch((error: unknown) => {
              if (!(error instanceof WmsUnavailable)) throw error;
            });
        };
        for (const together of all) {
          await Promise.all(together.map((each, index) => happen(each, workers[index % 2] ?? house.deps)));
          const given = await expectSound(first, once);
          expect(given).toBeLessThanOrEqual(most);
        }
        for (const { id, version, endedAt } of await listGiftRules(db()))
          if (endedAt === null) await endGifts(house.database, { id, version }, KIM);
      }),
      { numRuns: 12 },
    );
  });

  /** @returns to how many the limited rule gives. */
  async function expectSound(first: number, once: number): Promise<number> {
    const rows = await db()
      .select({
        ruleId: gift.ruleId,
        receiver: gift.receiver,
        orderKey: gift.orderKey,
        stage: order.stage,
        units: orderLine.quantity,
        cancelled: orderLine.cancelledQuantity,
        dispatched: orderLine.dispatchedQuantity,
        paid: orderLine.amount,
      })
      .from(gift)
      .innerJoin(order, eq(order.key, gift.orderKey))
      .innerJoin(orderLine, eq(orderLine.key, gift.lineKey))
      .where(and(eq(gift.state, 'given')));
    const of = (rule: number) => rows.filter(({ ruleId }) => ruleId === rule);
    for (const rule of await listGiftRules(db())) expect(rule.given).toBe(of(rule.id).length);
    const receivers = of(once).map(({ receiver }) => receiver);
    expect(new Set(receivers).size).toBe(receivers.length);
    expect(receivers).not.toContain(null);
    const alone = new Set(of(first).map(({ orderKey }) => orderKey));
    expect(of(once).filter(({ orderKey }) => alone.has(orderKey))).toEqual([]);
    for (const { stage, units, cancelled, dispatched, paid } of rows) {
      expect(stage).not.toBe('cancelled');
      expect({ units, paid }).toEqual({ units: cancelled + dispatched, paid: 0n });
    }
    return of(first).length;
  }
});
