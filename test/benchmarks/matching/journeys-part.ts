import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { and, count, eq } from 'drizzle-orm';
import { syncStock } from '../../../activities/sync-stock';
import { type Context, connect } from '../../../client/connect';
import { readBulk } from '../../../client/use-cases/bulk-orders';
import { checkImport } from '../../../client/use-cases/check-import';
import { addMatch } from '../../../client/use-cases/decide-deal';
import { importOrders } from '../../../client/use-cases/import-orders';
import { saveTemplate } from '../../../client/use-cases/import-templates';
import { order, stock } from '../../../db/schema';
import { configurations } from '../../../sandbox/catalogue';
import { startChild, WORKER_FLAGS } from '../../../sandbox/child';
import { compiled, startEnvironment, variablesOf } from '../../../sandbox/environment';
import { CONNECTIONS } from '../../../sandbox/seed';
import { readConfig } from '../../../worker/config';
import { measureFloor, middleOf } from '../bench-process';
import { rounded } from '../measure';
import { seedOneWarehouse, withDeps } from '../one-warehouse';

const COMMAND = { by: 'bench', reason: 'bench' };
const CHANNEL = 'b2b';
const DEAL = '모담뜰 새 모음전';
const FLOOR_WORKFLOWS = 1_000;
const LOOK_EVERY_MS = 200;

/**
 * So many journeys wait for one deal; somebody decides it: how many orders a second are matched by it, and how many
 * are with the WMS, against Temporal's floor on the same servers.
 */
export async function measureJourneys(waiting: number, say: (line: string) => void) {
  const dir = mkdtempSync(join(tmpdir(), 'boosta-bench-matching-'));
  const environment = await startEnvironment({
    dataDir: dir,
    progress: say,
    ports: { mysql: 0, temporal: 0, ui: undefined, sandbox: 0 },
    shipAfterMs: 24 * 3_600_000,
  });
  const env = variablesOf(environment);
  const context = await connect(readConfig({ ...process.env, ...env }));
  const floor = () => measureFloor(env, environment.pids.temporal, join(dir, 'floor.log'), FLOOR_WORKFLOWS);
  try {
    await seedOneWarehouse(context.database, environment.addresses);
    await withDeps(context.database, (deps) => syncStock(deps, CONNECTIONS.wms));
    await context.database.db.update(stock).set({ onHand: waiting * 10 });
    const before = await floor();
    const worker = await startChild(compiled('test/benchmarks/journey-process'), {
      env,
      flags: WORKER_FLAGS,
      logFile: join(dir, 'worker.log'),
    });
    try {
      const found = await decideWhileTheyWait(context, waiting, say);
      const after = await floor();
      const floorPerSecond = middleOf(before, after);
      return {
        waiting,
        floorPerSecond: rounded(floorPerSecond),
        floorBeforeAndAfter: [before, after].map(({ perSecond }) => rounded(perSecond)),
        rematchedPerSecond: rounded(found.rematchedPerSecond),
        sentPerSecond: rounded(found.sentPerSecond),
        rematchRatio: rounded(found.rematchedPerSecond / floorPerSecond),
        sendRatio: rounded(found.sentPerSecond / floorPerSecond),
      };
    } finally {
      worker.process.send('stop');
      await worker.exited;
    }
  } finally {
    await context.close();
    await environment.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function decideWhileTheyWait(context: Context, waiting: number, say: (line: string) => void) {
  const { database } = context;
  await importWaiting(context, waiting);
  say(`${waiting} journeys have begun; they come to wait…`);
  await until(async () => (await countOrders(context, { waiting: 'unknown_deal' })) === waiting);
  say('decided…');
  const startedAt = performance.now();
  const perSecond = () => (waiting * 1_000) / (performance.now() - startedAt);
  const deal = { channel: CHANNEL, deal: DEAL, option: '' };
  const configuration = configurations[0]?.code ?? '';
  const { jobId } = await addMatch(context, deal, { configuration }, COMMAND);
  if (jobId === null) throw new Error('No order waited for the deal');
  await until(async () => (await readBulk(database.db, jobId)).done === waiting);
  const rematchedPerSecond = perSecond();
  say(`matched, ${rematchedPerSecond.toFixed(1)}/s; until the WMS has them…`);
  await until(async () => (await countOrders(context, { stage: 'dispatched' })) === waiting);
  return { rematchedPerSecond, sentPerSecond: perSecond() };
}

/** Takes in a file with so many orders of a deal that nobody has decided, and starts their journeys. */
async function importWaiting(context: Context, waiting: number): Promise<void> {
  const { database } = context;
  await saveTemplate(database, { name: CHANNEL, channel: CHANNEL, sample: false, columns: [] }, COMMAND);
  const header = '주문번호,주문일시,수령인,연락처,우편번호,주소,배송메시지,상품명,옵션,수량,금액,배송비';
  const rows = Array.from(
    { length: waiting },
    (_, n) =>
      `B-${n},2026-11-20 09:00,받는이${n},010-0000-${String(n % 10_000).padStart(4, '0')},04524,서울특별시 중구 세종대로 ${n},,${DEAL},,1,10000,0`,
  );
  const bytes = Buffer.from([header, ...rows].join('\n'));
  const checked = await checkImport(database.db, { name: 'waiting.csv', bytes });
  try {
    await importOrders(context, checked, { by: COMMAND.by, validRowsOnly: false });
  } finally {
    await checked.close();
  }
}

async function countOrders(
  { database }: Context,
  { stage, waiting }: { stage?: 'dispatched'; waiting?: 'unknown_deal' },
): Promise<number> {
  const [row] = await database.db
    .select({ orders: count() })
    .from(order)
    .where(
      and(
        stage === undefined ? undefined : eq(order.stage, stage),
        waiting === undefined ? undefined : eq(order.waiting, waiting),
      ),
    );
  return row?.orders ?? 0;
}

async function until(isThere: () => Promise<boolean>): Promise<void> {
  while (!(await isThere())) await sleep(LOOK_EVERY_MS);
}
