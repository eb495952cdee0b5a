import { z } from 'zod';
import { RequestRefused } from './problems';

const isoMoment = z.iso.datetime({ local: true, precision: 6 });

/** A moment as MySQL writes it, to the microsecond; one that is in no calendar it would refuse. */
export const exactMoment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/u)
  .refine((text) => isoMoment.safeParse(text.replace(' ', 'T')).success);

/** Where a list in the order of time goes on. */
export const timeMark = z.object({
  at: exactMoment,
  id: z.union([z.string().max(300), z.number().int()]),
});

/** Where a page of a list ended, as text that means nothing to whoever gets it. */
export function writeCursor(end: object): string {
  return Buffer.from(JSON.stringify(end)).toString('base64url');
}

/**
 * What a cursor stands for; undefined where there is none.
 *
 * @throws RequestRefused where it is none that {@link writeCursor} has written for this list.
 */
export function readCursor<S extends z.ZodType>(
  schema: S,
  cursor: string | undefined,
): z.output<S> | undefined {
  if (cursor === undefined) return undefined;
  const read = schema.safeParse(decoded(cursor));
  if (!read.success) throw new RequestRefused(400, 'The cursor is not one that this list has given.');
  return read.data;
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** Where a list that was read up to its limit goes on: a whole page may have others after it. */
export function nextAfter<Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (last: Row) => string | null,
): string | null {
  const last = rows.at(-1);
  return last === undefined || rows.length < limit ? null : cursorOf(last);
}

/** A page of rows, of which one more than its limit was read to know whether there is another. */
export function pageOfRows<Row>(rows: readonly Row[], limit: number, markOf: (last: Row) => object) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const goesOn = rows.length > limit && last !== undefined;
  return { rows: shown, next: goesOn ? writeCursor(markOf(last)) : null };
}
