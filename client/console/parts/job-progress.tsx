import { Anchor, Group, Progress, Text } from '@mantine/core';
import { Link } from 'react-router';
import { readBulk } from '../../api/contract/bulk-jobs';
import { useAnswer } from '../api';
import { useFormat } from '../format';
import { dictionary, useWords } from '../words';
import { Shown } from './page-state';

const EVERY_MS = 1_000;

const words = dictionary(
  {
    progress: (done: string, total: string, failed: string) =>
      `${total}건 중 ${done}건 처리, 실패 ${failed}건`,
    jobs: '한꺼번에 한 일 보기',
  },
  {
    progress: (done: string, total: string, failed: string) => `${done} of ${total} done, ${failed} failed`,
    jobs: 'See the bulk actions',
  },
);

/** How far a job is, until it is through. */
export function JobProgress({ jobId }: { jobId: number }) {
  const t = useWords(words);
  const job = useAnswer(readBulk, { params: { id: jobId } }, { everyMs: EVERY_MS });
  return (
    <Shown of={job}>
      {(standing) => (
        <Group gap="sm" role="status">
          <JobBar job={standing} />
          <Anchor component={Link} to="/orders/bulk" size="sm">
            {t.jobs}
          </Anchor>
        </Group>
      )}
    </Shown>
  );
}

/** A job's bar with its counts in words. */
export function JobBar({ job }: { job: { total: number; done: number; failed: number } }) {
  const t = useWords(words);
  const { number } = useFormat();
  const says = t.progress(number(job.done), number(job.total), number(job.failed));
  return (
    <>
      <Progress.Root size="lg" my="xs" miw={160} aria-label={says}>
        <Progress.Section value={(100 * job.done) / job.total} color="teal" />
        <Progress.Section value={(100 * job.failed) / job.total} color="red" />
      </Progress.Root>
      <Text size="sm">{says}</Text>
    </>
  );
}
