import type { Database } from '../db/database';
import { type ConnectionRow, findConnection, settingsOf } from '../db/queries/connections';
import { OutsideUnavailable } from './outcome';
import { Permits } from './permits';
import { sourceTools } from './source-tools';
import { sourceAdapter } from './sources/registry';
import type { Source } from './sources/source';
import { wmsAdapter } from './wms/registry';
import type { Wms } from './wms/wms';

/** A WMS account in use, with what its connection decides. */
export interface WmsConnection {
  readonly id: string;
  readonly wms: Wms;
  readonly callsPerMinute: number;
  readonly onAbsent: 'ask' | 'resend';
}

export class UnknownConnection extends Error {
  override readonly name = 'UnknownConnection';
}

const REREAD_AFTER_MS = 15_000;

interface Open<T> {
  readonly fingerprint: string;
  readonly paused: boolean;
  readonly value: T;
}

interface Entry<T> {
  readonly readAt: number;
  readonly opening: Promise<Open<T>>;
}

/**
 * The connections that this worker uses, opened when first needed. A connection that somebody changes
 * or pauses is noticed within fifteen seconds.
 */
export class Connections {
  private readonly sources = new Map<string, Entry<Source>>();
  private readonly wmses = new Map<string, Entry<WmsConnection>>();

  readonly permits: Permits;

  /** @param whenLimited what becomes of a request to a WMS whose limit leaves none this moment. */
  constructor(
    private readonly database: Pick<Database, 'db' | 'vault'>,
    whenLimited: 'wait' | 'give-up' = 'wait',
  ) {
    const manner = whenLimited === 'wait' ? 'wait' : 'at-once';
    this.permits = new Permits(database.db, async (id) => (await this.wms(id)).callsPerMinute, manner);
  }

  /** @throws UnknownConnection, OutsideUnavailable while it is paused, ZodError naming a setting. */
  async source(id: string): Promise<Source> {
    return unlessPaused(id, await this.openSource(id));
  }

  /** For reading what is in the house already: that goes on while the source is paused. */
  async decoder(id: string): Promise<Pick<Source, 'decode' | 'capabilities'>> {
    return (await this.openSource(id)).value;
  }

  /** @throws UnknownConnection, OutsideUnavailable while it is paused, ZodError naming a setting. */
  async wms(id: string): Promise<WmsConnection> {
    const opened = await this.open(this.wmses, id, 'wms', async (row) => {
      const adapter = wmsAdapter(row.adapter);
      return {
        id: row.id,
        wms: adapter.connect(settingsOf(this.database, row), () => this.permits.ofRequest(row.id)),
        callsPerMinute:
          lowest(row.callsPerMinute, adapter.capabilities.callsPerMinute) ??
          adapter.capabilities.callsPerMinute,
        onAbsent: row.onAbsent,
      };
    });
    return unlessPaused(id, opened);
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled([...this.sources.values()].map(({ opening }) => opening));
    this.sources.clear();
    for (const result of opened) if (result.status === 'fulfilled') await result.value.value.close();
  }

  private openSource(id: string): Promise<Open<Source>> {
    return this.open(
      this.sources,
      id,
      'source',
      async (row) => {
        const { connect, capabilities } = sourceAdapter(row.adapter);
        const limit = lowest(row.callsPerMinute, capabilities.callsPerMinute);
        return connect(settingsOf(this.database, row), sourceTools(this.database.db, row.id, limit));
      },
      (source) => source.close(),
    );
  }

  /** Those who ask while it is being opened wait for the same one; one that did not open is tried again. */
  private async open<T>(
    entries: Map<string, Entry<T>>,
    id: string,
    kind: ConnectionRow['kind'],
    connect: (row: ConnectionRow) => Promise<T>,
    close: (value: T) => Promise<void> = async () => undefined,
  ): Promise<Open<T>> {
    const known = entries.get(id);
    if (known !== undefined && Date.now() - known.readAt < REREAD_AFTER_MS) return known.opening;
    let before = known;
    const opening = this.reopen(id, kind, known, connect, (value) => {
      // Closed, it serves nobody any more, whatever becomes of the new one.
      before = undefined;
      return close(value);
    });
    const entry = { readAt: Date.now(), opening };
    entries.set(id, entry);
    opening.catch(() => {
      if (entries.get(id) !== entry) return;
      if (before === undefined) entries.delete(id);
      else entries.set(id, before);
    });
    return opening;
  }

  private async reopen<T>(
    id: string,
    kind: ConnectionRow['kind'],
    known: Entry<T> | undefined,
    connect: (row: ConnectionRow) => Promise<T>,
    close: (value: T) => Promise<void>,
  ): Promise<Open<T>> {
    const row = await findConnection(this.database.db, id);
    if (row === undefined || row.kind !== kind) {
      throw new UnknownConnection(`No ${kind} is connected as ${id}`);
    }
    const { paused, ...settings } = row;
    const fingerprint = JSON.stringify(settings);
    const before = await known?.opening.catch(() => undefined);
    if (before?.fingerprint === fingerprint) return { ...before, paused };
    // The new one may listen where the old one does.
    if (before !== undefined) await close(before.value);
    return { fingerprint, paused, value: await connect(row) };
  }
}

/** A connection may be called less often than its adapter allows, never more often. */
function lowest(ofConnection: number | null, ofAdapter: number | null): number | null {
  if (ofConnection === null || ofAdapter === null) return ofConnection ?? ofAdapter;
  return Math.min(ofConnection, ofAdapter);
}

function unlessPaused<T>(id: string, { paused, value }: Open<T>): T {
  if (paused) throw new OutsideUnavailable(`${id} is paused`);
  return value;
}
