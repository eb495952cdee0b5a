import { Anchor, Box, Button, Group, Text } from '@mantine/core';
import { Link } from 'react-router';
import { placeOf } from '../../../../domain/task-place';
import type { Answer } from '../../../api/contract/route';
import { closeTask, type listTasks } from '../../../api/contract/today';
import { nextActionWords, taskWords } from '../../domain-words';
import { useFormat } from '../../format';
import { Opener } from '../../parts/opener';
import { Said } from '../../parts/said';
import { Tag } from '../../parts/tag';
import { useMay } from '../../session';
import { useWords } from '../../words';
import { todayWords } from './words';

export type Task = Answer<typeof listTasks>['rows'][number];

/** One task: what it is, why, what to do next and where. */
export function TaskRow({ task, onClose }: { task: Task; onClose: (task: Task) => void }) {
  const t = useWords(todayWords);
  const kinds = useWords(taskWords);
  const next = useWords(nextActionWords);
  const mayClose = useMay(closeTask);
  const { ago, time } = useFormat();
  const { kind, orderKey, connectionId, reason, openedAt } = task;
  return (
    <Box py="xs" style={{ borderTop: '1px solid var(--mantine-color-gray-3)' }}>
      <Group gap="xs" justify="space-between">
        <Group gap="xs">
          <Tag color="orange">{kinds[kind]}</Tag>
          {orderKey === null ? (
            <Text size="sm">{connectionId}</Text>
          ) : (
            <Anchor component={Link} to={`/orders/${orderKey}`} size="sm">
              {orderKey}
            </Anchor>
          )}
          <Text size="xs" c="gray.7" title={time(openedAt)}>
            {ago(openedAt)}
          </Text>
        </Group>
        <Group gap="xs">
          <Button component={Link} to={placeOf(kind, orderKey)} variant="light">
            {t.solve}
          </Button>
          {task.closedByHand && mayClose ? (
            <Opener variant="default" onClick={() => onClose(task)}>
              {t.close}
            </Opener>
          ) : null}
        </Group>
      </Group>
      <Text size="sm" mt={4} style={{ overflowWrap: 'anywhere' }}>
        <Said>{reason}</Said>
      </Text>
      <Text size="sm" c="gray.7">
        {t.next}: {next[kind]}
      </Text>
    </Box>
  );
}
