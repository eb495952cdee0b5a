import { Box, Group, Text, Title, UnstyledButton } from '@mantine/core';
import { useFormat } from '../../format';
import { Tag } from '../../parts/tag';
import { useWords } from '../../words';
import type { DealShown } from './deal-detail';
import { KEY_LIST, KEY_ROW } from './use-keys';
import { candidateWords, matchingWords } from './words';

type Candidate = DealShown['candidates'][number];

/** What a deal may stand for, the likeliest first. */
export function Candidates({
  candidates,
  onChoose,
}: {
  candidates: readonly Candidate[];
  onChoose: ((configuration: string) => void) | undefined;
}) {
  const t = useWords(matchingWords);
  return (
    <Box component="section">
      <Title order={3} size="h6">
        {t.candidates}
      </Title>
      <Text size="xs" c="gray.7" mb="xs">
        {candidates.length === 0 ? t.noCandidates : t.candidatesNote}
      </Text>
      <Box {...KEY_LIST}>
        {candidates.map((candidate) => (
          <UnstyledButton
            key={candidate.configuration}
            w="100%"
            p="xs"
            {...KEY_ROW}
            disabled={onChoose === undefined}
            onClick={() => onChoose?.(candidate.configuration)}
            style={{ border: '1px solid var(--mantine-color-gray-3)', marginTop: -1 }}
          >
            <Row candidate={candidate} />
          </UnstyledButton>
        ))}
      </Box>
    </Box>
  );
}

function Row({
  candidate: { configuration, name, score, reason, from, numbersDiffer, price, isPriceNear },
}: {
  candidate: Candidate;
}) {
  const t = useWords(matchingWords);
  const reasons = useWords(candidateWords);
  const { won } = useFormat();
  return (
    <>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={600}>
          {configuration} · {name}
        </Text>
        <Group gap="xs" wrap="nowrap">
          {numbersDiffer ? <Tag color="orange">{t.numbersDiffer}</Tag> : null}
          {isPriceNear ? <Tag color="teal">{t.priceNear}</Tag> : null}
          <Tag color="indigo" label={`${t.score} ${score}`}>
            {Math.round(score * 100)}
          </Tag>
        </Group>
      </Group>
      <Text size="xs" c="gray.7">
        {reasons[reason]}
        {from === null
          ? ''
          : `: [${from.channel}] ${from.deal}${from.option === '' ? '' : ` / ${from.option}`}`}
        {price === null ? '' : ` · ${t.itsPrice} ${won(price)}`}
      </Text>
    </>
  );
}
