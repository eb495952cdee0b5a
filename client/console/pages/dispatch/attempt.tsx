import { Badge, Code, Group, Paper, Stack, Text } from '@mantine/core';
import { useFormat } from '../../format';
import { Said } from '../../parts/said';
import { dictionary, useWords } from '../../words';
import type { ShownDispatch } from './dispatch-card';

const words = dictionary(
  {
    create: '출고 요청',
    'look-up': '조회',
    cancel: '취소 요청',
    noAnswer: '답이 기록되지 않음',
    request: '보낸 내용',
    response: '받은 내용',
  },
  {
    create: 'Request',
    'look-up': 'Look-up',
    cancel: 'Cancellation',
    noAnswer: 'no answer recorded',
    request: 'Sent',
    response: 'Received',
  },
);

/** One thing that was said to a WMS, and what came back. */
export function Attempt({ attempt }: { attempt: ShownDispatch['attempts'][number] }) {
  const t = useWords(words);
  const { time, number } = useFormat();
  const { kind, startedAt, finishedAt, outcome, status, reason, request, response } = attempt;
  const took = finishedAt === null ? [] : [`${number(Date.parse(finishedAt) - Date.parse(startedAt))} ms`];
  const facts = [time(startedAt), ...took, ...(status === null ? [] : [`HTTP ${status}`])];
  return (
    <Paper withBorder p="xs">
      <Stack gap={4}>
        <Group gap="xs">
          <Text size="sm" fw={600}>
            {t[kind]}
          </Text>
          <Badge color={outcome === 'unknown' || outcome === null ? 'red.9' : 'gray.8'} variant="outline">
            {outcome ?? t.noAnswer}
          </Badge>
          <Text size="sm">{facts.join(' · ')}</Text>
        </Group>
        {reason === null ? null : (
          <Text size="sm">
            <Said>{reason}</Said>
          </Text>
        )}
        <Exchange title={t.request} text={request} />
        <Exchange title={t.response} text={response} />
      </Stack>
    </Paper>
  );
}

function Exchange({ title, text }: { title: string; text: string | null }) {
  if (text === null || text === '') return null;
  return (
    <details>
      <summary>
        <Text size="sm" component="span">
          {title}
        </Text>
      </summary>
      <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} tabIndex={0}>
        {text}
      </Code>
    </details>
  );
}
