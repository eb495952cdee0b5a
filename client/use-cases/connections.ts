import { setTimeout as sleep } from 'node:timers/promises';
import { sourceTools } from '../../activities/source-tools';
import { sourceAdapter, sourceAdapters } from '../../activities/sources/registry';
import { wmsAdapter, wmsAdapters } from '../../activities/wms/registry';
import type { Database } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import {
  type ConnectionEdit,
  type ConnectionRow,
  editConnection,
  findConnection,
  listConnections,
  saveConnection,
  settingsOf,
  takePermit,
} from '../../db/queries/connections';
import { explainSettings } from '../explain-settings';
import { trySettings } from '../try-settings';
import { ChangedMeanwhile, NotFound, UseCaseError } from './use-case-error';

/** A connection as people see it: of its secrets the names only. */
export async function showConnections(database: Database) {
  const rows = await listConnections(database.db);
  return rows.map(({ secrets, ...row }) => ({
    ...row,
    secretNames: Object.keys(database.vault.open(row.id, secrets)),
  }));
}

export interface NewConnection extends ConnectionEdit {
  readonly id: string;
  readonly kind: ConnectionRow['kind'];
  readonly adapter: string;
}

/** @throws UseCaseError when its adapter does not take the settings, or there is one of this name. */
export async function addConnection(
  database: Database,
  given: NewConnection,
  command: Command,
): Promise<void> {
  const known: readonly { name: string }[] = given.kind === 'wms' ? wmsAdapters : sourceAdapters;
  if (!known.some(({ name }) => name === given.adapter))
    throw new UseCaseError(`There is no kind ${given.adapter}: ${known.map(({ name }) => name).join(', ')}.`);
  if ((await findConnection(database.db, given.id)) !== undefined)
    throw new UseCaseError(`There is a connection ${given.id} already.`);
  await requireFit(database, given);
  await saveConnection(database, given);
  await audit(database, 'connection.add', given.id, command, { adapter: given.adapter });
}

/** @throws NotFound, ChangedMeanwhile, UseCaseError when its adapter does not take the settings. */
export async function changeConnection(
  database: Database,
  id: string,
  { version, ...edit }: ConnectionEdit & { readonly version: number },
  command: Command,
): Promise<void> {
  const row = await requireConnection(database, id);
  const secrets = { ...database.vault.open(id, row.secrets), ...edit.secrets };
  await requireFit(database, { ...row, ...edit, secrets });
  if (!(await editConnection(database, { ...row, version }, edit)))
    throw new ChangedMeanwhile(`Somebody has changed ${id} meanwhile: look again.`);
  await audit(database, 'connection.change', id, command, {
    before: withoutSecrets(row),
    after: withoutSecrets(edit),
    newSecrets: Object.keys(edit.secrets),
  });
}

function withoutSecrets({ settings, paused, callsPerMinute, onAbsent }: ConnectionEdit) {
  return { settings, paused, callsPerMinute, onAbsent };
}

export interface ConnectionTest {
  readonly ok: boolean;
  /** One sentence, without secrets and without what was read. */
  readonly says: string;
}

/**
 * Whether a connection works: its adapter takes the settings, and where reading changes nothing there, one
 * harmless read is tried once. @throws NotFound.
 */
export async function testConnection(database: Database, id: string): Promise<ConnectionTest> {
  const row = await requireConnection(database, id);
  try {
    return {
      ok: true,
      says: row.kind === 'wms' ? await tryWms(database, row) : await trySource(database, row),
    };
  } catch (error) {
    return { ok: false, says: explainSettings(error) };
  }
}

async function tryWms(database: Database, row: ConnectionRow): Promise<string> {
  const adapter = wmsAdapter(row.adapter);
  const limit = row.callsPerMinute ?? adapter.capabilities.callsPerMinute;
  const wms = adapter.connect(settingsOf(database, row), () => permitSoon(database, row.id, limit));
  await wms.shipmentsSince(new Date());
  return 'It takes the credentials and answers.';
}

async function trySource(database: Database, row: ConnectionRow): Promise<string> {
  const { connect, capabilities } = sourceAdapter(row.adapter);
  if (capabilities.acknowledges === 'by-reading' || !capabilities.collects)
    return 'Its settings fit; it is not read, since reading it changes what it offers.';
  const source = await connect(
    settingsOf(database, row),
    sourceTools(database.db, row.id, row.callsPerMinute),
  );
  try {
    const to = new Date();
    const from = new Date(to.getTime() - 60_000);
    for await (const _ of source.fetchRecords({ from, to })) break;
    return 'It takes the credentials and answers.';
  } finally {
    await source.close();
  }
}

const PATIENCE_MS = 10_000;

async function permitSoon({ db }: Database, id: string, callsPerMinute: number): Promise<void> {
  for (;;) {
    const waitMs = await takePermit(db, id, callsPerMinute);
    if (waitMs === 0) return;
    if (waitMs > PATIENCE_MS) throw new UseCaseError('Its limit of calls leaves none now: try again later.');
    await sleep(waitMs);
  }
}

/** A source that is read by a request of its own listens: that is the worker's, so its settings are not tried here. */
async function requireFit(
  { db }: Database,
  row: Omit<NewConnection, keyof ConnectionEdit> & Pick<ConnectionEdit, 'settings' | 'secrets'>,
): Promise<void> {
  if (row.kind === 'source' && sourceAdapter(row.adapter).capabilities.acknowledges === 'by-reading') return;
  try {
    await trySettings(db, row, { ...row.settings, ...row.secrets });
  } catch (error) {
    throw new UseCaseError(`The settings do not fit: ${explainSettings(error)}`, { cause: error });
  }
}

async function requireConnection({ db }: Database, id: string): Promise<ConnectionRow> {
  const row = await findConnection(db, id);
  if (row === undefined) throw new NotFound(`There is no connection ${id}.`);
  return row;
}

function audit(
  { db }: Database,
  action: string,
  id: string,
  command: Command,
  detail: Record<string, unknown>,
): Promise<void> {
  return recordAudit(db, { ...command, action, subject: `connection/${id}`, detail });
}
