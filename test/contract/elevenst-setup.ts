import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { elevenst } from '../../activities/sources/elevenst/adapter';
import type { FetchedRecord, Source } from '../../activities/sources/source';
import { type Claim, type ClaimKind, isClaim } from '../../domain/claim';
import { mergeParts } from '../../domain/merge-parts';
import type { OrderPart, StandardOrder } from '../../domain/order';
import { type EmittedOrder, generateDay } from '../../sandbox/generator/generate-day';
import { startElevenst } from '../../sandbox/marketplaces/elevenst';
import type { StandIn } from '../../sandbox/stand-in/stand-in';
import { toolsOfOne } from '../support/source-tools';
import { booksOf, tell } from './sources/marketplace-fixture';

export const HOUR = 3_600_000;
export const MINUTE = 60_000;
export const apiKey = 'sandbox-key-5b21';

/** 11번가 with a clock that stands still, and a connection to it, for each test of a file. */
export class ElevenstSetup {
  now = 0;
  standIn!: StandIn;
  source!: Source;
  orders: readonly EmittedOrder[] = [];
  #dataDir = '';

  static forEachTest(): ElevenstSetup {
    const setup = new ElevenstSetup();
    beforeEach(() => setup.#begin());
    afterEach(() => setup.#end());
    return setup;
  }

  /** Connects anew, with other settings. */
  async connect(settings: object = {}): Promise<void> {
    const account = { baseUrl: this.standIn.url, apiKey, timeoutMs: 1_000 };
    this.source = await elevenst.connect({ ...account, ...settings }, toolsOfOne());
  }

  async emit(orders: number, overSeconds = 0): Promise<void> {
    const day = { seed: 12, orders, date: '2026-11-19', channels: ['11st'] as const };
    await tell(this.standIn, '/admin/days', { ...day, overSeconds });
    this.orders = generateDay(day);
  }

  async set(settings: object): Promise<void> {
    const body = JSON.stringify(settings);
    await fetch(`${this.standIn.adminUrl}/admin/settings`, { method: 'PUT', body });
  }

  /** How often an endpoint has been called. */
  async calls(endpoint: string): Promise<number> {
    const response = await fetch(`${this.standIn.adminUrl}/admin/calls`);
    return ((await response.json()) as Record<string, { received: number }>)[endpoint]?.received ?? 0;
  }

  async collect(from = this.now - HOUR, to = this.now + HOUR): Promise<FetchedRecord[]> {
    const records: FetchedRecord[] = [];
    const window = { from: new Date(from), to: new Date(to) };
    for await (const page of this.source.fetchRecords(window)) records.push(...page.records);
    return records;
  }

  /** An order of so many lines that nobody takes back. */
  order(isWanted: (order: EmittedOrder) => boolean): EmittedOrder {
    const found = this.orders.find((order) => order.cancellation === null && isWanted(order));
    if (found === undefined) throw new Error('No such order in the day');
    return found;
  }

  /** The records of an order's lines, in the order of their numbers. */
  async linesOf({ orderNumber }: EmittedOrder): Promise<FetchedRecord[]> {
    return (await this.collect())
      .filter(({ recordId }) => recordId.startsWith(`${orderNumber}-`))
      .toSorted((a, b) => a.recordId.localeCompare(b.recordId, 'en', { numeric: true }));
  }

  async idsOf(order: EmittedOrder): Promise<string[]> {
    return (await this.linesOf(order)).map(({ recordId }) => recordId);
  }

  /** An order as all its records together tell it. */
  merged({ orderNumber }: EmittedOrder, records: readonly FetchedRecord[]): StandardOrder {
    const parts: OrderPart[] = [];
    const claims: Claim[] = [];
    for (const { body } of records) {
      const told = this.source.decode(body);
      if (told.orderNumber !== orderNumber) continue;
      if (isClaim(told)) claims.push(told);
      else parts.push(told);
    }
    return mergeParts(parts, claims);
  }

  async claim({ orderNumber }: EmittedOrder, kind: ClaimKind, units?: Record<string, number>): Promise<void> {
    const lines = Object.entries(units ?? {}).map(([lineNumber, quantity]) => ({ lineNumber, quantity }));
    await tell(this.standIn, '/admin/claims', {
      orderNumber,
      kind,
      ...(units === undefined ? {} : { lines }),
    });
  }

  trackingOf(order: EmittedOrder): Promise<string[][]> {
    const { trackingOf } = booksOf(this.standIn);
    return Promise.all(order.lines.map((line) => trackingOf(order, line)));
  }

  async #begin(): Promise<void> {
    this.#dataDir = mkdtempSync(join(tmpdir(), 'boosta-elevenst-'));
    this.now = Date.parse('2026-11-20T05:00:00Z');
    this.standIn = await startElevenst({ dataDir: this.#dataDir, apiKey, clock: () => this.now });
    await this.connect();
  }

  async #end(): Promise<void> {
    await this.source.close();
    await this.standIn.stop();
    rmSync(this.#dataDir, { recursive: true });
  }
}
