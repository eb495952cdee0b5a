import { collectWindow } from '../../activities/collect-orders';
import type { Deps } from '../../activities/deps';
import { matchOrder } from '../../activities/match-order';
import { normalizeOrder } from '../../activities/normalize-order';
import { saveConfiguration } from '../../db/queries/configurations';
import { waitingDeals } from '../../db/queries/deal-drift';
import { dispatchesOf, linesOfDispatches } from '../../db/queries/dispatches';
import { saveMatch } from '../../db/queries/match-versions';
import { saveLineMatch } from '../../db/queries/matches';
import { findOrder, linesOf } from '../../db/queries/orders';
import { tasksOfOrder } from '../../db/queries/tasks';
import { inTransaction } from '../../db/transaction';
import { type Deal, dealKey } from '../../domain/deal';
import type { EmittedOrder } from '../../sandbox/generator/generate-day';
import { CONNECTIONS } from '../../sandbox/seed';
import { type House, openHouse } from '../support/house';
import {
  keyOf,
  type OfferedSource,
  offering,
  plainOrders,
  recordOf,
  recordsOf,
  WINDOW,
} from './offered-source';

const COMMAND = { by: 'kim', reason: 'looked at the page' };

describe('an order that is matched', () => {
  let house: House;
  let deps: Deps;
  let source: OfferedSource;
  beforeAll(async () => {
    house = await openHouse();
    ({ deps, source } = await offering(house));
  });
  afterAll(() => house.close());

  const db = () => house.database.db;
  const orders = plainOrders(4_401, 60, 2).values();
  function next(): EmittedOrder {
    const order = orders.next().value;
    if (order === undefined) throw new Error('no order is left');
    return order;
  }
  async function normalized(records: OfferedSource['records'], order: EmittedOrder): Promise<string> {
    source.records = records;
    await collectWindow(deps, CONNECTIONS.source, WINDOW, 'run');
    await normalizeOrder(deps, keyOf(order));
    return keyOf(order);
  }
  /** Its first line is of a deal that nobody has seen; the number makes it one of its own. */
  async function unknownOrder(
    number: number,
    channel?: EmittedOrder['channel'],
  ): Promise<{ order: EmittedOrder; key: string; deal: Deal }> {
    let order = next();
    while (channel !== undefined && order.channel !== channel) order = next();
    const [first, ...others] = order.lines;
    if (first === undefined) throw new Error('no line');
    const wording = { deal: `[새 딜 ${number}] 모담뜰`, option: '1박스' };
    const strange = recordOf(order, first, { PRODUCT_NAME: wording.deal, SKU_VALUE: wording.option });
    const key = await normalized([strange, ...others.map((line) => recordOf(order, line))], order);
    return { order, key, deal: { channel: order.channel, ...wording } };
  }
  const open = async (key: string) =>
    (await tasksOfOrder(db(), key)).filter((task) => task.closedAt === null);
  const waiting = { stage: 'normalized', waiting: 'unknown_deal' };

  it('stands for what its deals were matched to, by a version that is written down', async () => {
    const order = next();
    const key = await normalized(recordsOf(order), order);
    await expect(matchOrder(deps, key)).resolves.toEqual({ stage: 'matched' });
    const lines = await linesOf(db(), key);
    expect(lines.map((line) => [line.configuration, line.matchVersion, line.configurationVersion])).toEqual(
      order.lines.map((line) => [line.configurationCode, 1, 1]),
    );
    const [dispatch] = await dispatchesOf(db(), key);
    expect(dispatch).toMatchObject({ state: 'ready', generation: 1 });
    expect((await linesOfDispatches(db(), [dispatch?.id ?? ''])).map((line) => line.quantity)).toEqual(
      order.lines.map((line) => line.quantity),
    );
    await expect(matchOrder(deps, key)).resolves.toEqual({ stage: 'matched' });
    expect(await dispatchesOf(db(), key)).toHaveLength(1);
  });

  it('is matched again to the same, where the customer changed the address before it was sent', async () => {
    const order = next();
    const key = await normalized(recordsOf(order), order);
    await matchOrder(deps, key);
    await normalized(recordsOf(order, { RECEIVE_ADDR: '서울특별시 마포구 월드컵북로 396' }), order);
    expect((await findOrder(db(), key))?.stage).toBe('normalized');
    await expect(matchOrder(deps, key)).resolves.toEqual({ stage: 'matched' });
    expect((await dispatchesOf(db(), key)).map(({ state }) => state)).toEqual(['cancelled', 'ready']);
  });

  it('waits whole, as a task that names the wording, while nobody has decided one of its deals', async () => {
    const { key, deal } = await unknownOrder(1);
    await expect(matchOrder(deps, key)).resolves.toEqual(waiting);
    expect(await dispatchesOf(db(), key)).toEqual([]);
    const [task] = await open(key);
    expect(task).toMatchObject({ kind: 'unknown_deal', reason: expect.stringContaining(deal.deal) });
    await expect(matchOrder(deps, key)).resolves.toEqual(waiting);
    expect(await open(key)).toHaveLength(1);
    expect((await waitingDeals(db())).map((row) => row.deal)).toContain(deal.deal);
  });

  it('goes on, with every other order of the deal, once a match is saved', async () => {
    const first = await unknownOrder(2);
    const second = next();
    const wording = { PRODUCT_NAME: first.deal.deal, SKU_VALUE: `  ${first.deal.option} ` };
    const sameChannel = { ...second, channel: first.order.channel };
    const key = await normalized(recordsOf(sameChannel, wording), sameChannel);
    for (const each of [first.key, key]) await expect(matchOrder(deps, each)).resolves.toEqual(waiting);
    const prices = { from: 0n, to: 1_000_000n };
    const saved = await inTransaction(house.database, (tx) =>
      saveMatch(tx, first.deal, 'C-KIM-1', COMMAND, { prices }),
    );
    expect(saved.dealKey).toBe(dealKey(first.deal));
    for (const each of [first.key, key]) {
      await expect(matchOrder(deps, each)).resolves.toEqual({ stage: 'matched' });
      expect(await open(each)).toEqual([]);
      expect((await findOrder(db(), each))?.waiting).toBeNull();
    }
  });

  it('goes on alone when the decision was for it only', async () => {
    const first = await unknownOrder(3);
    const other = next();
    const wording = { PRODUCT_NAME: first.deal.deal, SKU_VALUE: first.deal.option };
    const sameChannel = { ...other, channel: first.order.channel };
    const key = await normalized(recordsOf(sameChannel, wording), sameChannel);
    const [line] = await linesOf(db(), first.key);
    await saveLineMatch(db(), line?.key ?? '', 'C-KIM-4', COMMAND);
    await expect(matchOrder(deps, first.key)).resolves.toEqual({ stage: 'matched' });
    await expect(matchOrder(deps, key)).resolves.toEqual(waiting);
    const [decided] = await linesOf(db(), first.key);
    expect(decided).toMatchObject({ configuration: 'C-KIM-4', matchVersion: null, configurationVersion: 1 });
  });

  it('keeps what its lines meant when the match or the configuration changes later', async () => {
    const { order, key, deal } = await unknownOrder(4);
    const save = (code: string) => inTransaction(house.database, (tx) => saveMatch(tx, deal, code, COMMAND));
    await save('C-KIM-1');
    await matchOrder(deps, key);
    await save('C-KIM-4');
    await inTransaction(house.database, (tx) =>
      saveConfiguration(tx, { code: 'C-KIM-1', name: '김', items: [{ itemCode: 'MD-KIM-01', quantity: 9 }] }),
    );
    const [line] = await linesOf(db(), key);
    expect(line).toMatchObject({ configuration: 'C-KIM-1', matchVersion: 1, configurationVersion: 1 });
    const later = await unknownOrder(5, order.channel);
    await inTransaction(house.database, (tx) => saveMatch(tx, later.deal, 'C-KIM-1', COMMAND));
    await matchOrder(deps, later.key);
    const [newer] = await linesOf(db(), later.key);
    expect(newer).toMatchObject({ configuration: 'C-KIM-1', matchVersion: 1, configurationVersion: 2 });
  });

  it('sends nothing of what the customer has cancelled, also where its deal is unknown', async () => {
    const order = next();
    const [gone, kept] = order.lines;
    if (gone === undefined || kept === undefined) throw new Error('no lines');
    const cancelledLine = recordOf(order, gone, { PRODUCT_NAME: '[새 딜 5]' }, '취소접수');
    const key = await normalized([cancelledLine, recordOf(order, kept)], order);
    await expect(matchOrder(deps, key)).resolves.toEqual({ stage: 'matched' });
    const [dispatch] = await dispatchesOf(db(), key);
    const lines = await linesOfDispatches(db(), [dispatch?.id ?? '']);
    expect(lines.map((line) => [line.lineKey, line.quantity])).toEqual([
      [`${key}/${kept.lineNumber}`, kept.quantity],
    ]);
  });

  it('makes one dispatch when it is matched by several workers at once', async () => {
    const order = next();
    const key = await normalized(recordsOf(order), order);
    const standings = await Promise.all([1, 2, 3, 4, 5].map(() => matchOrder(deps, key)));
    expect(standings).toEqual(standings.map(() => ({ stage: 'matched' })));
    expect(await dispatchesOf(db(), key)).toHaveLength(1);
  });
});
