import { Stack, Text, Timeline } from '@mantine/core';
import type { TimelineKind } from '../../../../domain/timeline';
import { useFormat } from '../../format';
import { Said } from '../../parts/said';
import { Section } from '../../parts/section';
import { dictionary, useWords } from '../../words';
import type { ShownOrder } from './shown-order';

const words = dictionary({ title: '지금까지 있었던 일' }, { title: 'What has happened' });

const kindWords = dictionary<Record<TimelineKind, string>>(
  {
    received: '수집',
    claim: '클레임',
    matched: '매칭',
    dispatch: '출고 요청',
    attempt: 'WMS 호출',
    shipped: '출고',
    tracking: '송장 전달',
    returned: '반품',
    sale: '매출',
    task: '할 일',
    person: '사람',
    erased: '개인정보 삭제',
  },
  {
    received: 'Received',
    claim: 'Claim',
    matched: 'Matched',
    dispatch: 'Dispatch',
    attempt: 'WMS call',
    shipped: 'Shipped',
    tracking: 'Tracking',
    returned: 'Return',
    sale: 'Sale',
    task: 'Task',
    person: 'Person',
    erased: 'Erased',
  },
);

/** Everything that happened, by source, WMS and people, the oldest first. */
export function OrderTimeline({ events }: { events: ShownOrder['timeline'] }) {
  const t = useWords(words);
  const kinds = useWords(kindWords);
  const { time } = useFormat();
  return (
    <Section title={t.title}>
      <Stack>
        <Timeline bulletSize={12} lineWidth={2} active={events.length}>
          {events.map((event, index) => (
            <Timeline.Item
              // biome-ignore lint/suspicious/noArrayIndexKey: events are appended only, and have no id of their own.
              key={index}
              color={event.what === 'task' ? 'orange' : event.what === 'person' ? 'grape' : 'indigo'}
              title={`${kinds[event.what]} · ${time(event.at)}`}
            >
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                <Said>{event.says}</Said>
              </Text>
            </Timeline.Item>
          ))}
        </Timeline>
      </Stack>
    </Section>
  );
}
