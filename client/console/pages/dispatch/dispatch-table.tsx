import { Anchor, Badge, Stack, Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { listDispatches } from '../../../api/contract/dispatch';
import type { Answer } from '../../../api/contract/route';
import { useFormat } from '../../format';
import { OrderLinks } from '../../parts/order-links';
import { Pager } from '../../parts/pager';
import { useSaid } from '../../parts/said';
import { useWords } from '../../words';
import { colorOf, commonWords, stateWords } from './words';

/** Dispatches, each with the way to its order and to its evidence. */
export function DispatchTable({ page }: { page: Answer<typeof listDispatches> }) {
  const t = useWords(commonWords);
  const states = useWords(stateWords);
  const { time } = useFormat();
  const said = useSaid();
  const columns = [
    [t.order, '27%'],
    [t.wms, '12%'],
    [t.state, '14%'],
    [t.made, '16%'],
    [t.problem, '21%'],
    [t.evidence, '10%'],
  ] as const;
  return (
    <Stack>
      <Table layout="fixed">
        <Table.Thead>
          <Table.Tr>
            {columns.map(([title, width]) => (
              <Table.Th key={title} w={width}>
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {page.rows.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                <OrderLinks keys={row.orders} />
              </Table.Td>
              <Table.Td>{row.wms ?? row.directedTo ?? t.noWms}</Table.Td>
              <Table.Td>
                <Badge color={`${colorOf(row.state)}.9`} c="dark.8" variant="outline">
                  {states[row.state]}
                </Badge>
              </Table.Td>
              <Table.Td>{time(row.createdAt)}</Table.Td>
              <Table.Td>
                <Text size="sm" lineClamp={2} title={said(row.problem ?? '')}>
                  {row.problem === null ? row.reference : said(row.problem)}
                </Text>
              </Table.Td>
              <Table.Td>
                <Anchor
                  component={Link}
                  to={`/dispatch/unknown/${row.orderKey}`}
                  size="sm"
                  aria-label={`${t.evidence} ${row.orderKey}`}
                >
                  {t.evidence}
                </Anchor>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Pager next={page.next} />
    </Stack>
  );
}
