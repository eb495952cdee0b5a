import { sourceTools } from '../activities/source-tools';
import { sourceAdapter } from '../activities/sources/registry';
import { wmsAdapter } from '../activities/wms/registry';
import type { Db } from '../db/database';
import type { ConnectionRow } from '../db/queries/connections';

/**
 * Has a connection's adapter take its settings; nothing is asked of the outside.
 *
 * @param given settings and secrets together.
 * @throws ZodError naming the setting that does not fit.
 */
export async function trySettings(
  db: Db,
  { id, kind, adapter }: Pick<ConnectionRow, 'id' | 'kind' | 'adapter'>,
  given: Record<string, unknown>,
): Promise<void> {
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
