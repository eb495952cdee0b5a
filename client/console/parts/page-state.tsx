import { Alert, Button, Center, Group, Loader, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useFormat } from '../format';
import { dictionary, useWords } from '../words';
import { Said } from './said';

const words = dictionary(
  {
    failed: '불러오지 못했습니다',
    again: '다시 시도',
    empty: '표시할 내용이 없습니다',
    notHere: '이 주소에는 페이지가 없습니다',
    asOf: '기준',
    stale: '최신 정보가 아닐 수 있습니다',
  },
  {
    failed: 'It could not be loaded',
    again: 'Try again',
    empty: 'There is nothing to show',
    notHere: 'There is no page at this address',
    asOf: 'as of',
    stale: 'This may be out of date',
  },
);

type Asked<T> = Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch' | 'dataUpdatedAt' | 'isFetching'>;

/** An answer in each of its states: loading, failed, empty, out of date, there. */
export function Shown<T>({
  of,
  isEmpty,
  empty,
  children,
}: {
  of: Asked<T>;
  isEmpty?: (data: T) => boolean;
  empty?: ReactNode;
  children: (data: T) => ReactNode;
}) {
  const t = useWords(words);
  if (of.data === undefined)
    return (
      <Center mih={160}>
        {of.error === null ? <Loader role="status" aria-label="…" /> : <Failed of={of} />}
      </Center>
    );
  return (
    <>
      {of.error === null ? null : <Stale of={of} />}
      {isEmpty?.(of.data) === true ? (
        <Center mih={160}>
          <Text c="dimmed">{empty ?? t.empty}</Text>
        </Center>
      ) : (
        children(of.data)
      )}
    </>
  );
}

export function Failed<T>({ of }: { of: Asked<T> }) {
  const t = useWords(words);
  return (
    <Alert color="red" title={t.failed} role="alert">
      <Group>
        <Text size="sm">
          <Said>{of.error?.message}</Said>
        </Text>
        <Button variant="light" color="red" onClick={() => void of.refetch()}>
          {t.again}
        </Button>
      </Group>
    </Alert>
  );
}

function Stale<T>({ of }: { of: Asked<T> }) {
  const t = useWords(words);
  const { time } = useFormat();
  return (
    <Alert color="yellow" title={t.stale} mb="sm" role="status">
      <Text size="sm">
        {t.asOf} {time(new Date(of.dataUpdatedAt).toISOString())}: <Said>{of.error?.message}</Said>
      </Text>
    </Alert>
  );
}

export function NotHere() {
  const t = useWords(words);
  return (
    <Center mih={200}>
      <Text c="dimmed">{t.notHere}</Text>
    </Center>
  );
}
