import { Grid, Stack, Text } from '@mantine/core';
import { readToday } from '../../../api/contract/today';
import { useAnswer } from '../../api';
import { useFormat } from '../../format';
import { Page } from '../../parts/page';
import { Shown } from '../../parts/page-state';
import { useWords } from '../../words';
import { Freshness } from './freshness';
import { Hours } from './hours';
import { OrdersByStage } from './orders-by-stage';
import { TaskCounters } from './task-counters';
import { TaskList } from './task-list';
import { todayWords } from './words';

const LOOK_EVERY_MS = 60_000;

export default function TodayPage() {
  const t = useWords(todayWords);
  const { time } = useFormat();
  const today = useAnswer(readToday, {}, { everyMs: LOOK_EVERY_MS });
  return (
    <Page
      title={t.title}
      actions={
        today.data === undefined ? null : (
          <Text size="sm" c="gray.7">
            {t.asOf} {time(today.data.at)}
          </Text>
        )
      }
    >
      <Shown of={today}>
        {(data) => (
          <Stack>
            <TaskCounters tasks={data.tasks} />
            <OrdersByStage stages={data.stages} />
            <Grid>
              <Grid.Col span={{ base: 12, lg: 6 }}>
                <Hours hours={data.hours} />
              </Grid.Col>
              <Grid.Col span={{ base: 12, lg: 6 }}>
                <Freshness sources={data.sources} wmses={data.wmses} />
              </Grid.Col>
            </Grid>
          </Stack>
        )}
      </Shown>
      {/* Not before: what is above it would push it away from where it was scrolled to. */}
      {today.isPending ? null : <TaskList />}
    </Page>
  );
}
