import { z } from 'zod';
import { RequestRefused } from './problems';

/** Where a page of a list ends, as a caller gets it: text that means nothing outside. */
export function cursorOf(...parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** @throws RequestRefused where it is none of ours. */
export function partsOfCursor(cursor: string, parts: number): string[] {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(read) && read.length === parts && read.every((part) => typeof part === 'string'))
      return read;
  } catch {
    // Told below.
  }
  throw new RequestRefused(400, 'This cursor is not one that a list has given.');
}

/** Where a list in the order of time goes on. */
export const timeMark = z.object({
  at: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/u),
  id: z.union([z.string().max(300), z.number().int()]),
});

/** What a cursor stands for; undefined where there is none. @throws RequestRefused for one of another list. */
export function readCursor<S extends z.ZodType>(
  schema: S,
  cursor: string | undefined,
): z.output<S> | undefined {
  if (cursor === undefined) return undefined;
  const read = schema.safeParse(decoded(cursor));
  if (!read.success) throw new RequestRefused(400, 'This cursor is not one of this list.');
  return read.data;
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** A page of rows, of which one more than its limit was read to know whether there is another. */
export function pageOfRows<Row>(rows: readonly Row[], limit: number, markOf: (last: Row) => object) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const goesOn = rows.length > limit && last !== undefined;
  return {
    rows: shown,
    next: goesOn ? Buffer.from(JSON.stringify(markOf(last))).toString('base64url') : null,
  };
}
