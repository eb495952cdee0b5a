import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type {
  CreateReply,
  Permit,
  ShipmentsRead,
  Wms,
  WmsAdapter,
  WmsOrder,
  WmsOrderFound,
} from '../../../activities/wms/wms';
import type { FaultInput } from '../../../sandbox/stand-in/faults';
import type { RunningStandIn } from '../../../sandbox/stand-in/stand-in';
import { ITEMS, type WmsFixture } from './fixtures';

const ledgerSchema = z.object({
  doubles: z.record(z.string(), z.int()),
  list: z.array(
    z.object({
      code: z.string(),
      reference: z.string(),
      state: z.enum(['open', 'shipped', 'cancelled']),
      orderNumbers: z.string(),
      items: z.array(z.object({ itemCode: z.string(), quantity: z.int() })),
      shipments: z.array(z.object({ id: z.string(), carrier: z.string(), trackingNumber: z.string() })),
    }),
  ),
});
const callsSchema = z.record(z.string(), z.object({ received: z.int(), handled: z.int() }));

const NEVER_MS = 1_000_000_000;
export const TIMEOUT_MS = 5_000;
/** Of a call that nothing hinders. */
export const options = { timeoutMs: TIMEOUT_MS, beforeHandOver: () => undefined };

/** An adapter connected to its stand-in over real HTTP, and the stand-in's own ledger to compare with. */
export class WmsBench {
  readonly #dataDir = mkdtempSync(join(tmpdir(), 'wms-contract-'));
  #standIn: RunningStandIn | null = null;
  #orders = 0;
  /** Requests that asked whether they may be made. */
  permits = 0;
  readonly startedAt = new Date();
  readonly #run = Math.random().toString(36).slice(2, 8).toUpperCase();

  readonly #count: Permit = async () => {
    this.permits += 1;
  };

  constructor(
    readonly adapter: WmsAdapter,
    readonly fixture: WmsFixture,
  ) {}

  get standIn(): RunningStandIn {
    if (!this.#standIn) throw new Error('the stand-in is not running');
    return this.#standIn;
  }

  async start(shipAfterMs = NEVER_MS): Promise<void> {
    this.#standIn = await this.fixture.start({ dataDir: this.#dataDir, shipAfterMs });
  }

  async restart(shipAfterMs = NEVER_MS): Promise<void> {
    const port = Number(new URL(this.standIn.url).port);
    await this.standIn.stop();
    this.#standIn = await this.fixture.start({ dataDir: this.#dataDir, port, shipAfterMs });
  }

  async stop(): Promise<void> {
    await this.#standIn?.stop();
    rmSync(this.#dataDir, { recursive: true });
  }

  connect(changes: Record<string, unknown> = {}, permit: Permit = this.#count): Wms {
    return this.adapter.connect({ ...this.fixture.settings(this.standIn.url), ...changes }, permit);
  }

  order(changes: Partial<WmsOrder> = {}): WmsOrder {
    this.#orders += 1;
    return {
      code: `BO${this.#run}${String(this.#orders).padStart(20, '0')}`,
      orderNumbers: [`2026112200${this.#orders}`],
      channel: 'smartstore',
      orderedAt: new Date('2026-11-22T01:23:45Z'),
      recipient: {
        name: '홍길동',
        phone: '010-0000-0000',
        phone2: '0504-0000-0000',
        postcode: '04524',
        address: '서울특별시 중구 세종대로 110, 3층',
        deliveryMessage: '문 앞에 놓아주세요',
      },
      items: [
        { itemCode: ITEMS[0], name: '도시락김', quantity: 2 },
        { itemCode: ITEMS[2], name: '보리차', quantity: 1 },
      ],
      ...changes,
    };
  }

  orders(count: number): WmsOrder[] {
    return Array.from({ length: count }, () => this.order());
  }

  async faults(...faults: FaultInput[]): Promise<void> {
    await this.admin('faults', { seed: 7, faults });
  }

  async shipAfter(shipAfterMs: number): Promise<void> {
    await this.admin('settings', { shipAfterMs });
  }

  /** Whether the warehouse's people take in what is sent, where they have to before it can be found. */
  async staffTakeIn(taking: boolean): Promise<void> {
    const { takeInSetting } = this.fixture;
    if (takeInSetting) await this.admin('settings', { [takeInSetting]: taking ? 0 : NEVER_MS });
  }

  /** The number that an order's creation was answered with, from the ledger's. */
  referenceCreated(inLedger: string): string {
    return this.fixture.referenceCreated?.(inLedger) ?? inLedger;
  }

  /** The number under which the WMS lists an order, from the one that its creation was answered with. */
  referenceFound(created: string): string {
    return this.fixture.referenceFound?.(created) ?? created;
  }

  /** By the look-up; by the list, where there is no look-up. */
  async find(wms: Wms, code: string): Promise<WmsOrderFound[]> {
    if (wms.capabilities.lookup !== 'none') return wms.lookup(code);
    const listed = await wms.ordersSince(this.startedAt);
    return listed
      .filter((order) => order.code === code)
      .map(({ reference, state }) => ({ reference, state }));
  }

  async admin(path: string, body?: unknown): Promise<unknown> {
    const init = body === undefined ? {} : { method: 'PUT', body: JSON.stringify(body) };
    const response = await fetch(`${this.standIn.adminUrl}/admin/${path}`, init);
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  }

  async ledger(): Promise<z.infer<typeof ledgerSchema>> {
    return ledgerSchema.parse(await this.admin('ledger'));
  }

  async inLedger(code: string) {
    return (await this.ledger()).list.filter((row) => row.code === code);
  }

  async received(endpoint: string): Promise<number> {
    return (await this.calls())[endpoint]?.received ?? 0;
  }

  async receivedInAll(): Promise<number> {
    return Object.values(await this.calls()).reduce((sum, { received }) => sum + received, 0);
  }

  private async calls() {
    return callsSchema.parse(await this.admin('calls'));
  }
}

/** One order, one reply. */
export async function createOne(wms: Wms, order: WmsOrder, timeoutMs = TIMEOUT_MS): Promise<CreateReply> {
  const [reply] = await createAll(wms, [order], timeoutMs);
  if (!reply) throw new Error('no reply');
  return reply;
}

/** In as many calls as it takes. */
export async function createAll(
  wms: Wms,
  orders: readonly WmsOrder[],
  timeoutMs = TIMEOUT_MS,
): Promise<CreateReply[]> {
  const { ordersPerCall } = wms.capabilities;
  const replies: CreateReply[] = [];
  for (let first = 0; first < orders.length; first += ordersPerCall)
    replies.push(
      ...(await wms.create(orders.slice(first, first + ordersPerCall), { ...options, timeoutMs })),
    );
  return replies;
}

/** An order that the WMS has. */
export async function created(bench: WmsBench, wms: Wms) {
  const order = bench.order();
  const { outcome } = await createOne(wms, order);
  if (outcome.kind !== 'done') throw new Error(`not created: ${outcome.reason}`);
  return { order, reference: outcome.reference };
}

/** All there is from a cursor or a moment on, in as many calls as it takes. */
export async function shipmentsSince(wms: Wms, from: string | Date): Promise<ShipmentsRead> {
  const first = await wms.shipmentsSince(from);
  if (!first.more) return first;
  const rest = await shipmentsSince(wms, first.cursor);
  return {
    ...rest,
    shipments: [...first.shipments, ...rest.shipments],
    unreadable: [...first.unreadable, ...rest.unreadable],
  };
}
