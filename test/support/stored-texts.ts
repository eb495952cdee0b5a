import type { RowDataPacket } from 'mysql2';
import type { Database } from '../../db/database';

/** Everything that is stored, row by row, as text: bytes as Korean systems write them, too. */
export async function storedTexts({ pool }: Database): Promise<string[]> {
  const [tables] = await pool.query<RowDataPacket[]>(
    "select table_name as name from information_schema.tables where table_schema = database() and table_type = 'BASE TABLE'",
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const [rows] = await pool.query<RowDataPacket[]>('select * from ??', [name]);
    texts.push(...rows.map((row) => `${name} ${Object.values(row).map(asText).join(' ')}`));
  }
  return texts;
}

function asText(value: unknown): string {
  if (value instanceof Uint8Array)
    return `${new TextDecoder().decode(value)} ${new TextDecoder('euc-kr').decode(value)}`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
