import { Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { decideDeal, decideOnce } from '../../../api/contract/matching';
import { useCommand } from '../../api';
import { WithReason } from '../../parts/with-reason';
import { useWords } from '../../words';
import type { Choice } from './deal-detail';
import { matchingWords } from './words';

/** Asks for the reason of a decision, says what comes of it, and saves it on the version that was seen. */
export function Decide({
  choice: { deal, configuration, line },
  onClose,
  onDone,
  onRefused,
}: {
  choice: Choice;
  onClose: () => void;
  onDone: () => void;
  onRefused: (message: string) => void;
}) {
  const t = useWords(matchingWords);
  const forDeal = useCommand(decideDeal, ({ orders }) => {
    notifications.show({ message: t.goesOn(orders) });
    onDone();
  });
  const forLine = useCommand(decideOnce, onDone);
  const refused = { onError: (error: Error) => onRefused(error.message) };
  const confirm = (reason: string) => {
    if (line !== undefined) {
      const { orderKey, line: number } = line;
      return forLine.mutate({ body: { orderKey, line: number, configuration, reason } }, refused);
    }
    const { dealKey, version } = deal;
    forDeal.mutate({ params: { dealKey }, body: { configuration, version, reason } }, refused);
  };
  const orders = new Set(deal.lines.map(({ orderKey }) => orderKey)).size;
  return (
    <WithReason
      title={line === undefined ? t.decide : t.onceTitle}
      suggested={t.defaultReason}
      confirm={line === undefined ? t.decide : t.once}
      isPending={forDeal.isPending || forLine.isPending}
      onClose={onClose}
      onConfirm={confirm}
      preview={
        <Stack gap={4}>
          <Text size="sm">
            {deal.deal} {deal.option === '' ? '' : `/ ${deal.option}`}
          </Text>
          <Text fw={700}>→ {configuration}</Text>
          <Text size="sm" c="gray.7">
            {line === undefined ? t.willGoOn(orders) : t.onlyThis(line.orderKey)}
          </Text>
        </Stack>
      }
    />
  );
}
