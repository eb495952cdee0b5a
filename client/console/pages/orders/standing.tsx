import { Badge, Group } from '@mantine/core';
import type { Stage, WaitingReason } from '../../../../domain/stage';
import { stageWords, waitingWords } from '../../domain-words';
import { Tag } from '../../parts/tag';
import { useWords } from '../../words';

const COLOURS: Readonly<Record<Stage, string>> = {
  collected: 'gray',
  normalized: 'gray',
  matched: 'indigo',
  dispatched: 'indigo',
  booked: 'teal',
  done: 'teal',
  cancelled: 'gray',
};

/** How far an order has come, and what it waits for. */
export function Standing({ stage, waiting }: { stage: Stage; waiting: WaitingReason | null }) {
  const stages = useWords(stageWords);
  const waits = useWords(waitingWords);
  return (
    <Group gap={4} wrap="nowrap">
      <Badge variant="outline" color={COLOURS[stage]} c="dark.8" tt="none">
        {stages[stage]}
      </Badge>
      {waiting === null ? null : <Tag color="orange">{waits[waiting]}</Tag>}
    </Group>
  );
}
