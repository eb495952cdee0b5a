import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import type { BulkCommand } from '../../../../domain/bulk';
import { previewBulk, startBulk } from '../../../api/contract/bulk-jobs';
import type { Call } from '../../../api/contract/route';
import { ask, keyOf, useCommand } from '../../api';
import { useFormat } from '../../format';
import { Shown } from '../../parts/page-state';
import { WithReason } from '../../parts/with-reason';
import { dictionary, useWords } from '../../words';
import { commandWords } from './words';

const words = dictionary(
  {
    orders: (count: string) =>
      `주문 ${count}건에 적용됩니다. 할 수 없는 주문은 이유와 함께 따로 보여 줍니다.`,
    tooMany: (count: string) => `한 번에 ${count}건까지 할 수 있습니다. 조건을 더 넣어 주세요.`,
    started: '뒤에서 진행합니다',
  },
  {
    orders: (count: string) =>
      `It is for ${count} orders. Those it cannot be done to are listed with the reason.`,
    tooMany: (count: string) => `At most ${count} at once: use more filters.`,
    started: 'It runs in the background',
  },
);

type Selection = Call<typeof previewBulk>['body']['selection'];

/** How many orders it is for, why, and off it goes. */
export function BulkDialog({
  command,
  selection,
  onStarted,
  onClose,
}: {
  command: BulkCommand;
  selection: Selection;
  onStarted: () => void;
  onClose: () => void;
}) {
  const t = useWords(words);
  const names = useWords(commandWords);
  const { number } = useFormat();
  const call = { body: { selection } };
  // Asked once: what is confirmed is what was shown.
  const preview = useQuery({
    queryKey: keyOf(previewBulk, call),
    queryFn: () => ask(previewBulk, call),
    staleTime: Infinity,
    gcTime: 0,
  });
  const start = useCommand(startBulk, () => {
    notifications.show({ color: 'teal', message: t.started });
    onStarted();
    onClose();
  });
  const confirm = (reason: string) => {
    if (preview.data === undefined || preview.data.isTooMany) return;
    const { asOf } = preview.data;
    const chosen = 'filters' in selection ? { ...selection, asOf } : selection;
    start.mutate({ body: { command, selection: chosen, reason } });
  };
  return (
    <WithReason
      title={names[command]}
      preview={
        <Shown of={preview}>
          {({ orders, isTooMany }) => (
            <Text fw={500}>{isTooMany ? t.tooMany(number(orders)) : t.orders(number(orders))}</Text>
          )}
        </Shown>
      }
      confirm={names[command]}
      {...(command === 'cancel' ? { color: 'red.8' } : {})}
      isPending={start.isPending}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}
