import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sabangnetV3 } from '../../activities/sources/sabangnet-v3/adapter';
import type { FetchedRecord, Source } from '../../activities/sources/source';
import { startSabangnetV3Hub } from '../../sandbox/hubs/sabangnet-v3';
import { json, type StandInRequest, type StandInResponse } from '../../sandbox/stand-in/message';
import { StandIn } from '../../sandbox/stand-in/stand-in';
import { toolsOfOne } from '../support/source-tools';
import { tell } from './sources/marketplace-fixture';
import { account, malls } from './sources/sabangnet-v3';

export const MINUTE = 60_000;

const toWindow = (from: number, to: number) => ({ from: new Date(from), to: new Date(to) });

async function collectFrom(source: Source, from: number, to: number): Promise<FetchedRecord[]> {
  const records: FetchedRecord[] = [];
  for await (const page of source.fetchRecords(toWindow(from, to))) records.push(...page.records);
  return records;
}

/** A hub whose clock is off by so much, and a connection to it, for each test of a file. */
export class V3Setup {
  /** How far the hub's clock is ahead of ours, in ms. */
  offset = 0;
  hub!: StandIn;
  source!: Source;
  #dataDir = '';

  static forEachTest(): V3Setup {
    const setup = new V3Setup();
    beforeEach(() => setup.#begin());
    afterEach(() => setup.#end());
    return setup;
  }

  /** Connects anew, with other settings. */
  async connect(settings: object = {}): Promise<void> {
    const known = { baseUrl: this.hub.url, ...account, malls, perPage: 50, timeoutMs: 2_000 };
    this.source = await sabangnetV3.connect({ ...known, ...settings }, toolsOfOne());
  }

  /** A day of orders of 롯데ON, all there at once. */
  async offer(orders: number, seed = 1): Promise<void> {
    await tell(this.hub, '/admin/days', { seed, orders, date: '2026-11-19', channels: ['lotteon'] });
  }

  async collect(from = Date.now() - 60 * MINUTE, to = Date.now() + 60 * MINUTE): Promise<FetchedRecord[]> {
    return collectFrom(this.source, from, to);
  }

  async collectOrders(): Promise<FetchedRecord[]> {
    return (await this.collect()).filter(({ recordId }) => !recordId.startsWith('claim-'));
  }

  async calls(endpoint: string): Promise<number> {
    const answer = await fetch(`${this.hub.adminUrl}/admin/calls`);
    return ((await answer.json()) as Record<string, { handled: number }>)[endpoint]?.handled ?? 0;
  }

  async change(settings: object): Promise<void> {
    const body = JSON.stringify(settings);
    await fetch(`${this.hub.adminUrl}/admin/settings`, { method: 'PUT', body });
  }

  async #begin(): Promise<void> {
    this.offset = 0;
    this.#dataDir = mkdtempSync(join(tmpdir(), 'boosta-sabangnet-v3-'));
    const clock = () => Date.now() + this.offset;
    this.hub = await startSabangnetV3Hub({ dataDir: this.#dataDir, ...account, clock });
    await this.connect();
  }

  async #end(): Promise<void> {
    await this.source.close();
    await this.hub.stop();
    rmSync(this.#dataDir, { recursive: true });
  }
}

type Answer = (request: StandInRequest) => StandInResponse;

/** A gateway that gives out tokens, and answers as a test says: for answers that no stand-in gives. */
export class ScriptedGateway {
  /** By path; a list that is not scripted is empty. */
  readonly answers = new Map<string, Answer>();
  source!: Source;
  #standIn!: StandIn;

  static forEachTest(): ScriptedGateway {
    const gateway = new ScriptedGateway();
    beforeEach(() => gateway.#begin());
    afterEach(() => gateway.#end());
    return gateway;
  }

  async connect(settings: object = {}): Promise<void> {
    const known = { baseUrl: this.#standIn.url, ...account, malls, perPage: 50, timeoutMs: 2_000 };
    this.source = await sabangnetV3.connect({ ...known, ...settings }, toolsOfOne());
  }

  async collect(): Promise<FetchedRecord[]> {
    return collectFrom(this.source, Date.now() - MINUTE, Date.now());
  }

  /** The orders of the only page there is, as they stand in its list. */
  offer(...records: readonly string[]): void {
    this.answers.set('order', () => listOf(records, records.length));
  }

  async #begin(): Promise<void> {
    this.answers.clear();
    const token = () => json(200, { access_token: 'token', token_type: 'Bearer', expires_in: 10_800 });
    const route = (path: string, endpoint: string, handle: Answer) => ({
      method: 'POST',
      path,
      endpoint,
      handle,
    });
    const scripted = (path: string) =>
      route(`/v3/sb/${path}`, path, (request) => this.answers.get(path)?.(request) ?? listOf([], 0));
    this.#standIn = await new StandIn({
      name: 'scripted',
      routes: [
        route('/oauth2/token', 'token', (request) => this.answers.get('token')?.(request) ?? token()),
        ...['order', 'claim', 'order-status', 'waybill'].map(scripted),
      ],
      rateLimited: () => json(429, {}),
      ledger: () => ({}),
    }).start();
    await this.connect();
  }

  async #end(): Promise<void> {
    await this.source.close();
    await this.#standIn.stop();
  }
}

/** A page of a list that is `total` records long. */
export function listOf(records: readonly string[], total: number): StandInResponse {
  const headers = { 'content-type': 'application/json' };
  const data = `{"totalItemCnt":${total},"hasNext":false,"results":[${records.join(',')}]}`;
  return { status: 200, headers, body: `{"code":200,"message":"성공","data":${data}}` };
}
