import type { Db } from '../../db/database';
import { type ConnectionRow, findConnection, listConnections } from '../../db/queries/connections';
import { UseCaseError } from './use-case-error';

/** @throws UseCaseError where no source is connected under this name. */
export async function requireSource(db: Db, id: string): Promise<ConnectionRow> {
  const row = await findConnection(db, id);
  if (row?.kind === 'source') return row;
  const known = (await listConnections(db)).filter(({ kind }) => kind === 'source').map((each) => each.id);
  throw new UseCaseError(`No source is connected as ${id}; there are: ${known.join(', ') || 'none'}.`);
}
