import { Anchor, Table } from '@mantine/core';
import { Link } from 'react-router';
import { useFormat } from '../../format';
import { Opener } from '../../parts/opener';
import { Said } from '../../parts/said';
import { useWords } from '../../words';
import type { Event } from './audit-list';
import { words } from './words';

export function AuditTable({ rows, onOpen }: { rows: readonly Event[]; onOpen: (event: Event) => void }) {
  const t = useWords(words);
  const { time } = useFormat();
  return (
    <Table style={{ tableLayout: 'fixed', overflowWrap: 'anywhere' }}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={150}>{t.when}</Table.Th>
          <Table.Th w={130}>{t.who}</Table.Th>
          <Table.Th w={150}>{t.what}</Table.Th>
          <Table.Th>{t.subject}</Table.Th>
          <Table.Th>{t.reason}</Table.Th>
          <Table.Th w={90} aria-label={t.detail} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((event) => (
          <Table.Tr key={event.id}>
            <Table.Td>{time(event.at)}</Table.Td>
            <Table.Td>{event.actor}</Table.Td>
            <Table.Td>{event.action}</Table.Td>
            <Table.Td>
              <Subject event={event} />
            </Table.Td>
            <Table.Td>
              <Said>{event.reason}</Said>
            </Table.Td>
            <Table.Td>
              <Opener
                variant="default"
                aria-label={`${t.show}: ${event.action} ${event.subject} ${time(event.at)}`}
                onClick={() => onOpen(event)}
              >
                {t.show}
              </Opener>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

export function Subject({ event: { subject, orderKey } }: { event: Event }) {
  if (orderKey === null) return subject;
  return (
    <Anchor component={Link} to={`/orders/${orderKey}`} size="sm">
      {subject}
    </Anchor>
  );
}
