import { sourceTools } from '../../activities/source-tools';
import { sourceAdapter } from '../../activities/sources/registry';
import { wmsAdapter } from '../../activities/wms/registry';
import type { Database } from '../../db/database';
import { type ConnectionRow, listConnections, settingsOf } from '../../db/queries/connections';
import { explainSettings } from '../explain-settings';
import { type Finding, ok, wrong } from './finding';

/** Whether each connection's settings are such that its adapter takes them. */
export async function checkConnections(database: Database): Promise<Finding[]> {
  const rows = await listConnections(database.db);
  if (rows.length === 0)
    return [wrong('connection', 'nothing is connected', 'npm start (connects the sandbox)')];
  return Promise.all(rows.map((row) => checkConnection(database, row)));
}

async function checkConnection(database: Database, row: ConnectionRow): Promise<Finding> {
  const check = `connection ${row.id}`;
  try {
    await open(database, row);
    return ok(check, `${row.adapter}${row.paused ? ', paused' : ''}`);
  } catch (error) {
    return wrong(check, explainSettings(error), `mend its settings in the table connection, id ${row.id}`);
  }
}

async function open(database: Database, row: ConnectionRow): Promise<void> {
  const { id, kind, adapter } = row;
  const given = settingsOf(database, row);
  if (kind === 'wms') {
    wmsAdapter(adapter).connect(given, () => Promise.resolve());
    return;
  }
  const source = await sourceAdapter(adapter)
    .connect(given, sourceTools(database.db, id, null))
    .catch((error: unknown) => {
      // The worker listens there, so the settings have been read well.
      if (isAddressInUse(error)) return undefined;
      throw error;
    });
  await source?.close();
}

function isAddressInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
