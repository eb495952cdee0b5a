import { ZodError } from 'zod';
import { driverError } from '../db/errors';

/** Errors whose message is a sentence for a person; anything else is ours, and shows its stack. */
const SPEAKING = new Set([
  'BadConfiguration',
  'ServerDown',
  'PortInUse',
  'MysqlUnavailable',
  'TemporalUnavailable',
  'ServerAlreadyRunning',
  'ServerStartFailed',
  'VaultLocked',
  'ChildFailed',
  'UseCaseError',
  'NotFound',
  'ChangedMeanwhile',
]);

/** What to tell a person of an error. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (SPEAKING.has(error.name)) return error.message;
  if (error instanceof ZodError)
    return error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('\n');
  const driver = driverError(error);
  if (driver?.code === 'ER_NO_SUCH_TABLE' || driver?.code === 'ER_BAD_FIELD_ERROR')
    return 'The database does not have the schema of this version: boosta migrate brings it up to date.';
  if (driver?.code === 'ECONNREFUSED')
    return 'A server that is needed does not answer: boosta doctor says which.';
  // The statement's parameters, which stand in its message, may be personal data.
  if ('params' in error || 'sql' in error)
    return `MySQL refused a statement (${driver?.code ?? 'unknown'}): boosta doctor tells whether the database is well.`;
  return error.stack ?? error.message;
}
