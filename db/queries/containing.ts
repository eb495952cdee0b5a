import { or, type SQL, sql } from 'drizzle-orm';
import type { MySqlColumn } from 'drizzle-orm/mysql-core';

/** One of the columns has the text in it, in capitals or not, though codes are told apart by them. */
export function containing(text: string, ...columns: MySqlColumn[]): SQL | undefined {
  return or(
    ...columns.map((column) => sql`locate(lower(${text}), lower(convert(${column} using utf8mb4))) > 0`),
  );
}
