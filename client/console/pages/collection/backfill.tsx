import { Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { startBackfill } from '../../../api/contract/collection';
import { useCommand } from '../../api';
import { MomentInput } from '../../parts/moment-input';
import { WithReason } from '../../parts/with-reason';
import { useWords } from '../../words';
import { words } from './words';

const MINUTE_MS = 60_000;

/** Has a stretch of a source read again, and shows how far that comes. */
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
  const [initial] = useState({ from: minuteOf(window.from, Math.floor), to: minuteOf(window.to, Math.ceil) });
  const [from, setFrom] = useState<string | undefined>(initial.from);
  const [to, setTo] = useState<string | undefined>(initial.to);
  const go = useNavigate();
  const read = useCommand(startBackfill, () => {
    notifications.show({ color: 'green', message: t.readBegun });
    onClose();
    void go(`/collection/runs?source=${source}`);
  });
  return (
    <WithReason
      title={`${t.backfill}: ${source}`}
      preview={
        <>
          <Group grow>
            <MomentInput label={t.from} required initial={initial.from} onChange={setFrom} />
            <MomentInput label={t.to} required initial={initial.to} onChange={setTo} />
          </Group>
          <Text size="sm">{t.backfillPreview}</Text>
        </>
      }
      confirm={t.readNow}
      isPending={read.isPending}
      onConfirm={(reason) => {
        if (from === undefined || to === undefined) return;
        read.mutate({ params: { source }, body: { from, to, reason } });
      }}
      onClose={onClose}
    />
  );
}

/** The inputs know minutes only: the stretch is read from the beginning of one to the end of another. */
function minuteOf(iso: string, round: (minutes: number) => number): string {
  return new Date(round(Date.parse(iso) / MINUTE_MS) * MINUTE_MS).toISOString();
}
