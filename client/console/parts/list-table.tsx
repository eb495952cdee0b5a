import { Table, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';

/** A table of rows, with what can be done to each in its last column. */
export function ListTable({
  head,
  action,
  children,
}: {
  head: readonly string[];
  /** Heads the last column, for those who do not see what is in it; left out: nothing can be done. */
  action?: string | undefined;
  children: ReactNode;
}) {
  return (
    <Table.ScrollContainer minWidth={600}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {head.map((heading) => (
              <Table.Th key={heading}>{heading}</Table.Th>
            ))}
            {action === undefined ? null : (
              <Table.Th>
                <VisuallyHidden>{action}</VisuallyHidden>
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
