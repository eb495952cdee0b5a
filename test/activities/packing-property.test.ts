import fc from 'fast-check';
import { cancelOrder } from '../../activities/cancel-order';
import { combineOrders } from '../../activities/combine-orders';
import { tryDispatchOrder } from '../../activities/dispatch-order';
import { holdOrder, releaseOrder } from '../../activities/hold-order';
import { separateOrder } from '../../activities/separate-order';
import { splitOrder } from '../../activities/split-order';
import { syncStock } from '../../activities/sync-stock';
import { dispatchesOf, linesOfDispatches } from '../../db/queries/dispatches';
import { findOrder, linesOf } from '../../db/queries/orders';
import { isOver } from '../../domain/dispatch-protocol';
import { eventually } from '../support/eventually';
import type { ModelWarehouse } from '../support/model-warehouse';
import { openStockShop, type StockShop } from '../support/stock-shop';

const KIM = { by: 'kim', reason: 'as the customer asked' };
const ORDERS = 3;

describe('orders of one receiver, whatever people do to them', () => {
  let shop: StockShop;
  beforeAll(async () => {
    shop = await openStockShop();
  });
  afterAll(() => shop.close());

  const db = () => shop.database.db;
  const isCancelled = async (key: string) => (await findOrder(db(), key))?.stage === 'cancelled';

  /** Of each line its units, and those in dispatches that are not over. */
  async function unitsOf(key: string) {
    const live = (await dispatchesOf(db(), key)).filter(({ state }) => !isOver(state));
    const held = await linesOfDispatches(
      db(),
      live.map(({ id }) => id),
    );
    return (await linesOf(db(), key)).map((line) => ({
      ordered: line.quantity,
      taken: line.dispatchedQuantity,
      held: held
        .filter(({ lineKey }) => lineKey === line.key)
        .reduce((sum, { quantity }) => sum + quantity, 0),
    }));
  }

  const which = fc.nat({ max: ORDERS - 1 });
  const doing = fc.oneof(
    fc.record({ combine: which, with: which }),
    fc.record({ separate: which }),
    fc.record({ split: which, units: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ hold: which }),
    fc.record({ release: which }),
    fc.record({ cancel: which }),
    fc.record({ send: which }),
  );
  type Doing = typeof doing extends fc.Arbitrary<infer T> ? T : never;

  async function carryOut(does: Doing, keys: readonly string[]): Promise<unknown> {
    const { deps } = shop;
    const at = (index: number) => keys[index] ?? '';
    if ('combine' in does) return combineOrders(deps, at(does.combine), { ...KIM, with: [at(does.with)] });
    if ('separate' in does) return separateOrder(deps, at(does.separate), KIM);
    if ('split' in does) {
      const lines = [{ line: '1', quantity: does.units }];
      return splitOrder(deps, at(does.split), { ...KIM, lines });
    }
    if ('hold' in does) return holdOrder(deps, at(does.hold), KIM);
    if ('release' in does) return releaseOrder(deps, at(does.release), KIM);
    if ('send' in does) return tryDispatchOrder(deps, at(does.send));
    return eventually(() => cancelOrder(deps, at(does.cancel), KIM), { withinMs: 10_000 });
  }

  const piecesAt = (wms: ModelWarehouse) =>
    [...wms.orders.values()]
      .filter(({ state }) => state !== 'cancelled')
      .flatMap(({ open }) => [...open.values()])
      .reduce((sum, pieces) => sum + pieces, 0);

  it('have each unit in exactly one dispatch until they are cancelled, and in none then; the WMS has it once', async () => {
    const quantities = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: ORDERS, maxLength: ORDERS });
    await fc.assert(
      fc.asyncProperty(
        quantities,
        fc.array(doing, { minLength: 3, maxLength: 12 }),
        async (units, doings) => {
          const wms = await shop.warehouse('on-hand', { 'I-A': 100, 'I-B': 100 });
          await syncStock(shop.deps, wms.id);
          const keys: string[] = [];
          for (const quantity of units)
            keys.push(
              await shop.order({
                wms: wms.id,
                lines: [
                  ['A', quantity],
                  ['B', 1],
                ],
              }),
            );
          for (const does of doings) {
            await carryOut(does, keys);
            for (const key of keys) {
              const gone = await isCancelled(key);
              for (const { ordered, taken, held } of await unitsOf(key))
                expect({ does, key, taken, held }).toEqual({
                  does,
                  key,
                  taken: gone ? 0 : ordered,
                  held: gone ? 0 : ordered,
                });
            }
          }
          let expected = 0;
          for (const [index, key] of keys.entries()) {
            if (await isCancelled(key)) continue;
            await releaseOrder(shop.deps, key, KIM);
            expected += (units[index] ?? 0) + 1;
          }
          for (const key of keys) if (!(await isCancelled(key))) await tryDispatchOrder(shop.deps, key);
          expect(piecesAt(wms)).toBe(expected);
        },
      ),
      { numRuns: 40, interruptAfterTimeLimit: 60_000, endOnFailure: true },
    );
  });
});
