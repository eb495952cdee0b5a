import { ScrollArea, Table } from '@mantine/core';
import type { SalesFigure } from '../../../../domain/sale';
import type { Answer } from '../../../api/contract/route';
import type { crossSales } from '../../../api/contract/sales';
import { useFormat } from '../../format';
import { useWords } from '../../words';
import { type SalesAnswer, useLabel } from './figures';
import { byWords, words } from './words';

/** A row and a column for each of two breakdowns, with their totals. */
export function CrossTable({
  crossed: { by, rows, columns, total },
  figure,
}: {
  crossed: Answer<typeof crossSales>;
  figure: SalesFigure;
}) {
  const t = useWords(words);
  const bys = useWords(byWords);
  const labelOf = useLabel();
  const shown = useShown(figure);
  return (
    <ScrollArea.Autosize
      mah={600}
      type="auto"
      viewportProps={{ tabIndex: 0, 'aria-label': t.cross, role: 'region' }}
    >
      <Table stickyHeader style={{ whiteSpace: 'nowrap' }}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{bys[by]}</Table.Th>
            {columns.map((column) => (
              <Table.Th key={column.key} ta="right">
                {labelOf(column)}
              </Table.Th>
            ))}
            <Table.Th ta="right">{t.total}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.key}>
              <Table.Th scope="row" fw={500}>
                {labelOf(row)}
              </Table.Th>
              {row.cells.map((cell, column) => (
                <Table.Td key={columns[column]?.key} ta="right">
                  {cell === null ? '' : shown(cell)}
                </Table.Td>
              ))}
              <Table.Td ta="right" fw={600}>
                {shown(row.total)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th scope="row">{t.total}</Table.Th>
            {[...columns.map((column) => column.total), total].map((sum, column) => (
              <Table.Th key={columns[column]?.key ?? ''} ta="right">
                {shown(sum)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </ScrollArea.Autosize>
  );
}

/** Pieces are numbers, all else is won. */
function useShown(figure: SalesFigure): (figures: SalesAnswer['total']) => string {
  const { won, number } = useFormat();
  return (figures) => {
    const value = figures[figure];
    return typeof value === 'number' ? number(value) : won(value);
  };
}
