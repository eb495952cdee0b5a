import type { Database } from '../../db/database';
import { type ConnectionRow, listConnections, settingsOf } from '../../db/queries/connections';
import { explainSettings } from '../explain-settings';
import { trySettings } from '../try-settings';
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
    await trySettings(database.db, row, settingsOf(database, row));
    return ok(check, `${row.adapter}${row.paused ? ', paused' : ''}`);
  } catch (error) {
    return wrong(check, explainSettings(error), `mend its settings in the table connection, id ${row.id}`);
  }
}
