import { sourceAdapters } from '../../activities/sources/registry';
import { wmsAdapters } from '../../activities/wms/registry';
import type { Db } from '../../db/database';
import { lastCovered } from '../../db/queries/collection';
import { type ConnectionRow, listConnections } from '../../db/queries/connections';
import { countOpen } from '../../db/queries/open-dispatches';
import type { DispatchState } from '../../domain/dispatch-protocol';

/** The sources in use, how far each has been read, and what its adapter can do. */
export async function listSources(db: Db) {
  const rows = await connectionsOf(db, 'source');
  return Promise.all(
    rows.map(async (row) => ({
      ...shown(row),
      coveredTo: (await lastCovered(db, row.id)) ?? null,
      capabilities: sourceAdapters.find((adapter) => adapter.name === row.adapter)?.capabilities ?? null,
    })),
  );
}

/** The WMSes in use, what each promises, and what is still open at it, by the dispatches' states. */
export async function listWmses(db: Db, counting = countOpen(db)) {
  const [rows, open] = await Promise.all([connectionsOf(db, 'wms'), counting]);
  return rows.map((row) => ({
    ...shown(row),
    callsPerMinute: row.callsPerMinute,
    onAbsent: row.onAbsent,
    open: byState(open, row.id),
    capabilities: wmsAdapters.find((adapter) => adapter.name === row.adapter)?.capabilities ?? null,
  }));
}

/** What is open at a WMS (null: at none yet) by its state. */
export function byState(
  open: Awaited<ReturnType<typeof countOpen>>,
  wms: string | null,
): Partial<Record<DispatchState, number>> {
  const there = open.filter((each) => each.wms === wms);
  return Object.fromEntries(there.map(({ state, dispatches }) => [state, dispatches]));
}

async function connectionsOf(db: Db, kind: ConnectionRow['kind']): Promise<ConnectionRow[]> {
  return (await listConnections(db)).filter((row) => row.kind === kind);
}

/** Neither settings nor secrets. */
function shown({ id, adapter, paused }: ConnectionRow) {
  return { id, adapter, paused };
}
