import { ScrollArea, Table } from '@mantine/core';
import { useFormat } from '../../format';
import { useWords } from '../../words';
import { type SalesAnswer, type SalesAnswerRow, useChange, useLabel } from './figures';
import { byWords, words } from './words';

type Figures = SalesAnswer['total'];

export function SalesTable({ report: { by, rows, total, earlier } }: { report: SalesAnswer }) {
  const t = useWords(words);
  const bys = useWords(byWords);
  const labelOf = useLabel();
  const heads = [t.pieces, t.returned, t.gross, t.returns, t.net];
  if (earlier !== null) heads.push(t.earlierNet, t.change);
  // The newest day first.
  const shown = by === 'day' ? rows.toReversed() : rows;
  return (
    <ScrollArea.Autosize
      mah={600}
      type="auto"
      viewportProps={{ tabIndex: 0, 'aria-label': t.title, role: 'region' }}
    >
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{bys[by]}</Table.Th>
            {heads.map((head) => (
              <Table.Th key={head} ta="right">
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((row) => (
            <Row key={row.key} label={labelOf(row)} code={codeOf(row)} now={row} before={row.earlier} />
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Row label={t.total} now={total} before={earlier?.total ?? null} />
        </Table.Tfoot>
      </Table>
    </ScrollArea.Autosize>
  );
}

/** Beside a name, what it is the name of. */
function codeOf({ key, name }: SalesAnswerRow): string {
  return name === null ? '' : key;
}

function Row(row: { label: string; code?: string; now: Figures; before: Figures | null }) {
  const { label, code = '', now, before } = row;
  const { won, number } = useFormat();
  const change = useChange();
  const cells = [
    number(now.quantity),
    number(now.returned),
    won(now.gross),
    won(now.returns),
    won(now.amount),
  ];
  if (before !== null) cells.push(won(before.amount), change(now.amount, before.amount));
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={code === '' ? 500 : 400}>
        {label} {code}
      </Table.Th>
      {cells.map((cell, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column is where it is
        <Table.Td key={column} ta="right">
          {cell}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
