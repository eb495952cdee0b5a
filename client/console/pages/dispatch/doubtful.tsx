import { Stack, Text } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { listDoubtful } from '../../../api/contract/dispatch';
import { useAnswer } from '../../api';
import { Shown } from '../../parts/page-state';
import { dictionary, useWords } from '../../words';
import { DispatchTable } from './dispatch-table';

const words = dictionary(
  {
    about:
      'WMS가 받았는지, 취소했는지 Boosta가 알 수 없거나 WMS가 거절한 출고 요청입니다. WMS에서 확인한 뒤 근거를 보고 답합니다.',
    empty: '사람의 답을 기다리는 출고 요청이 없습니다',
  },
  {
    about:
      'Dispatches of which Boosta cannot tell whether the WMS has them or has cancelled them, or which it refused. Look into the WMS, see the evidence, and answer.',
    empty: 'No dispatch waits for an answer',
  },
);

/** What only a person can settle, the oldest first. */
export function Doubtful() {
  const t = useWords(words);
  const [query] = useSearchParams();
  const list = useAnswer(listDoubtful, { query: { cursor: query.get('cursor') ?? undefined } });
  return (
    <Stack>
      <Text size="sm">{t.about}</Text>
      <Shown of={list} isEmpty={({ rows }) => rows.length === 0} empty={t.empty}>
        {(page) => <DispatchTable page={page} />}
      </Shown>
    </Stack>
  );
}
