import { Anchor, Group, ScrollArea, Stack, Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import { FATES } from '../../../../domain/deal-change';
import type { previewDecision } from '../../../api/contract/matching';
import type { Answer } from '../../../api/contract/route';
import { useFormat } from '../../format';
import { Tag } from '../../parts/tag';
import { useWords } from '../../words';
import { fateColors, fateWords, matchingWords } from './words';

/** What becomes of the orders of a deal by a decision: how many of each fate, and which. */
export function Effect({ effect: { counts, orders } }: { effect: Answer<typeof previewDecision> }) {
  const t = useWords(matchingWords);
  const fates = useWords(fateWords);
  const { number, time } = useFormat();
  const there = FATES.filter((fate) => counts[fate] > 0);
  if (there.length === 0)
    return (
      <Text size="sm" c="gray.7">
        {t.noOrderChanges}
      </Text>
    );
  return (
    <Stack gap="xs">
      {there.map((fate) => (
        <Group key={fate} gap="xs" wrap="nowrap">
          <Tag color={fateColors[fate]}>{number(counts[fate])}</Tag>
          <Text size="sm">{fates[fate]}</Text>
        </Group>
      ))}
      {counts.sent + counts.shipped === 0 ? null : (
        <Text size="xs" c="gray.7">
          {t.forCustomerService}
        </Text>
      )}
      <ScrollArea.Autosize mah={220} type="auto">
        <Table verticalSpacing={2} aria-label={t.changedOrders}>
          <Table.Tbody>
            {orders.map(({ orderKey, orderedAt, fate }) => (
              <Table.Tr key={orderKey}>
                <Table.Td>
                  <Anchor component={Link} to={`/orders/${orderKey}`} size="xs" target="_blank">
                    {orderKey}
                  </Anchor>
                </Table.Td>
                <Table.Td>{time(orderedAt)}</Table.Td>
                <Table.Td>{fates[fate]}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </Stack>
  );
}
