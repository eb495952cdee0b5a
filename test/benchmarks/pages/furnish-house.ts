import { saveTemplate } from '../../../client/use-cases/import-templates';
import type { Database } from '../../../db/database';
import { saveConnection } from '../../../db/queries/connections';
import { insertGiftRule } from '../../../db/queries/gift-rules';
import { saveRoute } from '../../../db/queries/routes';
import * as t from '../../../db/schema';
import { USUAL_TERMS } from '../../../domain/gift';
import { NEXT_ACTION } from '../../../domain/task';
import { CHANNELS, items } from '../../../sandbox/catalogue';
import { seedCatalogue } from '../../../sandbox/seed';
import type { HouseSize } from './fill-house';
import { Batch } from './load-rows';
import { GIFT, HUB, SOURCE_IDS, WMS_IDS } from './one-order';

const DAY_MS = 86_400_000;
const COLLECTIONS_A_DAY = 288;
const SNAPSHOTS_A_DAY = 2;
const PEOPLES_DEEDS_A_DAY = 20;
const BULK_JOBS = 30;

/** Filters that people have kept. */
const VIEWS = {
  '출고 대기': { stage: 'matched' },
  '재고 부족': { waiting: 'shortage' },
  '쿠팡 취소': { channel: 'coupang', stage: 'cancelled' },
} as const;

/** What a house has whatever it sells: its catalogue, connections, people and rules; and what time alone brings about. */
export async function furnish(database: Database, size: HouseSize, inFlight: number): Promise<void> {
  await seedCatalogue(database);
  await addConnections(database);
  const command = { by: 'kim', reason: 'as the customer writes it' };
  await saveTemplate(database, { name: 'b2b', channel: 'b2b', sample: false, columns: [] }, command);
  await addGiftRule(database);
  const batch = new Batch();
  addRules(batch);
  addStock(batch);
  addBulkJobs(batch, size, inFlight);
  await batch.load(database.pool);
  for (let day = size.days; day > 0; day -= 1) {
    addDay(batch, new Date(Date.now() - day * DAY_MS), size.orders / size.days);
    if (day % 30 === 1) await batch.load(database.pool);
  }
}

async function addConnections(database: Database): Promise<void> {
  const adapters = { [HUB]: 'sabangnet-xml', coupang: 'coupang', naver: 'naver', elevenst: 'elevenst' };
  for (const [id, adapter] of Object.entries(adapters))
    await saveConnection(database, { id, kind: 'source', adapter, settings: {}, secrets: {} });
  const wms = { fulfillment: 'sabangnet-fulfillment', shipstation: 'shipstation' };
  for (const [id, adapter] of Object.entries(wms))
    await saveConnection(database, { id, kind: 'wms', adapter, settings: {}, secrets: {} });
  await saveRoute(database.db, { channel: '', wms: WMS_IDS[0], validFrom: new Date(0) });
  await saveRoute(database.db, { channel: 'kakao', wms: WMS_IDS[1], validFrom: new Date(0) });
}

async function addGiftRule({ db }: Database): Promise<void> {
  const { name, configuration } = GIFT;
  const own = { name, configuration, priority: 1, amountFrom: 50_000n, whenShort: 'wait' } as const;
  const terms = { ...USUAL_TERMS, ...own };
  await insertGiftRule(db, { terms, by: 'kim', reason: '봄 행사' });
}

function addRules(batch: Batch): void {
  const now = new Date();
  const since = new Date(now.getTime() - 30 * DAY_MS);
  for (const channel of CHANNELS) {
    batch.add(t.channelRule, { channel, cutOffMinutes: 14 * 60, shipWithinDays: 2, stockBuffer: 0 });
    batch.add(t.feeRule, {
      channel,
      validFrom: '2020-01-01',
      rate: 1_080,
      settlementDays: 30,
      changedBy: 'kim',
      changedAt: since,
    });
  }
  for (const id of [1, 2, 3])
    batch.add(t.holdRule, {
      id,
      channel: '',
      itemCode: '',
      quantity: id * 10,
      reason: '수량이 많은 주문',
      validFrom: since,
      validTo: null,
      madeBy: 'kim',
      madeAt: since,
    });
  for (const [name, filters] of Object.entries(VIEWS))
    batch.add(t.savedView, { owner: '', name, filters, changedBy: 'kim', changedAt: since });
  batch.add(t.alertRule, { name: 'team', via: 'slack', target: {}, kinds: [], everyMinutes: 10 });
  for (const wms of WMS_IDS) batch.add(t.shipmentCursor, { wms, cursor: 'end', lookedAt: now });
  for (const connectionId of WMS_IDS)
    batch.add(t.task, {
      kind: 'wms_unreachable',
      openKey: `wms_unreachable:${connectionId}:`,
      orderKey: null,
      connectionId,
      reason: 'it does not answer',
      nextAction: NEXT_ACTION.wms_unreachable,
      openedAt: now,
    });
}

function addStock(batch: Batch): void {
  for (const wms of WMS_IDS)
    for (const { code: itemCode } of items)
      batch.add(t.stock, {
        wms,
        itemCode,
        onHand: 1_000,
        snapshotAt: new Date(),
        allocated: 100,
        shippedSince: 50,
        safety: 10,
        warnBelow: itemCode.endsWith('3') ? 900 : null,
        awaited: true,
      });
}

/** Jobs over one order in eight of those in flight: who gives such a command has filtered before. */
function addBulkJobs(batch: Batch, { orders }: HouseSize, inFlight: number): void {
  const total = Math.ceil(inFlight / 8);
  for (let id = 1; id <= BULK_JOBS; id += 1) {
    const madeAt = new Date(Date.now() - (BULK_JOBS - id) * DAY_MS);
    batch.add(t.bulkJob, { id, command: 'hold', reason: '점검', madeBy: 'kim', madeAt, total });
    for (let n = 0; n < total; n += 1)
      batch.add(t.bulkRow, {
        jobId: id,
        orderKey: `coupang/${orders}-${n}`,
        state: n % 10 === 0 ? 'failed' : 'done',
        says: 'held',
        updatedAt: madeAt,
      });
  }
}

/** What a day brings: windows read every five minutes, snapshots of the stock, and what people do. */
function addDay(batch: Batch, at: Date, ordersADay: number): void {
  const moment = (n: number, of: number) => new Date(at.getTime() + (n * DAY_MS) / of);
  for (const connectionId of SOURCE_IDS)
    for (let n = 0; n < COLLECTIONS_A_DAY; n += 1) {
      const records = Math.round(ordersADay / COLLECTIONS_A_DAY / SOURCE_IDS.length);
      batch.add(t.collectionRun, {
        connectionId,
        windowFrom: moment(n - 1, COLLECTIONS_A_DAY),
        windowTo: moment(n + 1, COLLECTIONS_A_DAY),
        workflowRunId: `run-${connectionId}-${at.getTime()}-${n}`.slice(0, 64),
        records: records * 2,
        newRecords: records,
        orders: records,
        announced: null,
        finishedAt: moment(n + 1, COLLECTIONS_A_DAY),
      });
    }
  for (const wms of WMS_IDS)
    for (const { code: itemCode } of items)
      for (let n = 0; n < SNAPSHOTS_A_DAY; n += 1)
        batch.add(t.stockLedger, {
          wms,
          itemCode,
          at: moment(n, SNAPSHOTS_A_DAY),
          reason: 'snapshot',
          madeBy: 'boosta',
          onHandChange: 5,
          allocatedChange: 0,
          shippedSinceChange: 0,
          safetyChange: 0,
          onHand: 1_000,
          allocated: 100,
          shippedSince: 50,
          safety: 10,
        });
  for (let n = 0; n < PEOPLES_DEEDS_A_DAY; n += 1)
    batch.add(t.auditEvent, {
      at: moment(n, PEOPLES_DEEDS_A_DAY),
      actor: n % 2 === 0 ? 'kim' : 'lee',
      action: n % 3 === 0 ? 'item.set' : 'stock.set',
      subject: n % 3 === 0 ? `item/${items[n % items.length]?.code}` : 'stock/fulfillment/MD-KIM-01',
      reason: '가격 변경',
      detail: { version: n },
    });
}
