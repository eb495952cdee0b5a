/** ER_BAD_NULL_ERROR, out of range, ER_TRUNCATED_WRONG_VALUE_FOR_FIELD, ER_DATA_TOO_LONG, a CHECK. */
const DOES_NOT_FIT: ReadonlySet<number> = new Set([1048, 1264, 1366, 1406, 3819]);

/**
 * What went wrong at the database, without the statement's parameters: those hold personal data, and
 * an error's message travels to logs and to Temporal's history.
 */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';

  constructor(
    /** MySQL's error symbol, such as ER_LOCK_DEADLOCK, or the driver's, such as ECONNREFUSED. */
    readonly code: string,
    readonly errno: number | undefined,
    during: string,
  ) {
    super(`MySQL: ${code} during ${during}`);
  }

  /** The data do not fit the columns, and will not when it is tried again. */
  get isForGood(): boolean {
    return this.errno !== undefined && DOES_NOT_FIT.has(this.errno);
  }
}

interface DriverError {
  readonly code: string;
  readonly errno?: number;
  readonly sqlState?: string;
}

function isDriverError(error: unknown): error is DriverError {
  if (typeof error !== 'object' || error === null) return false;
  // The driver marks its own errors; any other may have a code, too.
  return (
    'code' in error &&
    typeof error.code === 'string' &&
    ('sqlState' in error || 'fatal' in error || 'sql' in error)
  );
}

/** drizzle's message and properties hold the statement's parameters, whatever went wrong. */
function holdsParameters(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) if ('params' in e || 'sql' in e) return true;
  return false;
}

/** drizzle wraps the driver's error, whose code and number are what matters. */
export function driverError(error: unknown): DriverError | undefined {
  for (let e = error; e instanceof Error; e = e.cause) if (isDriverError(e)) return e;
  return undefined;
}

const DEADLOCK = 1213;
const LOCK_WAIT_TIMEOUT = 1205;

/** What a transaction had read before its locks was changed by who held them. */
export class ReadTooEarly extends Error {
  override readonly name = 'ReadTooEarly';
}

/** The whole transaction may simply be run again. */
export function isContention(error: unknown): boolean {
  if (error instanceof ReadTooEarly) return true;
  const errno = driverError(error)?.errno;
  return errno === DEADLOCK || errno === LOCK_WAIT_TIMEOUT;
}

/** A value that no column takes: the same statement fails for ever. By the SQL standard's class of such errors. */
export function isDataException(error: unknown): boolean {
  return driverError(error)?.sqlState?.startsWith('22') ?? false;
}

export function asDatabaseError(error: unknown, during: string): unknown {
  const driver = driverError(error);
  if (driver !== undefined) return new DatabaseError(driver.code, driver.errno, during);
  return holdsParameters(error) ? new DatabaseError('CONNECTION_GONE', undefined, during) : error;
}
