import { findConfiguration, itemCodes } from '../../../db/queries/catalogue';
import { contentsInForce, type GivenConfiguration } from '../../../db/queries/configurations';
import { groupBy } from '../../../domain/group-by';
import type { ListRow } from '../../import/list-file';
import { writeConfiguration } from '../catalogue';
import { type Flaw, type ListChange, type ListKind, requireFewChanges } from './list-kind';
import { RowReader } from './row-reader';

/** What a row puts into its configuration. */
const PARTS = { 품목: 'item', 구성안: 'configuration' } as const;

interface Row {
  readonly reader: RowReader;
  readonly code: string;
  readonly name: string;
  readonly part: 'item' | 'configuration';
  readonly partCode: string;
  readonly quantity: number;
}

interface Given extends GivenConfiguration {
  /** Of its first row, which its problems are told of. */
  readonly reader: RowReader;
  readonly bundles: NonNullable<GivenConfiguration['bundles']>;
}

/** What we sell: a row for each item and each configuration in it; all rows of one together are all that is in it. */
export const configurationList: ListKind = {
  title: '판매 구성안',
  mostChanges: 2_000,
  columns: [
    { field: 'code', header: '구성안코드', width: 20 },
    { field: 'name', header: '구성안명', width: 36 },
    { field: 'part', header: '종류', width: 10 },
    { field: 'partCode', header: '코드', width: 20 },
    { field: 'quantity', header: '수량', width: 8, isNumber: true },
    { field: 'version', header: '버전', width: 8, isNumber: true, isOptional: true },
  ],
  async rows(db) {
    return [...(await contentsInForce(db))].flatMap(([code, { name, version, items, bundles }]) => [
      ...items.map(({ itemCode, quantity }) => [code, name, '품목', itemCode, quantity, version]),
      ...bundles.map(({ configuration, quantity }) => [
        code,
        name,
        '구성안',
        configuration,
        quantity,
        version,
      ]),
    ]);
  },
  async apply(tx, rows, command, flaws) {
    const before = await contentsInForce(tx);
    const read = rows.map((row) => readRow(row, flaws));
    requireParts(
      read,
      new Set(await itemCodes(tx)),
      new Set([...before.keys(), ...read.map(({ code }) => code)]),
    );
    const given = gather(read);
    const changes: ListChange[] = [];
    let unchanged = 0;
    for (const one of innerFirst(given)) {
      const { reader, ...configuration } = one;
      const { code } = configuration;
      const known = before.get(code);
      if (known !== undefined && inWords(known) === inWords(configuration)) {
        unchanged += 1;
        continue;
      }
      reader.requireVersion(known?.version ?? 0);
      requireFewChanges(changes, configurationList);
      await reader.attempt(async () => {
        // Another one of the file may have given it a version since it was read: that is no other person's change.
        const version = (await findConfiguration(tx, code))?.version ?? 0;
        await writeConfiguration(tx, { ...configuration, version }, command);
        changes.push({
          row: reader.row,
          name: code,
          before: known === undefined ? null : inWords(known),
          after: inWords(configuration),
        });
      });
    }
    return { changes, unchanged, jobs: [] };
  },
};

function readRow(row: ListRow, flaws: Flaw[]): Row {
  const reader = new RowReader(row, flaws);
  return {
    reader,
    code: reader.code('code'),
    name: reader.text('name', 200),
    part: reader.word('part', PARTS, 'item'),
    partCode: reader.code('partCode'),
    quantity: reader.count('quantity', 9_999),
  };
}

/** Every row puts in what there is, or what the file adds, and nothing twice. */
function requireParts(
  rows: readonly Row[],
  items: ReadonlySet<string>,
  configurations: ReadonlySet<string>,
): void {
  const first = new Map<string, number>();
  for (const { reader, code, part, partCode } of rows) {
    if (!reader.isWhole) continue;
    const isKnown = part === 'item' ? items.has(partCode) : configurations.has(partCode);
    if (!isKnown) reader.refuse(`is no ${part}: ${partCode}`, 'partCode');
    const name = `${code} ${part} ${partCode}`;
    const earlier = first.get(name);
    if (earlier !== undefined) reader.refuse(`stands in row ${earlier} already`, 'partCode');
    else first.set(name, reader.row);
  }
}

/** The configurations of which every row could be read. */
function gather(rows: readonly Row[]): Given[] {
  return [...groupBy(rows, ({ code }) => code).values()].flatMap((ofOne) => {
    const [first] = ofOne;
    if (first === undefined) return [];
    for (const { reader, name } of ofOne)
      if (name !== first.name) reader.refuse(`differs from row ${first.reader.row} of ${first.code}`, 'name');
    if (!ofOne.every(({ reader }) => reader.isWhole)) return [];
    const { reader, code, name } = first;
    const of = (part: Row['part']) => ofOne.filter((row) => row.part === part);
    const items = of('item').map(({ partCode: itemCode, quantity }) => ({ itemCode, quantity }));
    const bundles = of('configuration').map(({ partCode, quantity }) => ({
      configuration: partCode,
      quantity,
    }));
    return [{ reader, code, name, items, bundles }];
  });
}

/** Those that others of the file hold come before them; one that would hold itself is told by whoever writes it. */
function innerFirst(given: readonly Given[]): Given[] {
  const named = new Map(given.map((one) => [one.code, one]));
  const ordered = new Set<Given>();
  const begun = new Set<Given>();
  const add = (one: Given) => {
    if (begun.has(one)) return;
    begun.add(one);
    for (const { configuration } of one.bundles) {
      const inner = named.get(configuration);
      if (inner !== undefined) add(inner);
    }
    ordered.add(one);
  };
  for (const one of given) add(one);
  return [...ordered];
}

/** Its name and all that is in it, in one order. */
function inWords({ name, items, bundles = [] }: Omit<GivenConfiguration, 'code'>): string {
  const parts = [
    ...items.map(({ itemCode, quantity }) => `${itemCode} × ${quantity}`),
    ...bundles.map(({ configuration, quantity }) => `[${configuration}] × ${quantity}`),
  ];
  return `${name}: ${parts.toSorted().join(', ')}`;
}
