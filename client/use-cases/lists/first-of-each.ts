import type { RowReader } from './row-reader';

/** The rows that could be read, each thing once: that it stands there again is a flaw of the later row. */
export function firstOfEach<Row extends { readonly reader: RowReader }>(
  rows: readonly Row[],
  field: string,
  nameOf: (row: Row) => string,
): Row[] {
  const first = new Map<string, number>();
  return rows.filter((row) => {
    const { reader } = row;
    if (!reader.isWhole) return false;
    const name = nameOf(row);
    const earlier = first.get(name);
    if (earlier !== undefined) reader.refuse(`stands in row ${earlier} already`, field);
    else first.set(name, reader.row);
    return earlier === undefined;
  });
}
