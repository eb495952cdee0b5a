import { Group, Pagination, Table, Text, Title } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useWords } from '../../words';
import { type Edits } from './edits';
import { MendRow } from './mend-row';
import type { Found } from './mending';
import { words } from './words';

const ROWS_A_PAGE = 50;

/** The rows with a problem, to be mended cell by cell. */
export function MendGrid({
  found,
  edits,
  onEdit,
}: {
  found: Found;
  edits: Edits;
  onEdit: (edits: Edits) => void;
}) {
  const t = useWords(words);
  const [page, setPage] = useState(1);
  const { badRows, problems, problemCount } = found;
  const shown = badRows.slice((page - 1) * ROWS_A_PAGE, page * ROWS_A_PAGE);
  const columns = columnsToShow(found);
  return (
    <>
      <Group justify="space-between">
        <Title order={2} size="h5">
          {t.gridTitle}
        </Title>
        <Text size="sm" c="gray.7">
          {problems.length < problemCount ? `${t.firstOnly(problems.length, problemCount)} · ` : ''}
          {t.gridHint}
        </Text>
      </Group>
      <Table.ScrollContainer minWidth={columns.length * 120 + 300} tabIndex={-1}>
        <Table withColumnBorders verticalSpacing={2} horizontalSpacing={4} onKeyDown={moveUpAndDown}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.row}</Table.Th>
              <Table.Th miw={240}>{t.problems}</Table.Th>
              {columns.map(({ column, header }) => (
                <Table.Th key={column}>
                  {column} {header}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((row) => (
              <MendRow
                key={row.row}
                row={row}
                columns={columns}
                problems={problems.filter((problem) => problem.row === row.row)}
                edits={edits}
                onEdit={onEdit}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {badRows.length <= ROWS_A_PAGE ? null : (
        <Pagination total={Math.ceil(badRows.length / ROWS_A_PAGE)} value={page} onChange={setPage} />
      )}
    </>
  );
}

export interface ShownColumn {
  readonly index: number;
  readonly column: string;
  readonly header: string;
}

/** Those that mean something, have a problem, or hold what slipped out of another. */
function columnsToShow({ columns, problems }: Found): ShownColumn[] {
  const wrong = new Set(problems.map(({ column }) => column));
  return columns
    .map(({ column, header, field }, index) => ({ index, column, header, field }))
    .filter(({ column, header, field }) => field !== null || header === '' || wrong.has(column));
}

/** As in a spreadsheet. */
function moveUpAndDown(event: KeyboardEvent<HTMLTableElement>): void {
  const step = { ArrowDown: 1, Enter: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || !(event.target instanceof HTMLInputElement)) return;
  const { column } = event.target.dataset;
  const cells = [...event.currentTarget.querySelectorAll<HTMLInputElement>(`input[data-column="${column}"]`)];
  const next = cells[cells.indexOf(event.target) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
  next.select();
}
