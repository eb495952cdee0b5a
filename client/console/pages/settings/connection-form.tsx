import {
  Button,
  Group,
  JsonInput,
  NumberInput,
  PasswordInput,
  Select,
  Switch,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { addConnection, changeConnection } from '../../../api/contract/connections';
import { useCommand } from '../../api';
import { CodeInput } from '../../parts/code-input';
import { WithReason } from '../../parts/with-reason';
import { dictionary, useWords } from '../../words';
import type { Connection, ConnectionsAnswer } from './connections';

const words = dictionary(
  {
    add: '연동 추가',
    edit: '연동 수정',
    name: '이름',
    adapter: '종류',
    settings: '설정 (JSON)',
    badJson: 'JSON 객체가 아닙니다',
    secret: '비밀값',
    kept: '비워 두면 그대로 유지됩니다',
    newSecret: '비밀값 추가: 이름',
    addSecret: '추가',
    paused: '중지',
    limit: '분당 호출 제한 (비우면 기본값)',
    onAbsent: '조회에서 찾지 못한 불명 출고',
    ask: '사람에게 묻기',
    resend: '다시 보내기',
    save: '저장',
  },
  {
    add: 'Add a connection',
    edit: 'Edit a connection',
    name: 'Name',
    adapter: 'Kind',
    settings: 'Settings (JSON)',
    badJson: 'This is no JSON object',
    secret: 'Secret',
    kept: 'Left empty, it stays as it is',
    newSecret: 'Add a secret: its name',
    addSecret: 'Add',
    paused: 'Paused',
    limit: "Calls a minute (empty: the adapter's own limit)",
    onAbsent: 'An unknown dispatch that a look-up does not find',
    ask: 'ask a person',
    resend: 'send again',
    save: 'Save',
  },
);

/** Text of a JSON object; undefined where it is none. */
function parseSettings(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

export function ConnectionForm({
  connection,
  adapters,
  onClose,
}: {
  connection: Connection | null;
  adapters: ConnectionsAnswer['adapters'];
  onClose: () => void;
}) {
  const t = useWords(words);
  const [id, setId] = useState(connection?.id ?? '');
  const [adapter, setAdapter] = useState(
    connection === null ? '' : `${connection.kind}/${connection.adapter}`,
  );
  const [settings, setSettings] = useState(JSON.stringify(connection?.settings ?? {}, null, 2));
  const [names, setNames] = useState<readonly string[]>(connection?.secretNames ?? []);
  const [secrets, setSecrets] = useState<Readonly<Record<string, string>>>({});
  const [newName, setNewName] = useState('');
  const [paused, setPaused] = useState(connection?.paused ?? false);
  const [limit, setLimit] = useState<number | string>(connection?.callsPerMinute ?? '');
  const [onAbsent, setOnAbsent] = useState(connection?.onAbsent ?? 'ask');
  const add = useCommand(addConnection, onClose);
  const change = useCommand(changeConnection, onClose);
  const parsed = parseSettings(settings);
  const save = (reason: string) => {
    if (parsed === undefined) return;
    const given = Object.fromEntries(Object.entries(secrets).filter(([, secret]) => secret !== ''));
    const callsPerMinute = limit === '' ? null : Number(limit);
    const body = { settings: parsed, secrets: given, paused, callsPerMinute, onAbsent, reason };
    if (connection !== null)
      return change.mutate({ params: { id }, body: { version: connection.version, ...body } });
    const [kind, name = ''] = adapter.split('/');
    add.mutate({ body: { id, kind: kind === 'wms' ? 'wms' : 'source', adapter: name, ...body } });
  };
  const kinds = (['source', 'wms'] as const).flatMap((kind) =>
    adapters[kind].map((name) => `${kind}/${name}`),
  );
  return (
    <WithReason
      title={connection === null ? t.add : `${t.edit}: ${connection.id}`}
      size="lg"
      confirm={t.save}
      isPending={add.isPending || change.isPending}
      onConfirm={save}
      onClose={onClose}
      preview={
        <>
          {connection === null ? (
            <>
              <CodeInput label={t.name} value={id} onChange={setId} />
              <Select
                label={t.adapter}
                required
                searchable
                data={kinds}
                value={adapter}
                onChange={(value) => setAdapter(value ?? '')}
              />
            </>
          ) : null}
          <JsonInput
            label={t.settings}
            autosize
            minRows={3}
            maxRows={14}
            value={settings}
            onChange={setSettings}
            error={parsed === undefined ? t.badJson : undefined}
          />
          {names.map((name) => (
            <PasswordInput
              key={name}
              label={`${t.secret}: ${name}`}
              description={connection?.secretNames.includes(name) === true ? t.kept : undefined}
              autoComplete="new-password"
              value={secrets[name] ?? ''}
              onChange={(event) => setSecrets({ ...secrets, [name]: event.currentTarget.value })}
            />
          ))}
          <Group align="end">
            <TextInput
              label={t.newSecret}
              value={newName}
              onChange={(event) => setNewName(event.currentTarget.value)}
            />
            <Button
              variant="default"
              disabled={newName === '' || names.includes(newName)}
              onClick={() => {
                setNames([...names, newName]);
                setNewName('');
              }}
            >
              {t.addSecret}
            </Button>
          </Group>
          <NumberInput
            label={t.limit}
            min={1}
            max={100_000}
            allowDecimal={false}
            value={limit}
            onChange={setLimit}
          />
          <Select
            label={t.onAbsent}
            allowDeselect={false}
            data={[
              { value: 'ask', label: t.ask },
              { value: 'resend', label: t.resend },
            ]}
            value={onAbsent}
            onChange={(value) => setOnAbsent(value === 'resend' ? 'resend' : 'ask')}
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
