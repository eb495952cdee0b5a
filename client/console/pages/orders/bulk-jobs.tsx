import { Anchor, Button, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { listBulk, listBulkRows, retryBulk } from '../../../api/contract/bulk-jobs';
import type { Answer } from '../../../api/contract/route';
import { useAnswer, useCommand } from '../../api';
import { useFormat } from '../../format';
import { JobBar } from '../../parts/job-progress';
import { Opener } from '../../parts/opener';
import { Page } from '../../parts/page';
import { Shown } from '../../parts/page-state';
import { Said } from '../../parts/said';
import { Section } from '../../parts/section';
import { WithReason } from '../../parts/with-reason';
import { useMay } from '../../session';
import { dictionary, useWords } from '../../words';
import { addressOfOrder } from './order-table';
import { workWords } from './words';

const words = dictionary(
  {
    title: '한꺼번에 한 일',
    back: '주문 목록',
    none: '한꺼번에 한 일이 없습니다.',
    failures: '실패한 주문 보기',
    hide: '접기',
    retry: '실패한 것 다시',
    resume: '이어서 하기',
    why: '사유',
    order: '주문',
  },
  {
    title: 'Bulk actions',
    back: 'Orders',
    none: 'There was no bulk action.',
    failures: 'Show what failed',
    hide: 'Hide',
    retry: 'Try the failed again',
    resume: 'Have it go on',
    why: 'Why',
    order: 'Order',
  },
);

type Job = Answer<typeof listBulk>['rows'][number];

/** The newest bulk actions, how far they are, and what could not be done. */
export function BulkJobs() {
  const t = useWords(words);
  const jobs = useAnswer(listBulk, {}, { everyMs: 2_000 });
  return (
    <Page
      title={t.title}
      actions={
        <Anchor component={Link} to="/orders" size="sm">
          ← {t.back}
        </Anchor>
      }
    >
      <Shown of={jobs} isEmpty={({ rows }) => rows.length === 0} empty={t.none}>
        {({ rows }) => (
          <Stack>
            {rows.map((job) => (
              <JobCard key={job.id} job={job} />
            ))}
          </Stack>
        )}
      </Shown>
    </Page>
  );
}

function JobCard({ job }: { job: Job }) {
  const t = useWords(words);
  const names = useWords(workWords);
  const { time } = useFormat();
  const [isShown, setShown] = useState(false);
  return (
    <Section
      title={`${names[job.command]} · ${job.madeBy} · ${time(job.madeAt)}`}
      actions={<Retry job={job} />}
    >
      <Text size="sm">{job.reason}</Text>
      <JobBar job={job} />
      {job.failed === 0 ? null : (
        <Button variant="subtle" onClick={() => setShown(!isShown)} aria-expanded={isShown}>
          {isShown ? t.hide : t.failures}
        </Button>
      )}
      {isShown ? <Failures job={job} /> : null}
    </Section>
  );
}

function Failures({ job }: { job: Job }) {
  const t = useWords(words);
  const rows = useAnswer(listBulkRows, { params: { id: job.id }, query: { limit: 200 } });
  return (
    <Shown of={rows}>
      {(data) => (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.order}</Table.Th>
              <Table.Th>{t.why}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.rows.map(({ orderKey, says }) => (
              <Table.Tr key={orderKey}>
                <Table.Td>
                  <Anchor component={Link} to={addressOfOrder(orderKey)} size="sm">
                    {orderKey}
                  </Anchor>
                </Table.Td>
                <Table.Td>
                  <Said>{says}</Said>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Shown>
  );
}

function Retry({ job }: { job: Job }) {
  const t = useWords(words);
  const may = useMay(retryBulk);
  const [isAsking, setAsking] = useState(false);
  const retry = useCommand(retryBulk, () => setAsking(false));
  if (!may || job.failed + job.pending === 0) return null;
  const name = job.failed > 0 ? t.retry : t.resume;
  return (
    <>
      <Opener variant="light" onClick={() => setAsking(true)}>
        {name}
      </Opener>
      {isAsking ? (
        <WithReason
          title={name}
          confirm={name}
          isPending={retry.isPending}
          onClose={() => setAsking(false)}
          onConfirm={(reason) => retry.mutate({ params: { id: job.id }, body: { reason } })}
        />
      ) : null}
    </>
  );
}
