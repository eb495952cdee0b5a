import { Box, Group, Table, Text, Title } from '@mantine/core';
import { useFormat } from '../../format';
import { useSaid } from '../../parts/said';
import { useWords } from '../../words';
import type { DealShown } from './deal-detail';
import { Undo } from './undo';
import { usePrices } from './use-prices';
import { matchingWords } from './words';

/** Every decision for a deal, the newest first. */
export function History({
  deal,
  onJob,
}: {
  deal: DealShown;
  /** What is undone is worked off by a job. */
  onJob: (jobId: number | null) => void;
}) {
  const { history } = deal;
  const t = useWords(matchingWords);
  const { time } = useFormat();
  const said = useSaid();
  const prices = usePrices();
  return (
    <Box component="section">
      <Group justify="space-between">
        <Title order={3} size="h6">
          {t.history}
        </Title>
        <Undo deal={deal} onJob={onJob} />
      </Group>
      {history.length === 0 ? (
        <Text size="sm" c="gray.7">
          {t.noHistory}
        </Text>
      ) : (
        <Table verticalSpacing={2}>
          <Table.Thead>
            <Table.Tr>
              {[t.version, t.configuration, t.from, t.unitPrice, t.by, t.at, t.reason].map((head) => (
                <Table.Th key={head}>{head}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {history.map(
              ({
                version,
                configuration,
                holdsFrom,
                priceFrom,
                priceTo,
                madeBy,
                madeAt,
                reason,
                ...undone
              }) => (
                <Table.Tr key={version}>
                  <Table.Td>{version}</Table.Td>
                  <Table.Td td={undone.undoneBy === null ? 'none' : 'line-through'}>{configuration}</Table.Td>
                  <Table.Td>{holdsFrom === null ? t.always : time(holdsFrom)}</Table.Td>
                  <Table.Td>
                    {priceFrom === null || priceTo === null ? '–' : prices({ from: priceFrom, to: priceTo })}
                  </Table.Td>
                  <Table.Td>{madeBy}</Table.Td>
                  <Table.Td>{time(madeAt)}</Table.Td>
                  <Table.Td>
                    {undone.undoneBy === null
                      ? said(reason)
                      : `${said(reason)} · ${t.undone(undone.undoneBy, undone.undoneReason ?? '')}`}
                  </Table.Td>
                </Table.Tr>
              ),
            )}
          </Table.Tbody>
        </Table>
      )}
    </Box>
  );
}
