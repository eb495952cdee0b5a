import { type AnyColumn, type SQL, sql } from 'drizzle-orm';

/** A moment to the microsecond, as text: a Date keeps milliseconds, and a list that goes on there skips rows. */
export function exactly(column: AnyColumn): SQL<string> {
  return sql<string>`cast(${column} as char)`;
}

/** What {@link exactly} has written. */
export function momentOf(text: string): SQL {
  return sql`cast(${text} as datetime(6))`;
}
