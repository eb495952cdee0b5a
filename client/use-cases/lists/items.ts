import { allItems } from '../../../db/queries/catalogue';
import { formatWon } from '../../format';
import { writeItem } from '../catalogue';
import { firstOfEach } from './first-of-each';
import { type Flaw, type ListChange, type ListKind, requireFewChanges } from './list-kind';
import { RowReader } from './row-reader';

interface Row {
  readonly reader: RowReader;
  readonly code: string;
  readonly name: string;
  readonly referencePrice: bigint;
}

/** What the warehouses stock: a row for each. */
export const itemList: ListKind = {
  title: '품목',
  mostChanges: 50_000,
  columns: [
    { field: 'code', header: '품목코드', width: 20 },
    { field: 'name', header: '품목명', width: 36 },
    { field: 'referencePrice', header: '기준가', width: 12, isNumber: true },
    { field: 'version', header: '버전', width: 8, isNumber: true, isOptional: true },
  ],
  async rows(db) {
    const items = await allItems(db);
    return items.map(({ code, name, referencePrice, version }) => [code, name, referencePrice, version]);
  },
  async apply(tx, rows, command, flaws) {
    const known = new Map((await allItems(tx)).map((item) => [item.code, item]));
    const changes: ListChange[] = [];
    let unchanged = 0;
    for (const { reader, ...given } of firstOfEach(
      rows.map((row) => read(row, flaws)),
      'code',
      ({ code }) => code,
    )) {
      const { code, name, referencePrice } = given;
      const before = known.get(code);
      if (before?.name === name && before.referencePrice === referencePrice) {
        unchanged += 1;
        continue;
      }
      reader.requireVersion(before?.version ?? 0);
      requireFewChanges(changes, itemList);
      await reader.attempt(async () => {
        await writeItem(tx, { ...given, version: before?.version ?? 0 }, command);
        changes.push({
          row: reader.row,
          name: code,
          before: before === undefined ? null : inWords(before),
          after: inWords(given),
        });
      });
    }
    return { changes, unchanged, jobs: [] };
  },
};

function read(row: Parameters<ListKind['apply']>[1][number], flaws: Flaw[]): Row {
  const reader = new RowReader(row, flaws);
  return {
    reader,
    code: reader.code('code'),
    name: reader.text('name', 200),
    referencePrice: reader.won('referencePrice'),
  };
}

function inWords({
  name,
  referencePrice,
}: {
  readonly name: string;
  readonly referencePrice: bigint;
}): string {
  return `${name}, ${formatWon(referencePrice)}`;
}
