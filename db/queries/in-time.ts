import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { MySqlColumn } from 'drizzle-orm/mysql-core';

/** Where a page of rows in the order of time ended. */
export interface TimeMark {
  /** To the microsecond, as {@link exactTime} gives it. */
  readonly at: string;
  /** Of the rows of one moment, the last one's; of several columns, in parentheses as MySQL compares them. */
  readonly id: string | number | SQL;
}

/** A time as text: a Date cuts off the microseconds, which decide where the next page begins. */
export function exactTime(column: MySqlColumn): SQL<string> {
  return sql<string>`date_format(${column}, '%Y-%m-%d %H:%i:%s.%f')`;
}

/** The rows after a mark where time and id ascend; undefined: all of them. */
export function afterMark(column: MySqlColumn, id: SQLWrapper, mark: TimeMark | undefined): SQL | undefined {
  if (mark === undefined) return undefined;
  return sql`${column} >= ${mark.at} and (${column} > ${mark.at} or ${id} > ${mark.id})`;
}

/** The rows after a mark where time and id descend; undefined: all of them. */
export function beforeMark(column: MySqlColumn, id: SQLWrapper, mark: TimeMark | undefined): SQL | undefined {
  if (mark === undefined) return undefined;
  return sql`${column} <= ${mark.at} and (${column} < ${mark.at} or ${id} < ${mark.id})`;
}
