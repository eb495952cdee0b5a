import { Button, Group, Select, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { STAGES, WAITING_REASONS } from '../../../../domain/stage';
import { readOrderChoices } from '../../../api/contract/orders';
import { useAnswer } from '../../api';
import { stageWords, waitingWords } from '../../domain-words';
import { dictionary, useWords } from '../../words';
import { type Filters, queryOf } from './filters';
import { fieldWords } from './words';

const words = dictionary(
  {
    search: '검색',
    hint: '주문번호, 이름, 초성, 전화 끝 4자리, 송장번호',
    find: '찾기',
    from: '주문일부터',
    to: '주문일까지',
    clear: '모두 지우기',
    any: '전체',
  },
  {
    search: 'Search',
    hint: 'Order no., name, 초성, last 4 digits, tracking no.',
    find: 'Find',
    from: 'Ordered from',
    to: 'Ordered to',
    clear: 'Clear all',
    any: 'Any',
  },
);

interface Props {
  readonly filters: Filters;
  readonly set: (change: Partial<Filters>) => void;
  readonly clear: () => void;
}

export function OrderFilters({ filters, set, clear }: Props) {
  const t = useWords(words);
  const field = useWords(fieldWords);
  const stages = useWords(stageWords);
  const waits = useWords(waitingWords);
  const choices = useAnswer(readOrderChoices, {}).data;
  const choice = <T extends string>(
    name: keyof Filters,
    label: string,
    data: { value: T; label: string }[],
  ) => (
    <Select
      label={label}
      placeholder={t.any}
      data={data}
      value={filters[name] ?? null}
      onChange={(value) => set({ [name]: value ?? undefined })}
      clearable
      size="xs"
      w={{ base: 'calc(50% - 8px)', sm: 140 }}
    />
  );
  const plain = (values: readonly string[] = []) => values.map((value) => ({ value, label: value }));
  const day = (name: 'from' | 'to') => (
    <TextInput
      type="date"
      label={t[name]}
      value={filters[name] ?? ''}
      onChange={(event) => set({ [name]: event.currentTarget.value || undefined })}
      size="xs"
      w={{ base: 'calc(50% - 8px)', sm: 140 }}
    />
  );
  return (
    <>
      <SearchText text={filters.q ?? ''} onSearch={(q) => set({ q })} />
      <Group gap="xs" align="flex-end">
        {choice(
          'stage',
          field.stage,
          STAGES.map((value) => ({ value, label: stages[value] })),
        )}
        {choice(
          'waiting',
          field.waiting,
          WAITING_REASONS.map((value) => ({ value, label: waits[value] })),
        )}
        {choice('channel', field.channel, plain(choices?.channels))}
        {choice('source', field.source, plain(choices?.sources))}
        {day('from')}
        {day('to')}
        {queryOf(filters) === '' ? null : (
          <Button variant="subtle" onClick={clear}>
            {t.clear}
          </Button>
        )}
      </Group>
    </>
  );
}

function SearchText({ text, onSearch }: { text: string; onSearch: (text: string | undefined) => void }) {
  const t = useWords(words);
  const [typed, setTyped] = useState(text);
  // The address may change by the box in the header or by going back.
  useEffect(() => setTyped(text), [text]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch(typed.trim() || undefined);
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" wrap="nowrap">
        <TextInput
          type="search"
          aria-label={t.search}
          placeholder={t.hint}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          flex={1}
          maw={560}
        />
        <Button type="submit" size="sm">
          {t.find}
        </Button>
      </Group>
    </form>
  );
}
