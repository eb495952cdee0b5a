import type { RowDataPacket } from 'mysql2';
import { Connections } from '../../activities/connections';
import type { Deps } from '../../activities/deps';
import { Dispatcher, type DispatcherOptions } from '../../activities/dispatch/dispatcher';
import { type Database, openDatabase } from '../../db/database';
import { attemptsOf } from '../../db/queries/attempts';
import { dispatchesOf } from '../../db/queries/dispatches';
import { TEST_KEYS } from '../support/database';
import { eventually } from '../support/eventually';
import { type House, openHouse } from '../support/house';
import { MysqlProxy } from '../support/mysql-proxy';
import {
  dispatchUntilSettled,
  expectSound,
  freshAllowance,
  liveOf,
  sendAllTo,
  WMSES,
} from './dispatch-oracle';

const BOUNDS = { leaseMs: 2_500, requestTimeoutMs: 1_000 };
const AT_THE_WMS = { stage: 'dispatched', waiting: 'shipment' };

describe.each(WMSES)('an order for %s, whose worker loses its database', (wms) => {
  let house: House;
  let proxy: MysqlProxy;
  let behindProxy: Database;
  let keys: string[];

  beforeAll(async () => {
    house = await openHouse();
    keys = await house.matchedOrders(16);
    await sendAllTo(house, wms);
    proxy = await MysqlProxy.start(house.database.url);
    behindProxy = openDatabase({ url: proxy.url, connections: 5, secretKeys: TEST_KEYS });
  });
  beforeEach(async () => {
    proxy.struck = 0;
    await freshAllowance(house);
  });
  afterAll(async () => {
    await behindProxy.close();
    await proxy.stop();
    await house.close();
  });

  const next = async () => {
    const key = keys.shift() ?? '';
    const [dispatch] = await dispatchesOf(house.database.db, key);
    if (dispatch === undefined) throw new Error('no order left');
    return { key, id: dispatch.id };
  };
  const workerBehindProxy = (options: DispatcherOptions = {}): Deps => {
    const connections = new Connections(behindProxy);
    const deps = { ...house.deps, database: behindProxy, connections };
    return { ...deps, dispatcher: new Dispatcher(deps, { ...BOUNDS, ...options }) };
  };

  it('is accepted once, with its evidence, when the answer to the confirming COMMIT is lost', async () => {
    const { key, id } = await next();
    const worker = workerBehindProxy();
    proxy.fateOfCommits('pass', 'lose-the-answer');
    await expect(worker.dispatcher.dispatch(id, wms, 5_000)).resolves.toEqual({ kind: 'with-the-wms' });
    expect(proxy.struck).toBe(1);
    expect(await attemptsOf(house.database.db, [id])).toMatchObject([
      { kind: 'create', outcome: 'done', status: 200, response: expect.any(String) },
    ]);
    expect(await dispatchesOf(house.database.db, key)).toMatchObject([{ state: 'accepted', doubt: 'none' }]);
    await expectSound(house, [key]);
  });

  it('is accepted once, with its evidence, when the confirming COMMIT never arrives', async () => {
    const { key, id } = await next();
    proxy.fateOfCommits('pass', 'never-arrives');
    await expect(workerBehindProxy().dispatcher.dispatch(id, wms, 5_000)).resolves.toEqual({
      kind: 'with-the-wms',
    });
    expect(proxy.struck).toBe(1);
    expect(await attemptsOf(house.database.db, [id])).toHaveLength(1);
    await expectSound(house, [key]);
  });

  it.each(['lose-the-answer', 'never-arrives'] as const)(
    'is not sent by who does not know that it has claimed it, and is there once (%s)',
    async (fate) => {
      const { key, id } = await next();
      const worker = workerBehindProxy();
      proxy.fateOfCommits(fate);
      await expect(worker.dispatcher.dispatch(id, wms, 5_000)).rejects.toThrow();
      expect(proxy.struck).toBe(1);
      expect(await liveOf(house, key)).toHaveLength(0);
      await expect(dispatchUntilSettled(worker, key)).resolves.toEqual(AT_THE_WMS);
      expect(await liveOf(house, key)).toHaveLength(1);
    },
  );

  it('is there once when the server kills the connections between the call and its confirmation', async () => {
    const { key, id } = await next();
    const worker = workerBehindProxy({
      onStep: (step) => (step === 'sent' ? killConnections(house, proxy) : undefined),
    });
    await expect(worker.dispatcher.dispatch(id, wms, 5_000)).resolves.toEqual({ kind: 'with-the-wms' });
    await expectSound(house, [key]);
  });

  it('is there once when the connections are killed all the time', async () => {
    const { key } = await next();
    let kills = 0;
    const worker = workerBehindProxy({
      onStep: async () => {
        if (kills++ < 4) await killConnections(house, proxy);
      },
    });
    await expect(eventually(() => dispatchUntilSettled(worker, key), { withinMs: 20_000 })).resolves.toEqual(
      AT_THE_WMS,
    );
    expect(await liveOf(house, key)).toHaveLength(1);
  });
});

/** Whatever the worker's connections are doing, the server ends them. */
async function killConnections({ database }: House, proxy: MysqlProxy): Promise<void> {
  const ends = proxy.clientPorts.map((port) => `:${port}`);
  const [rows] = await database.pool.query<RowDataPacket[]>(
    'select id as id, host as host from information_schema.processlist',
  );
  for (const { id, host } of rows)
    if (ends.some((end) => String(host).endsWith(end)))
      await database.pool.query(`kill ${Number(id)}`).catch(() => undefined);
}
