import { type Logger, pino } from 'pino';

/** Personal data never reaches a log: these fields are masked wherever they stand. */
const PERSONAL = [
  'name',
  'phone',
  'phone2',
  'address',
  'postcode',
  'deliveryMessage',
  'recipient',
  'secrets',
  'request',
  'response',
  'body',
];

/** Logs as JSON lines on stderr; stdout is for data. */
export function createLog(level: string): Logger {
  return pino(
    {
      level,
      redact: {
        paths: PERSONAL.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
        censor: '[masked]',
      },
      serializers: { err: errorWithoutParameters, error: errorWithoutParameters },
    },
    pino.destination({ dest: 2, sync: false }),
  );
}

/** A database error's message and its properties hold a statement's parameters. */
export function errorWithoutParameters(error: unknown) {
  if (!(error instanceof Error)) return { message: 'not an error' };
  // drizzle's own error bears no name of its own; it is known by its fields, the driver's by `sql`.
  const fromDatabase = 'params' in error || 'sql' in error;
  const code = causeCode(error);
  return {
    type: error.name,
    message: fromDatabase ? 'a database error' : error.message,
    ...(code === undefined ? {} : { code }),
    ...(fromDatabase ? {} : { stack: error.stack }),
  };
}

function causeCode(error: unknown): string | undefined {
  for (let e = error; e instanceof Error; e = e.cause)
    if ('code' in e && typeof e.code === 'string') return e.code;
  return undefined;
}
