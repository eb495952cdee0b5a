import { ZodError } from 'zod';
import { sourceTools } from '../../activities/source-tools';
import { sourceAdapter } from '../../activities/sources/registry';
import { wmsAdapter } from '../../activities/wms/registry';
import type { Db } from '../../db/database';
import { type ConnectionRow, listConnections } from '../../db/queries/connections';
import { type Finding, ok, wrong } from './finding';

/** Whether each connection's settings are such that its adapter takes them. */
export async function checkConnections(db: Db): Promise<Finding[]> {
  const rows = await listConnections(db);
  if (rows.length === 0)
    return [wrong('connection', 'nothing is connected', 'npm start (connects the sandbox)')];
  return Promise.all(rows.map((row) => checkConnection(db, row)));
}

async function checkConnection(db: Db, row: ConnectionRow): Promise<Finding> {
  const check = `connection ${row.id}`;
  try {
    await open(db, row);
    return ok(check, `${row.adapter}${row.paused ? ', paused' : ''}`);
  } catch (error) {
    return wrong(check, problemOf(error), `mend its settings in the table connection, id ${row.id}`);
  }
}

async function open(db: Db, { id, kind, adapter, settings, secrets }: ConnectionRow): Promise<void> {
  const given = { ...settings, ...secrets };
  if (kind === 'wms') {
    wmsAdapter(adapter).connect(given, () => Promise.resolve());
    return;
  }
  const source = await sourceAdapter(adapter)
    .connect(given, sourceTools(db, id, null))
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

/** Names the settings and never their values, which may be secrets. */
function problemOf(error: unknown): string {
  if (error instanceof ZodError)
    return error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  return error instanceof Error ? error.message : String(error);
}
