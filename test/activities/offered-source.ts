import { createHash } from 'node:crypto';
import { Connections } from '../../activities/connections';
import type { Deps } from '../../activities/deps';
import { OutsideUnavailable } from '../../activities/outcome';
import { ORDER_FIELDS } from '../../activities/sources/sabangnet-xml/decode-order';
import type { FetchedPage, FetchedRecord, Reply, Source } from '../../activities/sources/source';
import type { TimeWindow } from '../../domain/order';
import { orderKey } from '../../domain/order-key';
import { type EmittedLine, type EmittedOrder, generateDay } from '../../sandbox/generator/generate-day';
import { fieldsOf, type HubFields } from '../../sandbox/hubs/sabangnet-xml/fields';
import { AnswerForm, HubRecord } from '../../sandbox/hubs/sabangnet-xml/hub-record';
import { CONNECTIONS } from '../../sandbox/seed';
import type { House } from '../support/house';

/** A source that offers what a test says; the records are the hub's, and its own adapter decodes them. */
export class OfferedSource implements Source {
  records: FetchedRecord[] = [];
  /** What comes on further pages of the same window. */
  furtherPages: FetchedRecord[][] = [];
  readonly asked: TimeWindow[] = [];
  down = false;
  readonly capabilities: Source['capabilities'];

  constructor(
    private readonly hub: Source,
    maxWindowHours = 24,
  ) {
    this.capabilities = { ...hub.capabilities, maxWindowHours };
  }

  async *fetchRecords(window: TimeWindow): AsyncGenerator<FetchedPage> {
    this.asked.push(window);
    if (this.down) throw new OutsideUnavailable('down');
    yield { records: this.records };
    for (const records of this.furtherPages) yield { records };
  }

  decode(body: Uint8Array) {
    return this.hub.decode(body);
  }

  uploadTracking(): Promise<Reply[]> {
    throw new Error('Nothing is uploaded here');
  }

  async close(): Promise<void> {}
}

class OfferingConnections extends Connections {
  offered: Source | undefined;

  override async source(id: string): Promise<Source> {
    return this.offered ?? (await super.source(id));
  }

  override async decoder(id: string): Promise<Pick<Source, 'decode' | 'capabilities'>> {
    return this.source(id);
  }
}

/** The house's deps with a source that offers what the test says. */
export async function offering(
  house: House,
  maxWindowHours?: number,
): Promise<{ deps: Deps; source: OfferedSource }> {
  const source = new OfferedSource(await house.deps.connections.source(CONNECTIONS.source), maxWindowHours);
  const connections = new OfferingConnections(house.database);
  connections.offered = source;
  return { deps: { ...house.deps, connections }, source };
}

/** Orders of a day without those that a test could stumble over: cancelled ones and deals never seen. */
export function plainOrders(seed: number, orders: number, lines?: number): EmittedOrder[] {
  return generateDay({ seed, orders: orders * 10, date: '2026-11-20' })
    .filter((o) => o.cancellation === null && o.lines.every((line) => !line.isNewDeal))
    .filter((o) => lines === undefined || o.lines.length === lines)
    .slice(0, orders);
}

export const keyOf = ({ channel, orderNumber }: EmittedOrder) => orderKey(channel, orderNumber);

const form = new AnswerForm(ORDER_FIELDS, false);

/** A line as the hub tells of it; with other fields it is a newer version of the same record. */
export function recordOf(
  order: EmittedOrder,
  line: EmittedLine,
  given: HubFields = {},
  status = '신규주문',
): FetchedRecord {
  const recordId = `${order.orderNumber}.${line.lineNumber}`;
  const record = new HubRecord(recordId, 0, { ...fieldsOf(order, line), ...given }, null);
  const body = Buffer.concat([...record.write(form, status)]);
  return { recordId, body, contentHash: createHash('sha256').update(body).digest('hex') };
}

export function recordsOf(order: EmittedOrder, given: HubFields = {}, status?: string): FetchedRecord[] {
  return order.lines.map((line) => recordOf(order, line, given, status));
}

/** The order with so many of each line, at what one cost before. */
export function withQuantity(order: EmittedOrder, quantity: number): EmittedOrder {
  const lines = order.lines.map((line) => {
    const price = (won: bigint) => (won / BigInt(line.quantity)) * BigInt(quantity);
    return { ...line, quantity, amount: price(line.amount), discount: price(line.discount) };
  });
  return { ...order, lines };
}

export const cancelled = (order: EmittedOrder) => recordsOf(order, {}, '취소접수');

/** Any stretch of time: what is offered does not depend on it. */
export const WINDOW: TimeWindow = {
  from: new Date('2026-11-20T00:00:00Z'),
  to: new Date('2026-11-20T01:00:00Z'),
};
