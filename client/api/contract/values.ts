import { z } from 'zod';

/** What a database takes as a moment. */
const YEARS = /^(?:19|2\d)\d\d-/u;

/** A moment: ISO 8601 with its offset outside, a Date inside. */
export const time = z.codec(
  z.iso.datetime({ offset: true }).regex(YEARS, 'a year from 1900 to 2999'),
  z.date(),
  {
    decode: (text) => new Date(text),
    encode: (date) => date.toISOString(),
  },
);

const WON = /^-?\d{1,18}$/u;

/** Whole won: text outside, so that no reader rounds it. */
export const won = z
  .codec(z.string().regex(WON), z.bigint(), {
    decode: (text) => BigInt(text),
    encode: (amount) => amount.toString(),
  })
  // Of what goes out the document would know nothing: JSON has no bigint.
  .meta({ type: 'string', pattern: WON.source });

/** A day in Seoul. */
export const day = z.iso.date();
/** As YYYY-MM. */
export const month = z.string().regex(/^\d{4}-\d{2}$/u);

/** A name that we give to a thing of ours: connection, channel, item, configuration. */
export const code = z.string().regex(/^[A-Za-z0-9._-]{1,60}$/u, 'letters, digits, . _ - only, 60 at most');

export const rowId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);

/** An order's key as two parts of a path. */
export const orderParams = z.object({
  channel: z.string().regex(/^[A-Za-z0-9._-]{1,60}$/u),
  number: z.string().regex(/^[A-Za-z0-9._-]{1,100}$/u),
});

/** An order's key as one text. */
export const orderKey = z.string().regex(/^[A-Za-z0-9._-]{1,60}\/[A-Za-z0-9._-]{1,100}$/u);

/** What is compared with keys and names of ours, which are ASCII. */
export const ascii = z.string().regex(/^[ -~]*$/u, 'ASCII characters only');

export function keyOf({ channel, number }: z.output<typeof orderParams>): string {
  return `${channel}/${number}`;
}

/** Why a person does it; kept with who and when. */
export const reason = z.string().trim().min(1).max(300);

/** A page of a list; the cursor of the next one is null at the end. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({ rows: z.array(row), next: z.string().nullable() });
}

/** Which page is asked for. */
export const pageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const nothing = z.object({});

/** The bytes of a file: a Blob of the console's, a buffer on the server. */
export const fileBytes = z.custom<Blob | Uint8Array>().meta({ type: 'string', format: 'binary' });

/** A file that is downloaded. */
export const download = z.custom<Uint8Array>().meta({ type: 'string', format: 'binary' });

/** RFC 9457. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  requestId: z.string(),
  errors: z.array(z.object({ at: z.string(), says: z.string() })).optional(),
});
export type Problem = z.output<typeof problem>;
