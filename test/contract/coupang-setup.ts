import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coupang } from '../../activities/sources/coupang/adapter';
import type { FetchedRecord, Reply, Source } from '../../activities/sources/source';
import { type Claim, isClaim } from '../../domain/claim';
import { mergeParts } from '../../domain/merge-parts';
import type { OrderPart, StandardOrder } from '../../domain/order';
import { type CoupangOptions, startCoupang } from '../../sandbox/marketplaces/coupang';
import type { CallCount } from '../../sandbox/stand-in/admin';
import type { StandIn } from '../../sandbox/stand-in/stand-in';
import { toolsOfOne } from '../support/source-tools';
import { tell } from './sources/marketplace-fixture';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const ACCOUNT = { vendorId: 'A00000001', accessKey: 'sandbox-access', secretKey: 'sandbox-secret-5d21' };

/** Coupang with a clock that stands still, at first where ours is, and a connection to it, for each test of a file. */
export class CoupangSetup {
  /** Coupang's clock, in ms since 1970. */
  now = 0;
  standIn!: StandIn;
  source!: Source;
  #dataDir = '';

  static forEachTest(): CoupangSetup {
    const setup = new CoupangSetup();
    beforeEach(() => setup.#begin());
    afterEach(() => setup.#end());
    return setup;
  }

  async connect(settings: object = {}): Promise<Source> {
    const given = { baseUrl: this.standIn.url, ...ACCOUNT, timeoutMs: 2_000, ...settings };
    return coupang.connect(given, toolsOfOne());
  }

  async emit(orders: number, more: { seed?: number; overSeconds?: number } = {}): Promise<void> {
    await tell(this.standIn, '/admin/days', { seed: 13, date: '2026-11-20', orders, ...more });
  }

  async collect(
    from = this.now - HOUR,
    to = this.now + HOUR,
    source = this.source,
  ): Promise<FetchedRecord[]> {
    const records: FetchedRecord[] = [];
    const window = { from: new Date(from), to: new Date(to) };
    for await (const page of source.fetchRecords(window)) records.push(...page.records);
    return records;
  }

  /** Orders that nobody takes back, with the records of their parcels. */
  async live(): Promise<{ order: StandardOrder; recordIds: string[] }[]> {
    const orders = new Map<string, { parts: OrderPart[]; recordIds: string[] }>();
    const taken = new Set<string>();
    for (const { recordId, body } of await this.collect()) {
      const told = this.source.decode(body);
      const { parts, recordIds } = orders.get(told.orderNumber) ?? { parts: [], recordIds: [] };
      if (isClaim(told)) taken.add(told.orderNumber);
      else
        orders.set(told.orderNumber, { parts: [...parts, told], recordIds: [...recordIds, recordId].sort() });
    }
    return [...orders]
      .filter(([orderNumber]) => !taken.has(orderNumber))
      .map(([, { parts, recordIds }]) => ({ order: mergeParts(parts), recordIds }));
  }

  /** An order of so many parcels. @throws Error where none has as many. */
  async orderOf(parcels: number): Promise<{ order: StandardOrder; recordIds: string[] }> {
    const found = (await this.live()).find(({ recordIds }) => recordIds.length === parcels);
    if (found === undefined) throw new Error(`No order of ${parcels} parcels is left`);
    return found;
  }

  /** Newest versions of the claims that a window tells of. */
  async claims(): Promise<Map<string, Claim>> {
    const claims = new Map<string, Claim>();
    for (const { recordId, body } of await this.collect()) {
      const told = this.source.decode(body);
      if (isClaim(told)) claims.set(recordId, told);
    }
    return claims;
  }

  /** A customer asks for something; the number of the claim. */
  async claim(orderNumber: string, kind: Claim['kind'], more: object = {}): Promise<string> {
    const { claimId } = await tell<{ claimId: string }>(this.standIn, '/admin/claims', {
      orderNumber,
      kind,
      ...more,
    });
    return claimId;
  }

  async settle(claimId: string, state: 'done' | 'withdrawn'): Promise<void> {
    await tell(this.standIn, '/admin/claim-states', { claimId, state });
  }

  async upload(recordIds: readonly string[], trackingNumber: string, source = this.source): Promise<Reply> {
    const shippedAt = new Date(this.now);
    const [reply] = await source.uploadTracking([{ recordIds, carrier: 'cj', trackingNumber, shippedAt }]);
    if (reply === undefined) throw new Error('No reply');
    return reply;
  }

  /** What it may do otherwise. */
  async set(settings: NonNullable<CoupangOptions['settings']>): Promise<void> {
    const body = JSON.stringify(settings);
    const response = await fetch(`${this.standIn.adminUrl}/admin/settings`, { method: 'PUT', body });
    if (!response.ok) throw new Error(await response.text());
  }

  /** How many calls of a kind have come. */
  async callsOf(endpoint: string): Promise<number> {
    const calls = await (await fetch(`${this.standIn.adminUrl}/admin/calls`)).json();
    return (calls as Record<string, CallCount | undefined>)[endpoint]?.received ?? 0;
  }

  async #begin(): Promise<void> {
    this.#dataDir = mkdtempSync(join(tmpdir(), 'boosta-coupang-'));
    this.now = Date.now();
    const settings = { signatureMs: 30 * DAY };
    this.standIn = await startCoupang({
      dataDir: this.#dataDir,
      ...ACCOUNT,
      settings,
      clock: () => this.now,
    });
    this.source = await this.connect();
  }

  async #end(): Promise<void> {
    await this.source.close();
    await this.standIn.stop();
    rmSync(this.#dataDir, { recursive: true });
  }
}

/** Answers with what a test gives it: always the same, or by the last part of the path. */
export class ScriptedGateway {
  url = '';
  #status = 200;
  #bodyFor: (endpoint: string) => string = () => '';

  static forEachTest(): ScriptedGateway {
    const scripted = new ScriptedGateway();
    const server = createServer((request, response) => {
      const endpoint = new URL(request.url ?? '/', scripted.url).pathname.split('/').at(-1) ?? '';
      response.writeHead(scripted.#status).end(scripted.#bodyFor(endpoint));
    });
    beforeAll(async () => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      scripted.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterAll(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return scripted;
  }

  answer(status: number, body: string): void {
    this.#status = status;
    this.#bodyFor = () => body;
  }

  /** Lists that are not named have nothing in them. */
  list(data: Readonly<Record<string, readonly object[]>>): void {
    this.#status = 200;
    this.#bodyFor = (endpoint) => JSON.stringify({ code: 200, message: 'OK', data: data[endpoint] ?? [] });
  }
}
