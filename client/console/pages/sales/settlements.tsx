import { ScrollArea, SimpleGrid, Stack, Table, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Period } from '../../../../domain/period';
import { readSettlements } from '../../../api/contract/sales';
import { useAnswer } from '../../api';
import { useFormat } from '../../format';
import { Shown } from '../../parts/page-state';
import { useWords } from '../../words';
import { words } from './fee-words';

export function Settlements({ period }: { period: Period }) {
  const t = useWords(words);
  const { won } = useFormat();
  const answer = useAnswer(readSettlements, { query: { ...period } });
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }}>
      <Section title={t.settlement}>
        <Shown of={answer} empty={t.noSales} isEmpty={({ channels }) => channels.length === 0}>
          {({ channels }) => (
            <Amounts
              head={[t.channel, t.net, t.fee, t.settled, t.unknown]}
              rows={[
                ...channels.map((one) => [one.channel, one.net, one.fee, one.settlement, one.unknown]),
                [
                  t.total,
                  ...(['net', 'fee', 'settlement', 'unknown'] as const).map((of) =>
                    String(channels.reduce((sum, one) => sum + BigInt(one[of]), 0n)),
                  ),
                ],
              ]}
              format={won}
            />
          )}
        </Shown>
      </Section>
      <Section title={t.due}>
        <Shown of={answer} empty={t.noDue} isEmpty={({ due }) => due.length === 0}>
          {({ due }) => (
            <ScrollArea.Autosize
              mah={360}
              type="auto"
              viewportProps={{ tabIndex: 0, 'aria-label': t.due, role: 'region' }}
            >
              <Amounts
                head={[`${t.dueDay} · ${t.channel}`, t.settled]}
                rows={due.map(({ day, channel, settlement }) => [`${day} · ${channel}`, settlement])}
                format={won}
              />
            </ScrollArea.Autosize>
          )}
        </Shown>
      </Section>
    </SimpleGrid>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap="xs">
      <Title order={2} size="h5">
        {title}
      </Title>
      {children}
    </Stack>
  );
}

/** What each row is of, and its amounts in won. */
function Amounts(table: {
  head: readonly string[];
  rows: readonly (readonly string[])[];
  format: (won: string) => string;
}) {
  const { head, rows, format } = table;
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          {head.map((text, column) => (
            <Table.Th key={text} ta={column === 0 ? 'left' : 'right'}>
              {text}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(([label, ...amounts]) => (
          <Table.Tr key={label}>
            <Table.Th scope="row" fw={500}>
              {label}
            </Table.Th>
            {amounts.map((amount, column) => (
              <Table.Td key={head[column + 1]} ta="right">
                {format(amount)}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
