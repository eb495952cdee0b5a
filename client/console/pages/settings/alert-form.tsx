import { MultiSelect, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ALERT_WAYS, type AlertWay } from '../../../../domain/alert';
import { TASK_KINDS } from '../../../../domain/task';
import { addAlert, changeAlert } from '../../../api/contract/alerts';
import { useCommand } from '../../api';
import { CodeInput } from '../../parts/code-input';
import { WithReason } from '../../parts/with-reason';
import { dictionary, useWords } from '../../words';
import type { Alert } from './alerts';

const words = dictionary(
  {
    add: '알림 추가',
    edit: '알림 수정',
    name: '이름',
    via: '방법',
    webhook: '웹훅',
    slack: 'Slack',
    email: '이메일',
    address: '웹훅 주소',
    mail: '이메일 주소',
    kept: '비워 두면 그대로 유지됩니다',
    kinds: '할 일 종류 (비우면 전부)',
    every: '최소 간격 (분)',
    paused: '중지',
    save: '저장',
  },
  {
    add: 'Add an alert',
    edit: 'Edit an alert',
    name: 'Name',
    via: 'By',
    webhook: 'webhook',
    slack: 'Slack',
    email: 'e-mail',
    address: 'Address of the webhook',
    mail: 'E-mail address',
    kept: 'Left empty, it stays as it is',
    kinds: 'Kinds of tasks (empty: all)',
    every: 'Minutes between two messages, at least',
    paused: 'Paused',
    save: 'Save',
  },
);

export function AlertForm({ alert, onClose }: { alert: Alert | null; onClose: () => void }) {
  const t = useWords(words);
  const [name, setName] = useState(alert?.name ?? '');
  const [via, setVia] = useState<AlertWay>(alert?.via ?? 'slack');
  const [target, setTarget] = useState('');
  const [kinds, setKinds] = useState(alert?.kinds ?? []);
  const [every, setEvery] = useState<number | string>(alert?.everyMinutes ?? 5);
  const [paused, setPaused] = useState(alert?.paused ?? false);
  const add = useCommand(addAlert, onClose);
  const change = useCommand(changeAlert, onClose);
  const isTargetKept = alert !== null && via === alert.via;
  const save = (reason: string) => {
    const body = { via, kinds, everyMinutes: Number(every), paused, reason };
    if (alert === null) return add.mutate({ body: { name, target, ...body } });
    const given = target === '' ? null : target;
    change.mutate({ params: { name }, body: { version: alert.version, target: given, ...body } });
  };
  return (
    <WithReason
      title={alert === null ? t.add : `${t.edit}: ${alert.name}`}
      confirm={t.save}
      isPending={add.isPending || change.isPending}
      onConfirm={save}
      onClose={onClose}
      preview={
        <>
          {alert === null ? <CodeInput label={t.name} value={name} onChange={setName} /> : null}
          <Select
            label={t.via}
            allowDeselect={false}
            data={ALERT_WAYS.map((value) => ({ value, label: t[value] }))}
            value={via}
            onChange={(value) => setVia(value ?? 'slack')}
          />
          <TextInput
            label={via === 'email' ? t.mail : t.address}
            description={isTargetKept ? t.kept : undefined}
            type={via === 'email' ? 'email' : 'url'}
            required={!isTargetKept}
            value={target}
            onChange={(event) => setTarget(event.currentTarget.value)}
          />
          <MultiSelect
            label={t.kinds}
            searchable
            data={[...TASK_KINDS]}
            value={kinds}
            onChange={(value) => setKinds(value)}
          />
          <NumberInput
            label={t.every}
            required
            min={1}
            max={1_440}
            allowDecimal={false}
            value={every}
            onChange={setEvery}
          />
          <Switch
            label={t.paused}
            checked={paused}
            onChange={(event) => setPaused(event.currentTarget.checked)}
          />
        </>
      }
    />
  );
}
