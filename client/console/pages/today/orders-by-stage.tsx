import { SimpleGrid } from '@mantine/core';
import type { Answer } from '../../../api/contract/route';
import type { readToday } from '../../../api/contract/today';
import { stageWords } from '../../domain-words';
import { useFormat } from '../../format';
import { Section } from '../../parts/section';
import { useWords } from '../../words';
import { Counter } from './counter';
import { todayWords } from './words';

/** Where the orders are: the unfinished ones, and those that came to their end today. */
export function OrdersByStage({ stages }: Pick<Answer<typeof readToday>, 'stages'>) {
  const t = useWords(todayWords);
  const names = useWords(stageWords);
  const { number } = useFormat();
  return (
    <Section title={t.orders}>
      <SimpleGrid cols={{ base: 2, sm: 4, lg: 7 }} spacing="xs">
        {stages.map(({ stage, orders }) => (
          <Counter
            key={stage}
            to={`/orders?stage=${stage}`}
            name={names[stage]}
            value={number(orders)}
            note={stage === 'done' || stage === 'cancelled' ? t.ofToday : null}
          />
        ))}
      </SimpleGrid>
    </Section>
  );
}
