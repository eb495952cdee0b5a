import { Badge, Card, Group, Stack, Text } from '@mantine/core';
import type { showEvidence } from '../../../api/contract/dispatch';
import type { Answer } from '../../../api/contract/route';
import { useFormat } from '../../format';
import { Said } from '../../parts/said';
import { dictionary, useWords } from '../../words';
import { Attempt } from './attempt';
import { Settle } from './settle';
import { colorOf, commonWords, stateWords } from './words';

const words = dictionary(
  {
    generation: (n: number) => `${n}번째 요청`,
    lease: '전송 권한 끝',
    accepted: '접수',
    reference: 'WMS 번호',
    unanswered: '답을 받지 못한 요청이 있음',
    refused: '답을 받지 못한 요청 뒤에 거절됨',
    untried: '아직 보낸 적이 없습니다',
  },
  {
    generation: (n: number) => `generation ${n}`,
    lease: 'last lease until',
    accepted: 'accepted',
    reference: 'there',
    unanswered: 'a request was not answered',
    refused: 'refused after a request that was not answered',
    untried: 'Nothing has been sent yet',
  },
);

export type ShownDispatch = Answer<typeof showEvidence>['dispatches'][number];

/** One dispatch, every attempt of it, and what a person may say of it. */
export function DispatchCard({
  orderKey,
  dispatch,
  attempts,
}: {
  orderKey: string;
  dispatch: ShownDispatch;
  /** With or without what names a person. */
  attempts: ShownDispatch['attempts'];
}) {
  const t = useWords(words);
  return (
    <Card withBorder component="section" aria-label={dispatch.code}>
      <Stack gap="xs">
        <Heading dispatch={dispatch} />
        {dispatch.problem === null ? null : (
          <Text size="sm">
            <Said>{dispatch.problem}</Said>
          </Text>
        )}
        {attempts.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t.untried}
          </Text>
        ) : (
          attempts.map((attempt) => <Attempt key={attempt.id} attempt={attempt} />)
        )}
        <Settle orderKey={orderKey} dispatch={dispatch} />
      </Stack>
    </Card>
  );
}

function Heading({ dispatch }: { dispatch: ShownDispatch }) {
  const t = useWords(words);
  const common = useWords(commonWords);
  const states = useWords(stateWords);
  const { time } = useFormat();
  const facts = [
    dispatch.wms ?? dispatch.directedTo ?? common.noWms,
    t.generation(dispatch.generation),
    `${common.made} ${time(dispatch.createdAt)}`,
    ...(dispatch.leaseExpiresAt === null ? [] : [`${t.lease} ${time(dispatch.leaseExpiresAt)}`]),
    ...(dispatch.acceptedAt === null ? [] : [`${t.accepted} ${time(dispatch.acceptedAt)}`]),
    ...(dispatch.reference === null ? [] : [`${t.reference} ${dispatch.reference}`]),
    ...(dispatch.doubt === 'none' ? [] : [t[dispatch.doubt]]),
  ];
  return (
    <Group gap="xs">
      <Text fw={600} ff="monospace" size="sm">
        {dispatch.code}
      </Text>
      <Badge color={`${colorOf(dispatch.state)}.9`} c="dark.8" variant="outline">
        {states[dispatch.state]}
      </Badge>
      <Text size="sm">{facts.join(' · ')}</Text>
    </Group>
  );
}
