import { Button, Group, Stack, Textarea } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { dictionary, useWords } from '../words';
import { Dialog } from './dialog';

const words = dictionary({ reason: '사유', back: '취소' }, { reason: 'Reason', back: 'Back' });

/** Where the keyboard is when it opens. */
const AT_ONCE = { 'data-autofocus': true };

/** Asks for the reason before something is done, and says what will come of it. */
export function WithReason({
  title,
  preview,
  confirm,
  color,
  size = 'md',
  suggested = '',
  isWhole = true,
  isPending,
  onConfirm,
  onClose,
}: {
  title: string;
  preview?: ReactNode;
  confirm: string;
  color?: string;
  size?: 'md' | 'lg';
  /** A reason that fits as a rule: it need only be confirmed. */
  suggested?: string;
  /** Whether all is given that it asks for besides. */
  isWhole?: boolean;
  isPending: boolean;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}) {
  const t = useWords(words);
  const [reason, setReason] = useState(suggested);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onConfirm(reason.trim());
  };
  return (
    <Dialog title={title} size={size} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack>
          {preview}
          <Textarea
            label={t.reason}
            required
            maxLength={300}
            {...(suggested === '' ? AT_ONCE : {})}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t.back}
            </Button>
            <Button
              type="submit"
              {...(suggested === '' ? {} : AT_ONCE)}
              {...(color === undefined ? {} : { color })}
              loading={isPending}
              disabled={!isWhole || reason.trim() === ''}
            >
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
