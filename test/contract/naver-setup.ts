import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { naver } from '../../activities/sources/naver/adapter';
import type { FetchedRecord, Source, SourceTools } from '../../activities/sources/source';
import { type Claim, isClaim } from '../../domain/claim';
import { UndecodableRecord } from '../../domain/errors';
import { type NaverOptions, startNaver } from '../../sandbox/marketplaces/naver';
import type { CallCount } from '../../sandbox/stand-in/admin';
import type { StandIn } from '../../sandbox/stand-in/stand-in';
import { toolsOfOne } from '../support/source-tools';
import { tell } from './sources/marketplace-fixture';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const SECRET = '$2a$04$sandboxSandboxSandboxu';

type StandInSettings = NonNullable<NaverOptions['settings']>;

/** Naver with a clock that stands still, at first where ours is, and a connection to it, for each test of a file. */
export class NaverSetup {
  /** Naver's clock, in ms since 1970. */
  now = 0;
  standIn!: StandIn;
  source!: Source;
  tools!: SourceTools;
  #dataDir = '';

  static forEachTest(): NaverSetup {
    const setup = new NaverSetup();
    beforeEach(() => setup.#begin());
    afterEach(() => setup.#end());
    return setup;
  }

  /** Another worker's connection, or one with other settings; logins are shared. */
  async connect(settings: object = {}): Promise<Source> {
    const { url } = this.standIn;
    const account = {
      baseUrl: `${url}/external`,
      clientId: 'sandbox',
      clientSecret: SECRET,
      timeoutMs: 2_000,
    };
    return naver.connect({ ...account, ...settings }, this.tools);
  }

  async emit(orders: number, more: { seed?: number; overSeconds?: number } = {}): Promise<void> {
    await tell(this.standIn, '/admin/days', { seed: 12, date: '2026-11-20', orders, ...more });
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

  /** Records of product orders that nobody takes back, the claims left out. */
  async live(): Promise<FetchedRecord[]> {
    const records = await this.collect();
    const taken = new Set(records.filter(isOfClaim).map(({ recordId }) => recordId.split('/')[0]));
    return records.filter((record) => !isOfClaim(record) && !taken.has(record.recordId));
  }

  async claims(): Promise<{ record: FetchedRecord; claim: Claim }[]> {
    return (await this.collect()).filter(isOfClaim).flatMap((record) => {
      const claim = this.source.decode(record.body);
      return isClaim(claim) ? [{ record, claim }] : [];
    });
  }

  /** What it may do otherwise. */
  async set(settings: StandInSettings): Promise<void> {
    const body = JSON.stringify(settings);
    const { ok } = await fetch(`${this.standIn.adminUrl}/admin/settings`, { method: 'PUT', body });
    if (!ok) throw new Error('The settings do not fit');
  }

  async endTokens(): Promise<void> {
    await fetch(`${this.standIn.adminUrl}/admin/tokens`, { method: 'PUT' });
  }

  /** How many calls of a kind have come. */
  async callsOf(endpoint: string): Promise<number> {
    const calls = await (await fetch(`${this.standIn.adminUrl}/admin/calls`)).json();
    return (calls as Record<string, CallCount | undefined>)[endpoint]?.received ?? 0;
  }

  async #begin(): Promise<void> {
    this.#dataDir = mkdtempSync(join(tmpdir(), 'boosta-naver-'));
    this.now = Date.now();
    this.tools = toolsOfOne();
    const account = { clientId: 'sandbox', clientSecret: SECRET };
    this.standIn = await startNaver({ dataDir: this.#dataDir, ...account, clock: () => this.now });
    this.source = await this.connect();
  }

  async #end(): Promise<void> {
    await this.source.close();
    await this.standIn.stop();
    rmSync(this.#dataDir, { recursive: true });
  }
}

function isOfClaim({ recordId }: FetchedRecord): boolean {
  return recordId.includes('/');
}

export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Buffer | string | ((sent: string) => string);
}

/** Answers what a test gives it, by the last part of the path; tokens it gives to everybody. */
export class ScriptedNaver {
  url = '';
  answers: Readonly<Record<string, ScriptedAnswer>> = {};
  /** Last parts of the paths of the calls so far, with the text that was sent. */
  asked: { readonly endpoint: string; readonly body: string }[] = [];

  static forEachTest(): ScriptedNaver {
    const scripted = new ScriptedNaver();
    const server = createServer((request, response) => {
      void scripted.#answer(request, response);
    });
    beforeAll(async () => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      scripted.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    beforeEach(() => {
      scripted.answers = {};
      scripted.asked = [];
    });
    afterAll(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return scripted;
  }

  /** A page of the change feed, and the details to it, whatever is asked. */
  feed(changes: readonly object[], details: Buffer | string = '{"data":[]}'): void {
    this.answers = {
      'last-changed-statuses': { body: feedOf(changes) },
      query: { body: details },
    };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = Buffer.concat(chunks).toString();
    const endpoint = new URL(request.url ?? '/', this.url).pathname.split('/').at(-1) ?? '';
    this.asked.push({ endpoint, body: sent });
    const { status = 200, headers = {}, body } = this.answers[endpoint] ?? TOKENS[endpoint] ?? NOT_FOUND;
    response.writeHead(status, headers).end(typeof body === 'function' ? body(sent) : body);
  }
}

const TOKENS: Readonly<Record<string, ScriptedAnswer>> = {
  token: { body: '{"access_token":"anything","expires_in":10800}' },
};
const NOT_FOUND: ScriptedAnswer = { status: 404, body: '{}' };

export function feedOf(changes: readonly object[], more: object = {}): string {
  return JSON.stringify({
    traceId: 'T',
    data: { lastChangeStatuses: changes, count: changes.length, ...more },
  });
}

/** @throws what is thrown otherwise, or an Error when the record can be decoded. */
export function undecodable(source: Source, body: Uint8Array): UndecodableRecord {
  try {
    source.decode(body);
  } catch (error) {
    if (error instanceof UndecodableRecord) return error;
    throw error;
  }
  throw new Error('It was decoded');
}
