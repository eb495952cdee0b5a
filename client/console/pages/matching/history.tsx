import { Box, Table, Text, Title } from '@mantine/core';
import { useFormat } from '../../format';
import { useWords } from '../../words';
import type { DealShown } from './deal-detail';
import { matchingWords } from './words';

/** Every decision for a deal, the newest first. */
export function History({ history }: Pick<DealShown, 'history'>) {
  const t = useWords(matchingWords);
  const { time } = useFormat();
  return (
    <Box component="section">
      <Title order={3} size="h6">
        {t.history}
      </Title>
      {history.length === 0 ? (
        <Text size="sm" c="gray.7">
          {t.noHistory}
        </Text>
      ) : (
        <Table verticalSpacing={2}>
          <Table.Thead>
            <Table.Tr>
              {[t.version, t.configuration, t.by, t.at, t.reason].map((head) => (
                <Table.Th key={head}>{head}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {history.map(({ version, configuration, madeBy, madeAt, reason }) => (
              <Table.Tr key={version}>
                <Table.Td>{version}</Table.Td>
                <Table.Td>{configuration}</Table.Td>
                <Table.Td>{madeBy}</Table.Td>
                <Table.Td>{time(madeAt)}</Table.Td>
                <Table.Td>{reason}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Box>
  );
}
