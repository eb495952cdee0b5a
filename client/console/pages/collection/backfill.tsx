import { Group, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { backfill } from '../../../api/contract/collection';
import { useCommand } from '../../api';
import { WithReason } from '../../parts/with-reason';
import { useWords } from '../../words';
import { fromSeoulInput, toSeoulInput } from './seoul-input';
import { words } from './words';

/** Reads a stretch of a source again. */
export function Backfill({
  source,
  window,
  onClose,
}: {
  source: string;
  window: { from: string; to: string };
  onClose: () => void;
}) {
  const t = useWords(words);
  const [from, setFrom] = useState(toSeoulInput(window.from));
  // To the end of the minute.
  const [to, setTo] = useState(toSeoulInput(new Date(Date.parse(window.to) + 59_999).toISOString()));
  const read = useCommand(backfill, ({ orders }) => {
    notifications.show({ color: 'green', message: t.readDone(orders) });
    onClose();
  });
  const fields = [
    [t.from, from, setFrom],
    [t.to, to, setTo],
  ] as const;
  return (
    <WithReason
      title={`${t.backfill}: ${source}`}
      preview={
        <>
          <Group grow>
            {fields.map(([label, value, set]) => (
              <TextInput
                key={label}
                type="datetime-local"
                label={label}
                required
                value={value}
                onChange={(event) => set(event.currentTarget.value)}
              />
            ))}
          </Group>
          <Text size="sm">{read.isPending ? t.reading : t.backfillPreview}</Text>
        </>
      }
      confirm={t.readNow}
      isPending={read.isPending}
      onConfirm={(reason) =>
        read.mutate({
          params: { source },
          body: { from: fromSeoulInput(from), to: fromSeoulInput(to), reason },
        })
      }
      onClose={onClose}
    />
  );
}
