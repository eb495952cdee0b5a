import { Alert, Anchor, Badge, Button, Group, Select, Stack, Table, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { listDifferences, reconcile } from '../../../api/contract/dispatch';
import type { Answer } from '../../../api/contract/route';
import { useAnswer, useCommand } from '../../api';
import { nextActionWords, taskWords } from '../../domain-words';
import { useFormat } from '../../format';
import { Shown } from '../../parts/page-state';
import { Said } from '../../parts/said';
import { useMay } from '../../session';
import { dictionary, useWords } from '../../words';
import { useWmsNames } from './use-wms-names';
import { commonWords } from './words';

const words = dictionary(
  {
    about: 'Boosta가 접수됐다고 아는 주문과 WMS가 가진 주문을 비교합니다. 정해진 때마다 저절로도 합니다.',
    run: '지금 대조',
    list: (expected: string, told: string) => `${expected}건을 WMS의 목록 ${told}건과 비교했습니다.`,
    'look-ups': (expected: string, told: string) =>
      `오래된 순으로 ${expected}건을 조회했고, WMS가 ${told}건을 알려 주었습니다.`,
    nothing: '이 WMS는 목록도 조회도 없어 비교할 수 없습니다.',
    found: (differences: string) => `차이 ${differences}건`,
    empty: '열려 있는 차이가 없습니다',
    what: '무엇이 다른가',
    next: '다음에 할 일',
    since: '발견',
  },
  {
    about:
      'Compares what Boosta takes for accepted with what the WMS has. It also does so on schedule, by itself.',
    run: 'Compare now',
    list: (expected: string, told: string) =>
      `${expected} orders were compared with the WMS's list of ${told}.`,
    'look-ups': (expected: string, told: string) =>
      `${expected} orders were looked up, the oldest first; the WMS told of ${told}.`,
    nothing: 'This WMS neither lists its orders nor finds one, so nothing can be compared.',
    found: (differences: string) => `${differences} differences`,
    empty: 'No difference is open',
    what: 'What differs',
    next: 'Next',
    since: 'Found',
  },
);

/** What was sent against what the WMSes have. */
export function Reconcile() {
  const t = useWords(words);
  const names = useWmsNames();
  const differences = useAnswer(listDifferences, {});
  const mayRun = useMay(reconcile);
  const [wms, setWms] = useState<string | null>(null);
  const run = useCommand(reconcile);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wms !== null) run.mutate({ body: { wms } });
  };
  return (
    <Stack>
      <Text size="sm">{t.about}</Text>
      {mayRun ? (
        <Group align="end" component="form" onSubmit={submit}>
          <Select label="WMS" required data={names} value={wms} onChange={setWms} />
          <Button type="submit" size="sm" loading={run.isPending} disabled={wms === null}>
            {t.run}
          </Button>
        </Group>
      ) : null}
      {run.data === undefined ? null : <Compared answer={run.data} />}
      <Shown of={differences} isEmpty={(open) => open.differences.length === 0} empty={t.empty}>
        {(open) => <Differences differences={open.differences} />}
      </Shown>
    </Stack>
  );
}

function Compared({ answer }: { answer: Answer<typeof reconcile> }) {
  const t = useWords(words);
  const { number } = useFormat();
  const { by, expected, told, differences } = answer;
  return (
    <Alert role="status" color={differences === 0 ? 'green' : 'orange'} title={t.found(number(differences))}>
      {by === 'nothing' ? t.nothing : t[by](number(expected), number(told))}
    </Alert>
  );
}

function Differences({ differences }: Answer<typeof listDifferences>) {
  const t = useWords(words);
  const common = useWords(commonWords);
  const kinds = useWords(taskWords);
  const next = useWords(nextActionWords);
  const { time } = useFormat();
  return (
    <Table aria-label={t.what}>
      <Table.Thead>
        <Table.Tr>
          {[common.wms, common.order, t.what, t.next, t.since].map((name) => (
            <Table.Th key={name}>{name}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {differences.map(({ task, wms, kind, orderKey, reason, openedAt }) => (
          <Table.Tr key={task}>
            <Table.Td>{wms}</Table.Td>
            <Table.Td>
              {orderKey === null ? null : (
                <Anchor component={Link} to={`/dispatch/unknown/${orderKey}`} size="sm">
                  {orderKey}
                </Anchor>
              )}
            </Table.Td>
            <Table.Td>
              <Badge color="orange.9" variant="outline">
                {kinds[kind]}
              </Badge>
              <Text size="sm">
                <Said>{reason}</Said>
              </Text>
            </Table.Td>
            <Table.Td>{next[kind]}</Table.Td>
            <Table.Td>{time(openedAt)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
