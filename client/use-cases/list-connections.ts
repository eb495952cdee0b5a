import { sourceAdapters } from '../../activities/sources/registry';
import { wmsAdapters } from '../../activities/wms/registry';
import type { Db } from '../../db/database';
import { lastCovered } from '../../db/queries/collection';
import { type ConnectionRow, listConnections } from '../../db/queries/connections';

/** The sources in use, how far each has been read, and what its adapter can do. */
export async function listSources(db: Db) {
  const rows = await connectionsOf(db, 'source');
  return Promise.all(
    rows.map(async (row) => ({
      ...shown(row),
      coveredTo: (await lastCovered(db, row.id)) ?? null,
      capabilities: sourceAdapters[row.adapter]?.capabilities ?? null,
    })),
  );
}

/** The WMSes in use, and what each promises. */
export async function listWmses(db: Db) {
  const rows = await connectionsOf(db, 'wms');
  return rows.map((row) => ({
    ...shown(row),
    callsPerMinute: row.callsPerMinute,
    onAbsent: row.onAbsent,
    capabilities: wmsAdapters.find((adapter) => adapter.name === row.adapter)?.capabilities ?? null,
  }));
}

async function connectionsOf(db: Db, kind: ConnectionRow['kind']): Promise<ConnectionRow[]> {
  return (await listConnections(db)).filter((row) => row.kind === kind);
}

/** Neither settings nor secrets. */
function shown({ id, adapter, paused }: ConnectionRow) {
  return { id, adapter, paused };
}
