import type { Database } from '../db/database';
import type { Connections } from './connections';
import type { Reply, Source, TrackingUpload } from './sources/source';
import { storeNew } from './store-records';
import { Together } from './together';

/** What orders tell their sources, several in one call. */
export interface WayBack {
  readonly tracking: Together<TrackingUpload, Reply>;
  /** By the source's own number of the record. Once it is told, the record is read again and stored. */
  readonly acknowledgements: Together<string, Reply>;
}

export function openWayBack(database: Database, connections: Connections): WayBack {
  return {
    tracking: new Together(connections, {
      perCall: ({ capabilities }) => capabilities.uploadsPerCall,
      call: (source, _, uploads) => source.uploadTracking(uploads),
    }),
    acknowledgements: new Together(connections, {
      perCall: ({ capabilities: { acknowledges } }) =>
        typeof acknowledges === 'object' ? acknowledges.perCall : 1,
      call: (source, sourceId, recordIds) => acknowledge(database, source, sourceId, recordIds),
    }),
  };
}

/**
 * Until it is told, a customer may change the order: what was told of it before does not count any more.
 *
 * @throws OutsideUnavailable when it could not be read again; telling it once more does no harm.
 */
async function acknowledge(
  database: Database,
  source: Source,
  sourceId: string,
  recordIds: readonly string[],
): Promise<readonly Reply[]> {
  if (source.acknowledge === undefined) throw new RangeError(`${sourceId} takes no acknowledgements`);
  const replies = await source.acknowledge(recordIds);
  const settled = recordIds.filter((_, index) => {
    const kind = replies[index]?.outcome.kind;
    return kind === 'done' || kind === 'refused';
  });
  if (settled.length > 0 && source.reread !== undefined)
    await storeNew({ database }, source, sourceId, await source.reread(settled));
  return replies;
}
