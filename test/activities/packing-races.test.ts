import { cancelOrder } from '../../activities/cancel-order';
import { combineOrders } from '../../activities/combine-orders';
import { sendNow } from '../../activities/send-now';
import { separateOrder } from '../../activities/separate-order';
import { dispatchesOf, ordersIn } from '../../db/queries/dispatches';
import { findOrder } from '../../db/queries/orders';
import { saveWindow } from '../../db/queries/packing';
import { writeReceiver } from '../../db/queries/receivers';
import { recipient } from '../../db/schema';
import { inTransaction } from '../../db/transaction';
import { isOver } from '../../domain/dispatch-protocol';
import { DispatchProcess, type Report } from '../support/dispatch-process';
import { eventually } from '../support/eventually';
import { type House, openHouse } from '../support/house';
import { expectSound, liveAt, sendAllTo, WMSES, type WmsName } from './dispatch-oracle';

const BOUNDS = { leaseMs: 2_500, requestTimeoutMs: 1_000 };
const KIM = { by: 'kim', reason: 'as the customer asked' };
const PROCESSES = 3;
const PER_RECEIVER = 4;
const RECEIVERS = 5;

/** Real MySQL, real stand-ins over HTTP, and senders in processes of their own. */
describe('orders of one receiver that three processes send', () => {
  let house: House;
  let keys: string[];
  const processes: DispatchProcess[] = [];

  beforeAll(async () => {
    house = await openHouse({ dispatcher: BOUNDS });
    keys = await house.matchedOrders(WMSES.length * PER_RECEIVER * RECEIVERS + 12);
    for (let index = 0; index < PROCESSES; index += 1) processes.push(await DispatchProcess.start());
  });
  afterAll(async () => {
    for (const process of processes) process.stop();
    await house.close();
  });

  /** These orders are all for one invented person from now on. */
  async function areFor(orders: readonly string[], name: string): Promise<void> {
    const person = {
      name,
      phone: '0504-0123-4567',
      phone2: null,
      postcode: '04100',
      address: '서울특별시 마포구 달맞이뜰로 1',
      deliveryMessage: null,
    };
    await inTransaction(house.database, async (tx) => {
      for (const key of orders) {
        const row = { orderKey: key, ...person };
        await tx.insert(recipient).values(row).onDuplicateKeyUpdate({ set: person });
        await writeReceiver(tx, { key, recipient: person });
      }
    });
  }
  const inProcesses = (orders: readonly string[]): Promise<Report[]> =>
    Promise.all(
      processes.map((process, index) =>
        process.run({
          databaseUrl: house.database.url,
          orderKeys: index % 2 === 0 ? orders : orders.toReversed(),
          dispatcher: BOUNDS,
        }),
      ),
    );
  const setWindow = (minutes: number) =>
    saveWindow(house.database.db, {
      channel: '',
      minutes,
      mostOrders: null,
      mostPieces: null,
      setBy: 'kim',
    });
  /** What somebody asks meanwhile may be refused, or have to be asked again. */
  const mayBe = (answer: Promise<unknown>) => answer.catch(() => undefined);
  const cancelUntilAnswered = (key: string) =>
    eventually(() => cancelOrder(house.deps, key, KIM), { withinMs: 30_000 });
  const liveDispatchesOf = async (key: string) =>
    (await dispatchesOf(house.database.db, key)).filter(({ state }) => !isOver(state));

  const someTrouble = (wms: WmsName) =>
    house.admin(wms, 'PUT', '/faults', {
      seed: 5,
      faults: [
        { endpoint: 'create', kind: '5xx-after', probability: 0.3 },
        { endpoint: 'create', kind: 'reset-before', probability: 0.2 },
      ],
    });

  it.each(WMSES)(
    'are at %s once each, whatever is combined, separated and cancelled meanwhile',
    async (wms) => {
      await sendAllTo(house, wms);
      await setWindow(10);
      const groups = Array.from({ length: RECEIVERS }, () => keys.splice(0, PER_RECEIVER));
      for (const [index, group] of groups.entries())
        await areFor(group, `${wms} 받는이 ${'가나다라마'[index]}`);
      const all = groups.flat();
      const found = await inProcesses(all);
      expect(new Set(found.flat())).toEqual(new Set(['matched/companions']));
      for (const group of groups) {
        const [dispatch] = await liveDispatchesOf(group[0] ?? '');
        expect((await ordersIn(house.database.db, dispatch?.id ?? '')).toSorted()).toEqual(group.toSorted());
      }
      expect(await liveAt(house, wms)).toEqual([]);
      if (wms === 'fulfillment') await someTrouble(wms);
      await setWindow(0);
      const cancelled = groups.map(([key = '']) => key);
      const sending = Promise.all(all.map((key) => mayBe(sendNow(house.deps, key, KIM)))).then(() =>
        inProcesses(all),
      );
      await Promise.all([
        sending,
        ...groups.flatMap(([first = '', second = '', third = '', fourth = '']) => [
          cancelUntilAnswered(first),
          mayBe(separateOrder(house.deps, second, KIM)),
          mayBe(combineOrders(house.deps, third, { ...KIM, with: [second] })),
          mayBe(combineOrders(house.deps, fourth, { ...KIM, with: [third] })),
        ]),
      ]);
      await house.admin(wms, 'DELETE', '/faults');
      for (const key of all) await mayBe(sendNow(house.deps, key, KIM));
      await inProcesses(all.filter((key) => !cancelled.includes(key)));
      for (const key of all) {
        const isCancelled = cancelled.includes(key);
        expect({ key, stage: (await findOrder(house.database.db, key))?.stage }).toEqual({
          key,
          stage: isCancelled ? 'cancelled' : 'dispatched',
        });
        const states = (await liveDispatchesOf(key)).map(({ state }) => state);
        expect({ key, states }).toEqual({ key, states: isCancelled ? [] : ['accepted'] });
      }
      await expectSound(house, all);
    },
  );
});
