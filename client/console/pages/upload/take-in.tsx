import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useNavigate } from 'react-router';
import { commitDraft, readProgress, type UploadDraft } from '../../../api/contract/upload';
import { useAnswer, useCommand } from '../../api';
import { Dialog } from '../../parts/dialog';
import { useWords } from '../../words';
import type { Found } from './mending';
import { words } from './words';

const LOOK_EVERY_MS = 1_000;

/** Takes in the whole file, or the orders of it that have no problem. */
export function TakeIn({
  draft: { id, version },
  found,
  isEdited,
}: {
  draft: UploadDraft;
  found: Found;
  isEdited: boolean;
}) {
  const t = useWords(words);
  const go = useNavigate();
  const commit = useCommand(commitDraft, ({ uploadId, orders, started }) => {
    void go(`/upload/${uploadId}`, { state: { late: orders - started } });
  });
  const take = (validRowsOnly: boolean) =>
    commit.mutate({ params: { id }, body: { version, validRowsOnly } });
  return (
    <Group gap="xs">
      <Button
        color="green.8"
        disabled={isEdited || found.problemCount > 0 || found.orders === 0}
        onClick={() => take(false)}
      >
        {t.takeAll}
      </Button>
      {found.problemCount === 0 ? null : (
        <Button variant="default" disabled={isEdited || found.orders === 0} onClick={() => take(true)}>
          {t.takeValid}
        </Button>
      )}
      {commit.isPending ? <Taking id={id} of={found.orders} /> : null}
    </Group>
  );
}

/** How far it has come; nothing else can be done until then. */
function Taking({ id, of }: { id: number; of: number }) {
  const t = useWords(words);
  const progress = useAnswer(readProgress, { params: { id } }, { everyMs: LOOK_EVERY_MS });
  const { stored, started } = progress.data ?? { stored: null, started: null };
  // Storing and starting are a half each.
  const done = started === null ? (stored ?? 0) / 2 : of / 2 + started / 2;
  return (
    <Dialog title={t.taking}>
      <Stack>
        <Progress value={(100 * done) / of} aria-label={t.taking} animated />
        <Text size="sm" role="status">
          {started === null ? t.stored(stored ?? 0, of) : t.started(started, of)}
        </Text>
      </Stack>
    </Dialog>
  );
}
