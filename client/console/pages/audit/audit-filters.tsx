import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { readAuditNames } from '../../../api/contract/audit';
import { useAnswer } from '../../api';
import { useWords } from '../../words';
import { words } from './words';

type Filters = Readonly<Record<string, string>>;

/** What to look for; it is looked for when the form is sent. */
export function AuditFilters({ asked, onAsk }: { asked: Filters; onAsk: (filters: Filters) => void }) {
  const t = useWords(words);
  const names = useAnswer(readAuditNames, {}).data ?? { actors: [], actions: [] };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = [...new FormData(event.currentTarget)].flatMap(([name, value]) =>
      typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()] as const] : [],
    );
    onAsk(Object.fromEntries(given));
  };
  const choice = (name: string, label: string, known: readonly string[]) => {
    const value = asked[name] ?? '';
    const all = value === '' || known.includes(value) ? known : [value, ...known];
    return (
      <NativeSelect
        size="xs"
        name={name}
        label={label}
        defaultValue={value}
        // What can be chosen comes later than the form.
        key={`${name} ${value} ${all.length}`}
        data={[{ value: '', label: t.any }, ...all]}
      />
    );
  };
  const field = (name: string, label: string, type: 'text' | 'date') => (
    <TextInput
      size="xs"
      name={name}
      type={type}
      label={label}
      defaultValue={asked[name] ?? ''}
      key={`${name} ${asked[name] ?? ''}`}
    />
  );
  return (
    <form onSubmit={submit} role="search" aria-label={t.title}>
      <Group align="flex-end" gap="xs">
        {choice('actor', t.who, names.actors)}
        {choice('action', t.what, names.actions)}
        {field('subject', t.subject, 'text')}
        {field('from', t.from, 'date')}
        {field('to', t.to, 'date')}
        <Button type="submit">{t.find}</Button>
        <Button variant="subtle" onClick={() => onAsk({})}>
          {t.clear}
        </Button>
      </Group>
    </form>
  );
}
