import type { Correction } from '../../../api/contract/upload';

/** What was written into cells and is not checked yet, by {@link cellKey}. */
export type Edits = ReadonlyMap<string, string>;

export function cellKey(row: number, column: string): string {
  return `${row}/${column}`;
}

/** The corrections that were made before, and these. */
export function withEdits(before: readonly Correction[], edits: Edits): Correction[] {
  const all = new Map(before.map((one) => [cellKey(one.row, one.column), one]));
  for (const [key, value] of edits) {
    const [row = '', column = ''] = key.split('/');
    all.set(key, { row: Number(row), column, value });
  }
  return [...all.values()];
}

/** @param was what the cell held when it was checked: written again, it is no edit. */
export function edited(edits: Edits, key: string, value: string, was: string): Edits {
  const next = new Map(edits);
  if (value === was) next.delete(key);
  else next.set(key, value);
  return next;
}
