import { Group, Text, UnstyledButton } from '@mantine/core';
import type { listWaitingDeals } from '../../../api/contract/matching';
import type { Answer } from '../../../api/contract/route';
import { useFormat } from '../../format';
import { Tag } from '../../parts/tag';
import { useSession } from '../../session';
import { useWords } from '../../words';
import { KEY_ROW } from './use-keys';
import { changedWords, matchingWords } from './words';

/** A deal of the queue: with the keyboard on it, it is looked at; Enter goes to its candidates. */
export function DealRow({
  deal,
  isSelected,
  isSkipped,
  onSelect,
  onOpen,
}: {
  deal: Answer<typeof listWaitingDeals>['rows'][number];
  isSelected: boolean;
  isSkipped: boolean;
  onSelect: () => void;
  onOpen: () => void;
}) {
  const t = useWords(matchingWords);
  const { number, ago } = useFormat();
  const { name: me } = useSession();
  const differs = useWords(changedWords);
  return (
    <UnstyledButton
      w="100%"
      p="xs"
      {...KEY_ROW}
      aria-current={isSelected}
      onFocus={onSelect}
      onClick={onOpen}
      bg={isSelected ? 'indigo.0' : 'white'}
      style={{ borderBottom: '1px solid var(--mantine-color-gray-3)' }}
    >
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Group gap="xs">
          <Tag color="indigo">{deal.channel}</Tag>
          {deal.change === null ? null : (
            <Tag color="orange">{deal.change.differs.map((what) => differs[what]).join(' · ')}</Tag>
          )}
          {deal.claim === null ? null : (
            <Tag color={deal.claim.claimedBy === me ? 'teal' : 'orange'}>
              {deal.claim.claimedBy === me
                ? t.yours
                : t.isAtIt(deal.claim.claimedBy, ago(deal.claim.claimedAt))}
            </Tag>
          )}
        </Group>
        <Text size="xs" c="gray.7">
          {t.orders} {number(deal.orders)}
          {deal.firstSeen === null ? '' : ` · ${ago(deal.firstSeen)}`}
          {isSkipped ? ` · ${t.skipped}` : ''}
        </Text>
      </Group>
      <Text size="sm" fw={500}>
        {deal.deal}
      </Text>
      <Text size="sm" c="gray.7">
        {deal.option}
      </Text>
    </UnstyledButton>
  );
}
