import { collectWindow } from '../../activities/collect-orders';
import type { Deps } from '../../activities/deps';
import { erasePersonalData } from '../../activities/erase-personal-data';
import { matchOrder } from '../../activities/match-order';
import { normalizeOrder } from '../../activities/normalize-order';
import { recordReturn } from '../../activities/record-return';
import { recordSale } from '../../activities/record-sale';
import { sweepOrders } from '../../activities/sweep-orders';
import { uploadTracking } from '../../activities/upload-tracking';
import { revealRecipient } from '../../client/use-cases/reveal-recipient';
import { listOrdersMasked, searchOf } from '../../client/use-cases/search-orders';
import { showDispatches } from '../../client/use-cases/show-dispatch';
import { showOrder } from '../../client/use-cases/show-order';
import { UseCaseError } from '../../client/use-cases/use-case-error';
import { recordAttempt } from '../../db/queries/attempts';
import { listAudit, recordAudit } from '../../db/queries/audit';
import { claimsOfOrder } from '../../db/queries/claims';
import { findOrder, recipientOf } from '../../db/queries/orders';
import { recordsOfOrder } from '../../db/queries/raw-records';
import { salesOf } from '../../db/queries/sales';
import { closeTask, closeTasks, openTask, openTasks, tasksOfOrder } from '../../db/queries/tasks';
import type { Claim } from '../../domain/claim';
import type { Recipient } from '../../domain/order';
import { KEEP_DAYS } from '../../domain/retention';
import type { EmittedOrder } from '../../sandbox/generator/generate-day';
import { CONNECTIONS } from '../../sandbox/seed';
import { type House, openHouse } from '../support/house';
import { mentions, personalOf } from '../support/personal';
import { storedTexts } from '../support/stored-texts';
import { keyOf, type OfferedSource, offering, plainOrders, recordsOf, WINDOW } from './offered-source';
import { atTheWms, ship } from './parcels';

const SOURCE = CONNECTIONS.source;
const LONG_AGO = KEEP_DAYS + 1;

describe('the erasing of personal data', () => {
  let house: House;
  let deps: Deps;
  let source: OfferedSource;
  beforeAll(async () => {
    house = await openHouse();
    ({ deps, source } = await offering(house));
  });
  afterAll(() => house.close());

  const orders = plainOrders(6_201, 40, 1).values();
  const db = () => house.database.db;

  async function collect(records: OfferedSource['records']): Promise<void> {
    source.records = records;
    await collectWindow(deps, SOURCE, WINDOW, 'run');
  }

  /** An order that ended so many days ago, as a warehouse of ours shipped it. */
  async function ended(daysAgo = LONG_AGO): Promise<{ order: EmittedOrder; key: string; person: Recipient }> {
    const order = orders.next().value;
    if (order === undefined) throw new Error('no order is left');
    const key = keyOf(order);
    await collect(recordsOf(order));
    await normalizeOrder(deps, key);
    await matchOrder(deps, key);
    await ship(house, await atTheWms(house, key));
    await recordSale(deps, key);
    await uploadTracking(house.deps, key);
    // The hub does not know what a test offers: somebody has entered the tracking number by hand.
    for (const { id, orderKey } of await openTasks(db()))
      if (orderKey === key) await closeTask(db(), id, 'kim');
    await age(key, daysAgo);
    expect(await findOrder(db(), key)).toMatchObject({ stage: 'done', erasedAt: null });
    const person = await recipientOf(db(), key);
    if (person === undefined) throw new Error(`${key} goes to nobody`);
    return { order, key, person };
  }

  const age = (key: string, days: number) =>
    house.database.pool.query(
      'update orders set updated_at = updated_at - interval ? day where order_key = ?',
      [days, key],
    );
  const erased = async (key: string) => (await findOrder(db(), key))?.erasedAt !== null;

  async function found(person: Recipient): Promise<string[]> {
    const texts = await storedTexts(house.database);
    return personalOf(person).flatMap((part) => texts.filter((text) => mentions(text, part)));
  }

  it('leaves nothing of a person anywhere in the database, and the order, its sales and its dispatch', async () => {
    const { key, person } = await ended();
    const { address, name, phone } = person;
    const { dispatches } = await showDispatches(house.database, key);
    const [dispatch] = dispatches;
    const said = {
      outcome: 'done',
      reason: `no such house: ${address}`,
      request: name,
      response: phone,
      status: 400,
    };
    await recordAttempt(db(), dispatch?.id ?? '', 'look-up', said);
    await openTask(db(), 'rejected', { orderKey: key }, `${name} has no door`);
    await closeTasks(db(), ['rejected'], { orderKey: key }, 'kim');
    const reason = `${name} (${phone.replaceAll('-', '')}) called`;
    await recordAudit(db(), {
      by: 'kim',
      reason,
      action: 'order.hold',
      subject: key,
      detail: { to: [address] },
    });
    expect((await found(person)).length).toBeGreaterThan(5);
    const sales = await salesOf(db(), key);
    const hashes = async () => {
      const [rows] = await house.database.pool.query(
        'select id, content_hash from raw_record where order_key = ?',
        [key],
      );
      return rows;
    };
    const before = await hashes();

    await expect(erasePersonalData(deps)).resolves.toEqual({ orders: 1, strayRecords: 0, more: false });

    expect(await found(person)).toEqual([]);
    expect(await hashes()).toEqual(before);
    expect(await salesOf(db(), key)).toEqual(sales);
    const shown = await showDispatches(house.database, key);
    expect(shown.erasedAt).not.toBeNull();
    expect(shown.dispatches).toMatchObject([{ id: dispatch?.id, code: dispatch?.code, state: 'shipped' }]);
    expect(shown.dispatches[0]?.attempts.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual(
      expect.arrayContaining(['create done', 'look-up done']),
    );
    expect(await listAudit(db(), { action: 'retention.erase' }, { limit: 1 })).toMatchObject([
      { actor: 'boosta', detail: { orders: 1, records: 1 } },
    ]);
  });

  it('shows the order as erased, finds it by its number only, and reveals nothing any more', async () => {
    const { order, key, person } = await ended();
    await erasePersonalData(deps);
    const listed = async (q: string) => (await listOrdersMasked(db(), searchOf({ q }), undefined, 10)).rows;
    expect(await listed(order.orderNumber)).toMatchObject([
      { key, recipient: null, erasedAt: expect.any(Date) },
    ]);
    expect((await listed(person.name)).map((row) => row.key)).not.toContain(key);
    const shown = await showOrder(db(), key);
    expect(shown).toMatchObject({ recipient: null, order: { erasedAt: expect.any(Date) } });
    expect(shown.timeline.at(-1)).toMatchObject({ what: 'erased' });
    const reveal = revealRecipient(house.database, key, { by: 'kim', reason: 'curious' });
    await expect(reveal).rejects.toThrow(UseCaseError);
  });

  it('leaves alone what has not been over for so long, and what somebody is not through with', async () => {
    const young = await ended(KEEP_DAYS - 1);
    const withTask = await ended();
    await openTask(db(), 'changed_too_late', { orderKey: withTask.key }, 'another address');
    const returned = await ended();
    const lines = returned.order.lines.map(({ lineNumber }) => ({ lineNumber, units: 1 }));
    const goods = { orderKey: returned.key, number: 'R-1', lines, restocked: true, shippingFee: false };
    await recordReturn(house.database, goods, { by: 'kim', reason: 'too small' });
    const changed = await ended();
    await collect(recordsOf(changed.order, { RECEIVE_ADDR: '서울특별시 중구 새길 1' }));
    const held = [young, withTask, returned, changed];
    await expect(erasePersonalData(deps)).resolves.toMatchObject({ orders: 0 });
    for (const { key } of held) expect(await erased(key)).toBe(false);
    await closeTasks(db(), ['changed_too_late'], { orderKey: withTask.key }, 'kim');
    await expect(erasePersonalData(deps)).resolves.toMatchObject({ orders: 1 });
    expect(await erased(withTask.key)).toBe(true);
  });

  it('does not take what is told again for a new order, nor for a change, nor keeps what it says', async () => {
    const { order, key } = await ended();
    await erasePersonalData(deps);
    const records = async () => (await recordsOfOrder(db(), key)).map(({ body }) => body.length);
    const before = await records();
    await collect(recordsOf(order));
    expect(await records()).toEqual(before);
    await collect(recordsOf(order, { RECEIVE_NAME: '김새롬', RECEIVE_ADDR: '서울특별시 중구 새길 2' }));
    expect(await records()).toEqual([...before, 0]);
    await expect(normalizeOrder(deps, key)).resolves.toEqual({ stage: 'done' });
    await collect(recordsOf(order));
    await expect(normalizeOrder(deps, key)).resolves.toEqual({ stage: 'done' });
    expect(await recipientOf(db(), key)).toBeUndefined();
    expect((await tasksOfOrder(db(), key)).filter(({ closedAt }) => closedAt === null)).toEqual([]);
    const texts = await storedTexts(house.database);
    expect(texts.filter((text) => text.includes('김새롬') || text.includes('새길 2'))).toEqual([]);
    expect((await showDispatches(house.database, key)).dispatches).toHaveLength(1);
  });

  it('has a person settle what is claimed of an erased order, and keeps no record of it', async () => {
    const { order, key } = await ended();
    await erasePersonalData(deps);
    const [line] = order.lines;
    const claim: Claim = {
      kind: 'return',
      state: 'done',
      claimId: 'C-1',
      channel: order.channel,
      orderNumber: order.orderNumber,
      requestedAt: new Date('2026-11-20T00:00:00Z'),
      lines: [{ lineNumber: line?.lineNumber ?? '', quantity: 1 }],
    };
    const decode = source.decode.bind(source);
    source.decode = (body) => (Buffer.from(body).toString().startsWith('claim') ? claim : decode(body));
    await collect([
      { recordId: 'claim-1', contentHash: 'a'.repeat(64), body: Buffer.from('claim of 김새롬') },
    ]);
    await normalizeOrder(deps, key);
    await sweepOrders(deps);
    expect(await claimsOfOrder(db(), key)).toMatchObject([{ claimId: 'C-1', state: 'done', outcome: null }]);
    expect(await openTasks(db(), { kind: 'return_not_booked' })).toMatchObject([
      { orderKey: key, reason: expect.stringContaining(`1 of line ${line?.lineNumber}`) },
    ]);
    expect((await storedTexts(house.database)).filter((text) => text.includes('김새롬'))).toEqual([]);
    source.decode = decode;
  });

  it('erases what was told of orders that we never had, and what nobody can read or waits for any more', async () => {
    const garbage = { recordId: 'garbage', contentHash: 'b'.repeat(64), body: Buffer.from('<broken>김솔빛') };
    await collect([garbage]);
    const claimed = { recordId: 'stray', contentHash: 'c'.repeat(64), body: Buffer.from('claim of 박해맑') };
    const decode = source.decode.bind(source);
    source.decode = (body) =>
      Buffer.from(body).toString().startsWith('claim')
        ? {
            kind: 'return',
            state: 'requested',
            claimId: 'C-2',
            channel: 'coupang',
            orderNumber: 'BEFORE-US',
            requestedAt: new Date(),
            lines: [],
          }
        : decode(body);
    await collect([claimed]);
    source.decode = decode;
    const old = 'update raw_record set received_at = received_at - interval ? day';
    await house.database.pool.query(old, [LONG_AGO]);
    const kept = async () =>
      (await storedTexts(house.database)).filter((text) => /김솔빛|박해맑/u.test(text)).length;
    expect(await kept()).toBe(2);
    await expect(erasePersonalData(deps)).resolves.toMatchObject({ strayRecords: 1 });
    expect(await kept()).toBe(1);
    await house.database.pool.query(
      "update task set open_key = null, closed_at = now(6) where kind = 'undecodable'",
    );
    await expect(erasePersonalData(deps)).resolves.toMatchObject({ strayRecords: 1 });
    expect(await kept()).toBe(0);
  });

  it('erases each order once, however many do it at once', async () => {
    const some = [await ended(), await ended(), await ended()];
    const counted = await Promise.all(
      [deps, house.anotherWorker()].map((worker) => erasePersonalData(worker)),
    );
    expect(counted.reduce((sum, { orders: many }) => sum + many, 0)).toBe(some.length);
    for (const { key } of some) expect(await erased(key)).toBe(true);
  });
});
