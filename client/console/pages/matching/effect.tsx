import { Anchor, Group, ScrollArea, Stack, Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import { FATES } from '../../../../domain/deal-change';
import type { previewDecision } from '../../../api/contract/matching';
import type { Answer } from '../../../api/contract/route';
import { useFormat } from '../../format';
import { Tag } from '../../parts/tag';
import { useWords } from '../../words';
import { fateColors, fateWords, giftChangeWords, matchingWords } from './words';

/** What becomes of the orders of a deal by a decision: how many of each fate, and which. */
export function Effect({ effect: { counts, orders, gifts } }: { effect: Answer<typeof previewDecision> }) {
  const t = useWords(matchingWords);
  const fates = useWords(fateWords);
  const giftSaid = useWords(giftChangeWords);
  const { number, time } = useFormat();
  const inWords = ({ name, quantity }: (typeof gifts)[number] | (typeof orders)[number]['gifts'][number]) =>
    `${name} × ${number(quantity)}`;
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
      {gifts.map((gift) => (
        <Group
          key={`${gift.change} ${gift.ruleId} ${gift.configuration} ${gift.quantity}`}
          gap="xs"
          wrap="nowrap"
        >
          <Tag color={gift.change === 'given' ? 'teal' : 'orange'}>{number(gift.orders)}</Tag>
          <Text size="sm">{giftSaid[gift.change](inWords(gift))}</Text>
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
            {orders.map(({ orderKey, orderedAt, fate, gifts: changed }) => (
              <Table.Tr key={orderKey}>
                <Table.Td>
                  <Anchor component={Link} to={`/orders/${orderKey}`} size="xs" target="_blank">
                    {orderKey}
                  </Anchor>
                </Table.Td>
                <Table.Td>{time(orderedAt)}</Table.Td>
                <Table.Td>
                  {fates[fate]}
                  {changed.map((gift) => (
                    <Text size="xs" key={`${gift.change} ${gift.ruleId}`}>
                      {giftSaid[gift.change](inWords(gift))}
                    </Text>
                  ))}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </Stack>
  );
}
