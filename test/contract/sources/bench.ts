import type { FetchedRecord, Source, SourceAdapter, SourceTools } from '../../../activities/sources/source';
import { type Claim, isClaim } from '../../../domain/claim';
import { mergeParts } from '../../../domain/merge-parts';
import type { OrderPart, StandardOrder, TimeWindow } from '../../../domain/order';
import { orderKey } from '../../../domain/order-key';
import type { EmittedOrder } from '../../../sandbox/generator/generate-day';
import { toolsOfOne } from '../../support/source-tools';
import type { MarketFixture, SourceFixture } from './fixture';
import { sourceFixtures } from './fixtures';

const ORDERS = 60;

/** An adapter beside the stand-in that it speaks to, new for each test. */
export class Bench {
  fixture!: SourceFixture;
  source!: Source;
  private tools: SourceTools = toolsOfOne();

  constructor(readonly adapter: SourceAdapter) {}

  async open(): Promise<void> {
    const start = sourceFixtures[this.adapter.name];
    if (!start) throw new Error(`No fixture for ${this.adapter.name} in sources/fixtures.ts`);
    this.tools = toolsOfOne();
    this.fixture = await start(ORDERS);
    this.source = await this.adapter.connect(this.fixture.settings, this.tools);
  }

  async close(): Promise<void> {
    await this.source.close();
    await this.fixture.stop();
  }

  get market(): MarketFixture {
    const { market } = this.fixture;
    if (market === undefined) throw new Error(`The fixture of ${this.adapter.name} has no market`);
    return market;
  }

  async collect(source = this.source, window = this.fixture.window, from?: string): Promise<FetchedRecord[]> {
    const records: FetchedRecord[] = [];
    for await (const page of source.fetchRecords(window, from)) records.push(...page.records);
    return records;
  }

  /** Orders as their records tell them. */
  ordersIn(records: readonly FetchedRecord[]): Map<string, StandardOrder> {
    const parts = new Map<string, OrderPart[]>();
    const claims = new Map<string, Claim[]>();
    for (const { body } of records) {
      const told = this.source.decode(body);
      const key = orderKey(told.channel, told.orderNumber);
      if (isClaim(told)) claims.set(key, [...(claims.get(key) ?? []), told]);
      else parts.set(key, [...(parts.get(key) ?? []), told]);
    }
    return new Map([...parts].map(([key, told]) => [key, sorted(mergeParts(told, claims.get(key)))]));
  }

  /** The first order that nobody takes back, and the records that tell of it. */
  async live(): Promise<{ order: EmittedOrder; recordIds: string[] }> {
    const records = await this.collect();
    const order = this.fixture.orders.find(({ cancellation }) => cancellation === null);
    if (!order) throw new Error('Every order is cancelled');
    const mine = records.filter(({ body }) => {
      const told = this.source.decode(body);
      return !isClaim(told) && orderKey(told.channel, told.orderNumber) === keyOf(order);
    });
    return { order, recordIds: mine.map(({ recordId }) => recordId) };
  }

  async withSettings(settings: unknown, use: (source: Source) => Promise<void>): Promise<void> {
    const source = await this.adapter.connect(settings, toolsOfOne());
    try {
      await use(source);
    } finally {
      await source.close();
    }
  }

  /** Two windows that touch in the middle of this one. */
  halves(): [TimeWindow, TimeWindow] {
    const { from, to } = this.fixture.window;
    const middle = new Date((from.getTime() + to.getTime()) / 2);
    return [
      { from, to: middle },
      { from: middle, to },
    ];
  }
}

export function openBench(adapter: SourceAdapter): Bench {
  const bench = new Bench(adapter);
  beforeEach(() => bench.open());
  afterEach(() => bench.close());
  return bench;
}

export function keyOf({ channel, orderNumber }: EmittedOrder): string {
  return orderKey(channel, orderNumber);
}

function sorted(order: StandardOrder): StandardOrder {
  return {
    ...order,
    lines: order.lines.toSorted((a, b) => a.lineNumber.localeCompare(b.lineNumber, 'en', { numeric: true })),
  };
}
