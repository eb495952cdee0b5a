import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sabangnetXml } from '../../activities/sources/sabangnet-xml/adapter';
import type { FetchedRecord, Source } from '../../activities/sources/source';
import type { Told } from '../../domain/claim';
import { UndecodableRecord } from '../../domain/errors';
import { MALL_NAMES, startSabangnetXmlHub } from '../../sandbox/hubs/sabangnet-xml';
import type { StandIn } from '../../sandbox/stand-in/stand-in';
import { toolsOfOne } from '../support/source-tools';

export const HOUR = 3_600_000;
export const authKey = 'sandbox-key-7f3a';

const malls = Object.fromEntries(Object.entries(MALL_NAMES).map(([channel, name]) => [name, channel]));

/** A hub with a clock that stands still, and a connection to it, for each test of a file. */
export class SabangnetSetup {
  now = 0;
  /** Calls that the source has asked leave for. */
  permits = 0;
  hub!: StandIn;
  source!: Source;
  #dataDir = '';

  static forEachTest(): SabangnetSetup {
    const setup = new SabangnetSetup();
    beforeEach(() => setup.#begin());
    afterEach(() => setup.#end());
    return setup;
  }

  async restartHub(): Promise<void> {
    await this.hub.stop();
    this.hub = await this.#startHub();
  }

  /** Connects anew, with other settings. */
  async connect(settings: object = {}): Promise<void> {
    await this.source.close();
    this.source = await this.#connect(settings);
  }

  /** The hub's name of a channel. */
  mallOf(channel: string): string {
    return Object.keys(malls).find((name) => malls[name] === channel) ?? '';
  }

  async collect(from = this.now - HOUR, to = this.now + HOUR): Promise<FetchedRecord[]> {
    const records: FetchedRecord[] = [];
    const window = { from: new Date(from), to: new Date(to) };
    for await (const page of this.source.fetchRecords(window)) records.push(...page.records);
    return records;
  }

  /** Without the claims. */
  async collectOrders(from?: number, to?: number): Promise<FetchedRecord[]> {
    const records = await this.collect(from, to);
    return records.filter(({ recordId }) => !recordId.startsWith('claim-'));
  }

  async #begin(): Promise<void> {
    this.#dataDir = mkdtempSync(join(tmpdir(), 'boosta-sabangnet-'));
    this.permits = 0;
    this.now = Date.parse('2026-11-20T05:00:00Z');
    this.hub = await this.#startHub();
    this.source = await this.#connect({});
  }

  async #end(): Promise<void> {
    await this.source.close();
    await this.hub.stop();
    rmSync(this.#dataDir, { recursive: true });
  }

  #startHub(): Promise<StandIn> {
    const account = { companyId: 'modamtteul', authKey };
    return startSabangnetXmlHub({ dataDir: this.#dataDir, ...account, clock: () => this.now });
  }

  #connect(settings: object): Promise<Source> {
    const account = { baseUrl: this.hub.url, companyId: 'modamtteul', authKey, malls, timeoutMs: 2_000 };
    const permit = async () => void (this.permits += 1);
    return sabangnetXml.connect({ ...account, ...settings }, { ...toolsOfOne(), permit });
  }
}

/** Answers everything with the same, for each test of a `describe`. */
export class FixedServer {
  answer: Buffer | string = '';
  url = '';

  static forEachTest(): FixedServer {
    const fixed = new FixedServer();
    const server = createServer((_request, response) => response.end(fixed.answer));
    beforeAll(async () => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      fixed.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterAll(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return fixed;
  }
}

/** @throws what is thrown otherwise, or an Error when the record can be decoded. */
export function undecodable(decode: () => Told): UndecodableRecord {
  try {
    decode();
  } catch (error) {
    if (error instanceof UndecodableRecord) return error;
    throw error;
  }
  throw new Error('It was decoded');
}
