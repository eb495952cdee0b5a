import { Readable } from 'node:stream';
import { getTableColumns, getTableName } from 'drizzle-orm';
import type { MySqlColumn, MySqlTable } from 'drizzle-orm/mysql-core';
import type { Pool } from 'mysql2/promise';

type RowOf<T extends MySqlTable> = T['$inferInsert'];

/** Rows of many tables that belong together, to be loaded at once. */
export class Batch {
  private readonly rows = new Map<MySqlTable, Record<string, unknown>[]>();

  add<T extends MySqlTable>(table: T, ...rows: RowOf<T>[]): void {
    const there = this.rows.get(table);
    if (there === undefined) this.rows.set(table, rows);
    else for (const row of rows) there.push(row);
  }

  /** Loads everything by LOAD DATA, as many tables at a time as the pool has connections; the schema's constraints hold. */
  async load(pool: Pool): Promise<void> {
    await Promise.all([...this.rows].map(([table, rows]) => loadRows(pool, table, rows)));
    this.rows.clear();
  }
}

/** Small enough that a piece of the file is never waited for. */
const ROWS_A_PIECE = 500;

async function loadRows(pool: Pool, table: MySqlTable, rows: readonly Record<string, unknown>[]) {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.entries(getTableColumns(table) as Record<string, MySqlColumn>).filter(
    ([property, column]) => property in first || !isCounted(column),
  );
  const names = columns.map(([, column]) => `\`${column.name}\``).join(', ');
  await pool.query({
    sql: `LOAD DATA LOCAL INFILE 'rows' INTO TABLE \`${getTableName(table)}\` CHARACTER SET utf8mb4 (${names})`,
    infileStreamFactory: () => Readable.from(pieces(columns, rows)),
  });
  // LOAD DATA of the client's own files takes an error for a warning.
  const [[there]] = (await pool.query('SELECT @@warning_count AS warnings')) as unknown as [
    { warnings: string }[],
  ];
  if (Number(there?.warnings) > 0) throw new Error(`${getTableName(table)}: rows were not taken as given`);
}

function isCounted(column: MySqlColumn): boolean {
  return 'autoIncrement' in column && column.autoIncrement === true;
}

function* pieces(columns: readonly [string, MySqlColumn][], rows: readonly Record<string, unknown>[]) {
  const asLine = (row: Record<string, unknown>) =>
    columns.map(([property, column]) => cell(row[property] ?? column.default)).join('\t');
  for (let from = 0; from < rows.length; from += ROWS_A_PIECE)
    yield Buffer.from(
      `${rows
        .slice(from, from + ROWS_A_PIECE)
        .map(asLine)
        .join('\n')}\n`,
    );
}

/** A value as LOAD DATA reads it. */
function cell(value: unknown): string {
  if (value === undefined || value === null) return '\\N';
  if (value instanceof Date) return value.toISOString().slice(0, 23).replace('T', ' ');
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  const text = typeof value === 'string' || Buffer.isBuffer(value) ? value.toString() : JSON.stringify(value);
  return text.replace(/[\\\t\n]/gu, (sign) => ESCAPED[sign] ?? sign);
}

const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n' };
