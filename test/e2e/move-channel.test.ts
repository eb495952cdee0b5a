import { z } from 'zod';
import { watchShipments } from '../../activities/watch-shipments';
import { claimsOfOrder } from '../../db/queries/claims';
import { saveMatch } from '../../db/queries/match-versions';
import { existingOrderKeys, findOrder } from '../../db/queries/orders';
import { openTasks } from '../../db/queries/tasks';
import { inTransaction } from '../../db/transaction';
import { groupBy } from '../../domain/group-by';
import type { Stage } from '../../domain/stage';
import { newDeals } from '../../sandbox/catalogue';
import { generateDay } from '../../sandbox/generator/generate-day';
import { CONNECTIONS } from '../../sandbox/seed';
import { everAt } from '../activities/dispatch-oracle';
import { sumPieces } from '../chaos/oracle';
import { type Emitted, toEmitted } from '../chaos/sources';
import { eventually } from '../support/eventually';
import { openStaffedHouse, type StaffedHouse } from '../support/staffed-house';
import { TcpProxy } from '../support/tcp-proxy';

const CHANNEL = 'coupang';
const HUB = { standIn: 'hub', id: CONNECTIONS.source } as const;
const DIRECT = { standIn: 'coupang', id: 'coupang' } as const;
const SOURCES = [HUB, DIRECT];
type SourceName = (typeof SOURCES)[number];

const HOUR_MS = 3_600_000;
const KIM = { by: 'kim', reason: 'the channel has an API of its own' };
const lineSchema = z.object({
  lineNumber: z.string(),
  invoices: z.array(z.object({ number: z.string().optional(), invoice: z.string().optional() })),
});
const ledgerSchema = z.object({
  entries: z.array(
    z.object({ key: z.string(), acknowledged: z.boolean().optional(), lines: z.array(lineSchema) }),
  ),
});
type Entry = z.infer<typeof ledgerSchema>['entries'][number];

/** Two real workers, real Temporal and MySQL; the hub and the channel tell of the same orders, in either order. */
describe('moving a channel from the hub to its own API under load', () => {
  let house: StaffedHouse;
  const lines: TcpProxy[] = [];
  const offered = new Map<string, Emitted>();
  /** Done before the second source told of them. */
  let over: readonly string[] = [];

  beforeAll(async () => {
    house = await openStaffedHouse();
    for (const source of SOURCES) lines.push(await lineTo(source));
    await inTransaction(house.database, async (tx) => {
      for (const { configurationCode, ...deal } of newDeals.filter(({ channel }) => channel === CHANNEL))
        await saveMatch(tx, deal, configurationCode, KIM);
    });
    await house.boosta('sources', 'assign', '--channel', CHANNEL, '--source', HUB.id);
    house.repeat(() => house.database.pool.query('delete from permit'), 300);
    house.repeat(() => watchShipments(house.deps, CONNECTIONS.wms), 500);
    for (const { id } of SOURCES) house.repeat(async () => (await house.collect(id)).result(), 500);
  });
  afterAll(async () => {
    await house.close();
    for (const line of lines) await line.stop();
  });

  /** All that goes to the source goes this way. */
  async function lineTo({ standIn, id }: SourceName): Promise<TcpProxy> {
    const { hostname, port } = new URL(house.standIns.addresses[standIn].url);
    const line = await TcpProxy.to(hostname, Number(port));
    const set = "UPDATE connection SET settings = JSON_SET(settings, '$.baseUrl', ?) WHERE id = ?";
    await house.database.pool.query(set, [`http://127.0.0.1:${line.port}`, id]);
    return line;
  }

  /** Has these sources offer the same orders. The same seed gives the same ones again. */
  async function offer(
    seed: number,
    orders: number,
    sources: readonly SourceName[],
    overSeconds = 0,
  ): Promise<string[]> {
    const day = { seed, orders, date: '2026-11-20', channels: [CHANNEL] as const };
    for (const { standIn } of sources) await house.admin(standIn, 'POST', '/days', { ...day, overSeconds });
    const emitted = generateDay(day).map(toEmitted);
    for (const one of emitted) offered.set(one.key, one);
    return emitted.filter(isKept).map(({ key }) => key);
  }
  const stagesOf = async (keys: readonly string[]) =>
    Promise.all(keys.map(async (key) => (await findOrder(house.database.db, key))?.stage));
  const untilAll = async (keys: readonly string[], stage: Stage) =>
    eventually(async () => expect(new Set(await stagesOf(keys))).toEqual(new Set([stage])), {
      withinMs: 180_000,
      everyMs: 250,
    });
  const shipAfter = (shipAfterMs: number) =>
    house.admin(CONNECTIONS.wms, 'PUT', '/settings', { shipAfterMs });

  /** Both sources have offered all there is, and have been read since. */
  async function untilTold(): Promise<void> {
    for (const { standIn, id } of SOURCES) {
      await eventually(async () =>
        expect(await house.admin(standIn, 'GET', '/ledger?summary=1')).toMatchObject({ linesStillToCome: 0 }),
      );
      await (await house.collect(id)).result();
    }
  }

  async function untilTakenIn(): Promise<void> {
    const news = 'select max(id) from raw_record where raw_record.order_key = orders.order_key';
    await eventually(
      async () => {
        const [unread] = await house.database.pool.query(
          `select order_key, stage from orders where applied_record < (${news})`,
        );
        expect(unread).toEqual([]);
      },
      { withinMs: 90_000, everyMs: 250 },
    );
  }

  /** A run that is reading. */
  async function runInFlight({ id }: SourceName) {
    const run = await house.collect(id);
    await eventually(async () => {
      const { pendingActivities } = (await run.describe()).raw;
      const reading = pendingActivities?.find(({ activityType }) => activityType?.name === 'collectWindow');
      expect(reading?.lastStartedTime).toBeDefined();
    });
    return run;
  }

  it('takes the word of the other source while orders come in by both, and runs of both are in flight', async () => {
    await shipAfter(0);
    over = await offer(931, 12, [HUB]);
    await untilAll([...over, ...(await offer(932, 8, [DIRECT]))], 'done');
    await shipAfter(HOUR_MS);
    await untilAll([...(await offer(933, 12, [HUB])), ...(await offer(934, 12, [DIRECT]))], 'dispatched');
    await offer(931, 12, [DIRECT], 6);
    await offer(932, 8, [HUB], 6);
    await offer(933, 12, [DIRECT], 6);
    await offer(934, 12, [HUB], 6);
    await offer(935, 10, SOURCES, 6);
    await offer(936, 6, [HUB], 6);
    await offer(937, 6, [DIRECT], 6);
    for (const line of lines) line.hold();
    const runs = await Promise.all(SOURCES.map(runInFlight));
    await house.boosta('sources', 'assign', '--channel', CHANNEL, '--source', DIRECT.id);
    for (const run of runs) expect((await run.describe()).status.name).toBe('RUNNING');
    for (const line of lines) line.letGo();
    await offer(938, 6, [HUB]);
    await offer(939, 6, SOURCES);
    for (const run of runs) await run.result();
    await untilTold();
    await untilTakenIn();
    await shipAfter(0);
  }, 420_000);

  it('has every order that either source holds, once', async () => {
    const ledgers = await Promise.all(SOURCES.map(entriesOf));
    await eventually(
      async () => {
        const known = await existingOrderKeys(house.database.db);
        expect(ledgers.flat().filter(({ key }) => !known.has(key))).toEqual([]);
      },
      { withinMs: 120_000, everyMs: 500 },
    );
    const held = new Set(ledgers.flat().map(({ key }) => key));
    expect([...(await existingOrderKeys(house.database.db))].toSorted()).toEqual([...held].toSorted());
    expect([...kept().keys()].filter((key) => !held.has(key))).toEqual([]);
  }, 180_000);

  it('comes to rest with every order sent once and shipped, and nothing left to do', async () => {
    const keys = [...kept().keys()];
    await untilAll(keys, 'done');
    const sent = groupBy(await everAt(house, CONNECTIONS.wms), ({ orderNumbers }) => orderNumbers);
    for (const { key, orderNumber, lines } of kept().values()) {
      const pieces = sumPieces(lines.flatMap((line) => line.pieces));
      const rows = (sent.get(orderNumber) ?? []).map(({ state, items }) => [state, sumPieces(items)]);
      expect({ key, rows }).toEqual({ key, rows: [['shipped', pieces]] });
    }
    const live = [...sent.values()].map((rows) => rows.filter(({ state }) => state !== 'cancelled'));
    expect(live.filter((rows) => rows.length > 1)).toEqual([]);
    const tasks = (await openTasks(house.database.db)).filter(
      ({ orderKey }) => orderKey === null || kept().has(orderKey),
    );
    expect(tasks).toEqual([]);
  }, 240_000);

  it('has told a source the tracking number of every parcel, and Coupang that we have each order in time', async () => {
    const [hub = [], direct = []] = await Promise.all(SOURCES.map(entriesOf));
    const told = groupBy([...hub, ...direct], ({ key }) => key);
    for (const { orderNumbers, shipments } of await everAt(house, CONNECTIONS.wms)) {
      const key = `${CHANNEL}/${orderNumbers}`;
      if (!kept().has(key)) continue;
      const numbers = shipments.map(({ trackingNumber }) => trackingNumber);
      expect({ key, told: toldOf(told.get(key) ?? []) }).toEqual({ key, told: numbers });
    }
    const untold = direct.filter(({ acknowledged }) => acknowledged !== true).map(({ key }) => key);
    expect(untold.filter((key) => kept().has(key)).toSorted()).toEqual(over.toSorted());
  });

  it('has taken in whatever was told, and hears of a return of what was done before the move', async () => {
    await untilTakenIn();
    const [key = ''] = over;
    await house.admin(DIRECT.standIn, 'POST', '/claims', {
      orderNumber: offered.get(key)?.orderNumber,
      kind: 'return',
      state: 'done',
    });
    await eventually(async () =>
      expect(await claimsOfOrder(house.database.db, key)).toMatchObject([{ kind: 'return' }]),
    );
  });

  /** Those that their customers keep: what becomes of the others is a race with the warehouse. */
  function kept(): Map<string, Emitted> {
    return new Map([...offered].filter(([, one]) => isKept(one)));
  }
  async function entriesOf({ standIn }: SourceName): Promise<Entry[]> {
    return ledgerSchema.parse(await house.admin(standIn, 'GET', '/ledger')).entries;
  }
});

function isKept({ lines }: Emitted): boolean {
  return lines.every(({ isCancelled }) => !isCancelled);
}

/** The number that counts of each line, where it is told of all of them. */
function toldOf(entries: readonly Entry[]): (string | undefined)[] {
  const complete = entries.filter(({ lines }) => lines.every(({ invoices }) => invoices.length > 0));
  const last = complete.flatMap(({ lines }) => lines.map(({ invoices }) => invoices.at(-1)));
  return [...new Set(last.map((invoice) => invoice?.invoice ?? invoice?.number))];
}
