import { Table, Text } from '@mantine/core';
import type { UploadProblem } from '../../../api/contract/upload';
import { Said } from '../../parts/said';
import { useWords } from '../../words';
import { cellKey, type Edits, edited } from './edits';
import { fieldWords } from './field-words';
import type { ShownColumn } from './mend-grid';
import type { Found } from './mending';
import { words } from './words';

/** A row of the file: its cells, and what is wrong with them in words. */
export function MendRow({
  row: { row, cells },
  columns,
  problems,
  edits,
  onEdit,
}: {
  row: Found['badRows'][number];
  columns: readonly ShownColumn[];
  problems: readonly UploadProblem[];
  edits: Edits;
  onEdit: (edits: Edits) => void;
}) {
  const t = useWords(words);
  const saysId = `row-${row}-says`;
  const wrong = new Set(problems.map(({ column }) => column));
  return (
    <Table.Tr>
      <Table.Td>{row}</Table.Td>
      <Table.Td id={saysId}>
        <Says problems={problems} />
      </Table.Td>
      {columns.map(({ column, header, index }) => {
        const was = cells[index] ?? '';
        const key = cellKey(row, column);
        const isWrong = wrong.has(column);
        return (
          <Table.Td key={column} p={2}>
            <input
              data-column={column}
              aria-label={t.cell(row, header || column)}
              aria-invalid={isWrong}
              aria-describedby={isWrong ? saysId : undefined}
              value={edits.get(key) ?? was}
              onChange={(event) => onEdit(edited(edits, key, event.currentTarget.value, was))}
              style={styleOf(isWrong, edits.has(key))}
            />
          </Table.Td>
        );
      })}
    </Table.Tr>
  );
}

function Says({ problems }: { problems: readonly UploadProblem[] }) {
  const fields = useWords(fieldWords);
  return problems.map(({ header, field, says }) => (
    <Text key={`${field} ${says}`} size="xs">
      <b>{header ?? fields[field]}</b> <Said>{says}</Said>
    </Text>
  ));
}

function styleOf(isWrong: boolean, isEdited: boolean) {
  const [border, background] = isEdited
    ? ['var(--mantine-color-indigo-6)', 'var(--mantine-color-indigo-0)']
    : isWrong
      ? ['var(--mantine-color-red-7)', 'var(--mantine-color-red-0)']
      : ['var(--mantine-color-gray-4)', 'white'];
  return {
    width: '100%',
    minWidth: 90,
    padding: '4px 6px',
    font: 'inherit',
    fontSize: 13,
    color: 'black',
    border: `1px solid ${border}`,
    borderRadius: 4,
    background,
  };
}
