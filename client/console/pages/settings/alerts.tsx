import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { listAlerts, removeAlert, testAlert } from '../../../api/contract/alerts';
import type { Answer } from '../../../api/contract/route';
import { useAnswer, useCommand } from '../../api';
import { useFormat } from '../../format';
import { ListTable } from '../../parts/list-table';
import { Opener } from '../../parts/opener';
import { Shown } from '../../parts/page-state';
import { Said } from '../../parts/said';
import { WithReason } from '../../parts/with-reason';
import { dictionary, useWords } from '../../words';
import { AlertForm } from './alert-form';

const words = dictionary(
  {
    add: '알림 추가',
    name: '이름',
    where: '받는 곳',
    what: '할 일',
    all: '전부',
    kinds: '종류 {n}개',
    lastTold: '마지막 알림',
    never: '없음',
    paused: '중지됨',
    failed: '전송 실패',
    test: '시험 전송',
    edit: '수정',
    remove: '삭제',
    webhook: '웹훅',
    slack: 'Slack',
    email: '이메일',
    empty: '알림이 없습니다. 새 할 일이 생기면 받을 곳을 추가하세요.',
  },
  {
    add: 'Add an alert',
    name: 'Name',
    where: 'To',
    what: 'Tasks',
    all: 'all',
    kinds: '{n} kinds',
    lastTold: 'Told last',
    never: 'never',
    paused: 'paused',
    failed: 'not sent',
    test: 'Send a test',
    edit: 'Edit',
    remove: 'Remove',
    webhook: 'webhook',
    slack: 'Slack',
    email: 'e-mail',
    empty: 'There are no alerts. Add whom new tasks are told to.',
  },
);

export type Alert = Answer<typeof listAlerts>['alerts'][number];

export function Alerts() {
  const t = useWords(words);
  const alerts = useAnswer(listAlerts, {});
  const [edited, setEdited] = useState<Alert | 'new' | null>(null);
  const [removed, setRemoved] = useState<Alert | null>(null);
  const remove = useCommand(removeAlert, () => setRemoved(null));
  return (
    <Stack>
      <Group>
        <Opener onClick={() => setEdited('new')}>{t.add}</Opener>
      </Group>
      <Shown of={alerts} isEmpty={(answer) => answer.alerts.length === 0} empty={t.empty}>
        {(answer) => (
          <ListTable head={[t.name, t.where, t.what, t.lastTold]} action={t.edit}>
            {answer.alerts.map((alert) => (
              <AlertRow
                key={alert.name}
                alert={alert}
                onEdit={() => setEdited(alert)}
                onRemove={() => setRemoved(alert)}
              />
            ))}
          </ListTable>
        )}
      </Shown>
      {edited === null ? null : (
        <AlertForm alert={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
      {removed === null ? null : (
        <WithReason
          title={`${t.remove}: ${removed.name}`}
          confirm={t.remove}
          color="red"
          isPending={remove.isPending}
          onConfirm={(reason) =>
            remove.mutate({ params: { name: removed.name }, body: { version: removed.version, reason } })
          }
          onClose={() => setRemoved(null)}
        />
      )}
    </Stack>
  );
}

function AlertRow({ alert, onEdit, onRemove }: { alert: Alert; onEdit: () => void; onRemove: () => void }) {
  const t = useWords(words);
  const { time } = useFormat();
  const test = useCommand(testAlert);
  return (
    <Table.Tr>
      <Table.Td>
        {alert.name} {alert.paused ? <Badge color="yellow.9">{t.paused}</Badge> : null}
      </Table.Td>
      <Table.Td>
        {t[alert.via]} · {alert.targetHint}
      </Table.Td>
      <Table.Td>
        {alert.kinds.length === 0 ? t.all : t.kinds.replace('{n}', String(alert.kinds.length))}
      </Table.Td>
      <Table.Td>
        {alert.lastToldAt === null ? t.never : time(alert.lastToldAt)}
        {alert.failure === null ? null : (
          <Text size="sm" c="red.9">
            {t.failed}: {alert.failure}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Group gap="xs" justify="flex-end">
          {test.data === undefined ? null : (
            <Text size="sm" c={test.data.ok ? 'green.9' : 'red.9'} role="status">
              <Said>{test.data.says}</Said>
            </Text>
          )}
          <Button
            variant="default"
            loading={test.isPending}
            onClick={() => test.mutate({ params: { name: alert.name } })}
            aria-label={`${t.test} ${alert.name}`}
          >
            {t.test}
          </Button>
          <Opener variant="light" onClick={onEdit} aria-label={`${t.edit} ${alert.name}`}>
            {t.edit}
          </Opener>
          <Opener variant="light" color="red" onClick={onRemove} aria-label={`${t.remove} ${alert.name}`}>
            {t.remove}
          </Opener>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
