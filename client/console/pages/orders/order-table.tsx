import { Anchor, Card, Checkbox, Group, Stack, Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { listOrders } from '../../../api/contract/orders';
import type { Answer } from '../../../api/contract/route';
import { useFormat } from '../../format';
import { Tag } from '../../parts/tag';
import { dictionary, useWords } from '../../words';
import { Standing } from './standing';
import { fieldWords } from './words';

const words = dictionary(
  { select: (key: string) => `${key} 고르기`, selectAll: '보이는 주문 모두 고르기' },
  { select: (key: string) => `Select ${key}`, selectAll: 'Select all that are shown' },
);

export type Row = Answer<typeof listOrders>['rows'][number];

interface Props {
  readonly rows: readonly Row[];
  readonly selected: ReadonlySet<string>;
  readonly select: (keys: readonly string[], isSelected: boolean) => void;
}

/** The orders as a table; on a phone as cards, which are for looking up only. */
export function OrderTable(props: Props) {
  return (
    <>
      <WideTable {...props} />
      <Stack gap="xs" hiddenFrom="sm">
        {props.rows.map((row) => (
          <OrderCard key={row.key} row={row} />
        ))}
      </Stack>
    </>
  );
}

function WideTable({ rows, selected, select }: Props) {
  const t = useWords(words);
  const field = useWords(fieldWords);
  const { time, won, number } = useFormat();
  const keys = rows.map(({ key }) => key);
  const chosen = keys.filter((key) => selected.has(key)).length;
  return (
    <Table visibleFrom="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={36}>
            <Checkbox
              size="xs"
              aria-label={t.selectAll}
              checked={chosen > 0 && chosen === keys.length}
              indeterminate={chosen > 0 && chosen < keys.length}
              onChange={(event) => select(keys, event.currentTarget.checked)}
            />
          </Table.Th>
          <Table.Th>{field.order}</Table.Th>
          <Table.Th>{field.orderedAt}</Table.Th>
          <Table.Th>{field.stage}</Table.Th>
          <Table.Th>{field.recipient}</Table.Th>
          <Table.Th>{field.deal}</Table.Th>
          <Table.Th ta="right">{field.units}</Table.Th>
          <Table.Th ta="right">{field.amount}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.key}>
            <Table.Td>
              <Checkbox
                size="xs"
                aria-label={t.select(row.key)}
                checked={selected.has(row.key)}
                onChange={(event) => select([row.key], event.currentTarget.checked)}
              />
            </Table.Td>
            <Table.Td>
              <OrderLink row={row} />
              <Text size="xs" c="dimmed">
                {row.channel}
              </Text>
            </Table.Td>
            <Table.Td>{time(row.orderedAt)}</Table.Td>
            <Table.Td>
              <Standing stage={row.stage} waiting={row.waiting} />
            </Table.Td>
            <Table.Td>
              {row.recipient?.name}
              <Text size="xs" c="dimmed">
                {row.recipient?.phone}
              </Text>
              <Erased row={row} />
            </Table.Td>
            <Table.Td maw={260}>
              <Deal row={row} />
            </Table.Td>
            <Table.Td ta="right">{number(row.units)}</Table.Td>
            <Table.Td ta="right">{won(row.amount)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function OrderCard({ row }: { row: Row }) {
  const { time, won } = useFormat();
  return (
    <Card withBorder padding="sm" component={Link} to={addressOfOrder(row.key)} c="inherit" td="none">
      <Group justify="space-between" wrap="nowrap">
        <Text fw={600} truncate>
          {row.orderNumber}
        </Text>
        <Standing stage={row.stage} waiting={row.waiting} />
      </Group>
      <Text size="xs" c="dimmed">
        {row.channel} · {time(row.orderedAt)}
      </Text>
      <Deal row={row} />
      <Group justify="space-between">
        <Text size="sm">
          {row.recipient?.name} {row.recipient?.phone}
        </Text>
        <Erased row={row} />
        <Text size="sm">{won(row.amount)}</Text>
      </Group>
    </Card>
  );
}

function Erased({ row }: { row: Row }) {
  const field = useWords(fieldWords);
  return row.erasedAt === null ? null : <Tag color="gray">{field.erased}</Tag>;
}

function OrderLink({ row }: { row: Row }) {
  return (
    <Anchor component={Link} to={addressOfOrder(row.key)} size="sm">
      {row.orderNumber}
    </Anchor>
  );
}

function Deal({ row: { deal, lines } }: { row: Row }) {
  const field = useWords(fieldWords);
  return (
    <Text size="sm" truncate title={deal ?? undefined}>
      {deal} {lines > 1 ? field.more(lines - 1) : ''}
    </Text>
  );
}

/** An order's page. */
export function addressOfOrder(key: string): string {
  return `/orders/${key}`;
}
