import type { Db } from '../../db/database';
import { type ConnectionRow, listConnections } from '../../db/queries/connections';
import { UseCaseError } from './use-case-error';

/** @throws UseCaseError with the WMSes that there are. */
export async function requireWms(db: Db, id: string): Promise<ConnectionRow> {
  const wmses = (await listConnections(db)).filter(({ kind }) => kind === 'wms');
  const found = wmses.find((connection) => connection.id === id);
  if (found !== undefined) return found;
  const names = wmses.map((connection) => connection.id).join(', ') || 'none';
  throw new UseCaseError(`No WMS is connected as ${id}; there are: ${names}.`);
}
