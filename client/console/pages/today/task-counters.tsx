import { SimpleGrid, Text } from '@mantine/core';
import { placeOf } from '../../../../domain/task-place';
import type { Answer } from '../../../api/contract/route';
import type { readToday } from '../../../api/contract/today';
import { taskWords } from '../../domain-words';
import { useFormat } from '../../format';
import { Section } from '../../parts/section';
import { useWords } from '../../words';
import { Counter } from './counter';
import { todayWords } from './words';

/** How many tasks of each kind are open, each leading to where they are solved. */
export function TaskCounters({ tasks }: Pick<Answer<typeof readToday>, 'tasks'>) {
  const t = useWords(todayWords);
  const kinds = useWords(taskWords);
  const { number, ago } = useFormat();
  return (
    <Section title={t.tasks}>
      {tasks.length === 0 ? <Text c="teal.9">{t.noTasks}</Text> : null}
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="xs">
        {tasks.map(({ kind, open, oldest }) => (
          <Counter
            key={kind}
            to={placeOf(kind, null)}
            name={kinds[kind]}
            value={number(open)}
            note={`${t.oldest}: ${ago(oldest)}`}
            color="orange.9"
          />
        ))}
      </SimpleGrid>
    </Section>
  );
}
