import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { placeOf } from '../../../../domain/task-place';
import { nextActionWords, taskWords } from '../../domain-words';
import { useFormat } from '../../format';
import { Said } from '../../parts/said';
import { dictionary, useWords } from '../../words';
import type { ShownOrder } from './shown-order';

const words = dictionary({ go: '해결하러 가기' }, { go: 'Go and solve it' });

/** What waits for a person, and what to do about it. */
export function OrderTasks({ order }: { order: ShownOrder }) {
  const t = useWords(words);
  const kinds = useWords(taskWords);
  const actions = useWords(nextActionWords);
  const { ago } = useFormat();
  if (order.next.length === 0) return null;
  return (
    <Stack gap="xs">
      {order.next.map((task) => {
        const place = placeOf(task.kind, order.key);
        return (
          <Alert key={task.id} color="orange" title={`${kinds[task.kind]} · ${ago(task.openedAt)}`}>
            <Text size="sm">
              <Said>{task.reason}</Said>
            </Text>
            <Text size="sm" fw={500}>
              {actions[task.kind]}
            </Text>
            {place === `/orders/${order.key}` ? null : (
              <Anchor component={Link} c="indigo.9" to={place} size="sm">
                {t.go} →
              </Anchor>
            )}
          </Alert>
        );
      })}
    </Stack>
  );
}
