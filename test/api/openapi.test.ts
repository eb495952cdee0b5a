import fc from 'fast-check';
import { pino } from 'pino';
import { watchShipments } from '../../activities/watch-shipments';
import { saveTemplate } from '../../client/use-cases/import-templates';
import { findOrder } from '../../db/queries/orders';
import { isEnough, ROLES } from '../../domain/role';
import { temporalJourneys } from '../../worker/temporal-journeys';
import { TASK_QUEUE } from '../../workflows/names';
import { type OpenedApi, openApi } from '../support/api';
import { eventually } from '../support/eventually';
import { type House, openHouse } from '../support/house';
import { B2B, csv, line } from '../support/order-files';
import { WorkerProcess } from '../support/worker-process';
import { Caller, told } from './fuzz/caller';
import { anyCalls, fittingCalls } from './fuzz/calls';
import { type Document, misfitOf, type Operation, operationsOf } from './fuzz/document';
import { Harvest } from './fuzz/harvest';

/** The same seed makes the same requests; `BOOSTA_FUZZ_SEED` makes others, `BOOSTA_FUZZ_RUNS` more of them. */
const SEED = Number(process.env['BOOSTA_FUZZ_SEED'] ?? 20_261_125);
const RUNS = Number(process.env['BOOSTA_FUZZ_RUNS'] ?? (process.platform === 'linux' ? 25 : 8));
const ORDERS = 24;

/** Those that no token is let through to: a token has no password of its own. */
const UNHEARD = new Set(['PUT /api/session/password']);

/**
 * What is not in the document, and so not fuzzed here: `/api/live` (a stream without an end; who may listen is
 * checked below), `/webhooks/wms/…` (signed bytes: test/client/signed-webhooks.test.ts), `/healthz`, `/readyz`,
 * `/metrics`, `/docs` and the console's files, which take no input.
 */
describe(`the API, asked all that its OpenAPI document allows and much that it does not (seed ${SEED})`, () => {
  let house: House;
  let api: OpenedApi;
  let worker: WorkerProcess;
  let caller: Caller;
  let operations: Operation[];
  const harvest = new Harvest();
  const failures: string[] = [];

  beforeAll(async () => {
    house = await openHouse({ shipAfterMs: 100 });
    const log = pino({ level: 'error' }, { write: (entry) => void failures.push(reasonIn(entry)) });
    api = await openApi({ database: house.database, log });
    worker = await WorkerProcess.start({
      databaseUrl: house.database.url,
      temporal: api.temporal.at,
      taskQueues: [TASK_QUEUE],
      dispatcher: {},
    });
    caller = new Caller(api.url, house.database);
    const document = (await (await fetch(`${api.url}/openapi.json`)).json()) as Document;
    operations = operationsOf(document);
    await furnish();
    await reap();
  });
  afterAll(async () => {
    await caller.close();
    await worker.kill();
    await api.close();
    await house.close();
  });

  /** Orders at every stage, users, a template of files. */
  async function furnish(): Promise<void> {
    const { db } = house.database;
    const journeys = temporalJourneys(api.temporal.client, TASK_QUEUE, false);
    const keys = await house.collectDay(ORDERS, SEED);
    for (const key of keys) {
      const order = await findOrder(db, key);
      if (order !== undefined) await journeys.start(order);
    }
    await eventually(
      async () => {
        const orders = await Promise.all(keys.map((key) => findOrder(db, key)));
        expect(orders.filter((one) => one?.stage !== 'dispatched' && one?.waiting === null)).toEqual([]);
      },
      { withinMs: 150_000, everyMs: 250 },
    );
    await watchShipments({ ...house.deps, journeys }, 'fulfillment');
    await saveTemplate(house.database, B2B, { by: 'test', reason: 'fuzz' });
    for (const role of ROLES) await api.signedIn(role);
  }

  /** What there is to ask for: all that the API tells whoever may see everything. */
  async function reap(): Promise<void> {
    harvest.add(
      'file',
      csv(line()),
      csv(line({ quantity: 'x' })),
      Buffer.from('a,b\n1,2\n'),
      Buffer.alloc(0),
    );
    harvest.add('password', 'correct horse battery', 'wrong');
    harvest.add('reason', 'fuzz');
    harvest.add('target', 'http://127.0.0.1:9/hook');
    harvest.add('cursor', ...CURSORS.map((mark) => Buffer.from(JSON.stringify(mark)).toString('base64url')));
    const token = await caller.token('administrator');
    const reads = operations.filter(({ method }) => method === 'GET');
    for (const needsMore of [false, true]) {
      for (const operation of reads.filter(({ path }) => path.includes('{') === needsMore)) {
        for (const call of fc.sample(fittingCalls(operation, harvest.known), { seed: SEED, numRuns: 5 })) {
          const { status, type, text } = await caller.send('GET', call, token);
          if (status === 200 && type?.includes('json') === true) harvest.addAll(JSON.parse(text));
        }
      }
    }
    harvest.add('orderKey', ...(harvest.known['key'] ?? []));
    harvest.add('keys', ...(harvest.known['key'] ?? []));
  }

  /** Asks one operation over and over. @returns what is wrong with it, told once; undefined: nothing. */
  async function faultOf(operation: Operation): Promise<string | undefined> {
    const token = operation.role === null ? {} : await caller.token(operation.role);
    let heard = 0;
    const judged = fc.asyncProperty(anyCalls(operation, harvest.known), async (call) => {
      const answer = await caller.send(operation.method, call, token);
      if (![401, 403, 404, 429].includes(answer.status)) heard += 1;
      const misfit = answer.status >= 500 ? failures.splice(0).join('\n') : misfitOf(operation, answer);
      if (misfit !== undefined) throw new Error(`${told(operation, call, answer)}\n${misfit}`);
    });
    const found = await fc.check(judged, { seed: SEED, numRuns: RUNS });
    if (found.failed) return found.errorInstance instanceof Error ? found.errorInstance.message : 'failed';
    return heard > 0 || UNHEARD.has(operation.id) ? undefined : `${operation.id} was never let through`;
  }

  it('never fails, and answers each request as the document declares', async () => {
    const faults: string[] = [];
    for (const operation of operations) {
      const fault = await faultOf(operation);
      if (fault !== undefined) faults.push(fault);
    }
    expect(faults).toEqual([]);
  }, 600_000);

  /** What is in the database, but for who was here when. */
  async function contents(): Promise<unknown> {
    const { pool } = house.database;
    const [tables] = await pool.query(`select table_name as name from information_schema.tables
      where table_schema = database() and table_name not in ('web_session', 'api_token')`);
    const names = (tables as { name: string }[]).map(({ name }) => `\`${name}\``);
    const [sums] = await pool.query(`checksum table ${names.join(', ')}`);
    return sums;
  }

  /** Sends what fits to each of these operations, and says which did not answer so. */
  async function notAnsweredBy(
    status: number,
    asked: readonly Operation[],
    headersOf: (operation: Operation) => readonly Record<string, string>[],
  ): Promise<string[]> {
    const others: string[] = [];
    for (const operation of asked) {
      const calls = fc.sample(fittingCalls(operation, harvest.known), { seed: SEED, numRuns: 3 });
      for (const headers of headersOf(operation)) {
        for (const call of calls) {
          const answer = await caller.send(operation.method, call, headers);
          if (answer.status !== status) others.push(told(operation, call, answer));
        }
      }
    }
    return others;
  }

  it('lets nobody read or write who has not signed in', async () => {
    const before = await contents();
    const guarded = operations.filter(({ role }) => role !== null);
    const strangers = [
      {},
      { cookie: `boosta_session=${'a'.repeat(32)}.${'b'.repeat(43)}` },
      { authorization: `Bearer boosta_${'c'.repeat(43)}` },
      { authorization: 'Basic YWRtaW46YWRtaW4=' },
    ];
    expect(await notAnsweredBy(401, guarded, () => strangers)).toEqual([]);
    expect((await fetch(`${api.url}/api/live`)).status).toBe(401);
    expect(await contents()).toEqual(before);
    expect(operations.filter(({ role }) => role === null).map(({ id }) => id)).toEqual(['POST /api/session']);
  });

  it('lets no role do what the document keeps for a higher one', async () => {
    const tokens = await Promise.all(ROLES.map(async (role) => ({ role, token: await caller.token(role) })));
    const before = await contents();
    const tooLow = ({ role: least }: Operation) =>
      least === null ? [] : tokens.filter(({ role }) => !isEnough(role, least)).map(({ token }) => token);
    expect(await notAnsweredBy(403, operations, tooLow)).toEqual([]);
    expect(await contents()).toEqual(before);
  });

  it('takes no write from a browser without the token of its session', async () => {
    await api.signedIn('administrator', 'browser');
    const cookie = await signedInCookie();
    const before = await contents();
    const writes = operations.filter(({ method, role }) => method !== 'GET' && role !== null);
    const headers = [{ cookie }, { cookie, 'x-csrf-token': 'made-up' }];
    expect(await notAnsweredBy(403, writes, () => headers)).toEqual([]);
    expect(await contents()).toEqual(before);
  });

  async function signedInCookie(): Promise<string> {
    const answer = await fetch(`${api.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'browser', password: 'correct horse battery' }),
    });
    return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  }
});

/** Of what the log says of a failure, its message and where it comes from. */
function reasonIn(entry: string): string {
  const { err } = JSON.parse(entry) as { err?: { message?: string; stack?: string } };
  const places = err?.stack?.match(/\((?!.*node_modules)[^()]+:\d+:\d+\)/gu) ?? [];
  return `${err?.message?.slice(-300)} ${places.slice(0, 3).join(' ')}`;
}

/** Such as none of our lists has given. */
const CURSORS = [
  {},
  { at: '2026-02-31 00:00:00.000000', id: 1 },
  { at: '0000-00-00 00:00:00.000000', id: 'x' },
  {
    at: '9999-99-99 99:99:99.999999',
    id: -1,
    orderKey: 'x',
    shipmentId: 1,
    connectionId: 'x',
    recordId: 'x',
  },
  { orderedAt: '2026-11-25T00:00:00Z', key: '\u0000' },
  { orderedAt: '2999-12-31T23:59:59.999Z', key: 'x'.repeat(300) },
  { wms: 'fulfillment', itemCode: '' },
];
