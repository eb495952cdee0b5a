import { Alert, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { type Ref, useState } from 'react';
import { decideDeal, readDeal } from '../../../api/contract/matching';
import type { Answer } from '../../../api/contract/route';
import { useAnswer } from '../../api';
import { ConfigurationSelect } from '../../parts/configuration-select';
import { JobProgress } from '../../parts/job-progress';
import { Shown } from '../../parts/page-state';
import { Tag } from '../../parts/tag';
import { useMay, useSession } from '../../session';
import { useWords } from '../../words';
import { Candidates } from './candidates';
import { Changed } from './changed';
import { Claim } from './claim';
import { Decide } from './decide';
import { History } from './history';
import { usePrices } from './use-prices';
import { WaitingLines } from './waiting-lines';
import { matchingWords } from './words';

export type DealShown = Answer<typeof readDeal>;

/** A configuration that was chosen for a deal as it was seen; `line`: for this line only. */
export interface Choice {
  readonly deal: DealShown;
  readonly configuration: string;
  readonly line: DealShown['lines'][number] | undefined;
}

/** A deal with what it may stand for, what waits for it, and every decision so far. */
export function DealDetail({
  dealKey,
  findRef,
  onDecided,
}: {
  dealKey: string;
  findRef?: Ref<HTMLInputElement>;
  /** With the job that carries it out, where there is one. */
  onDecided?: (jobId: number | null) => void;
}) {
  const t = useWords(matchingWords);
  const answer = useAnswer(readDeal, { params: { dealKey } });
  const [line, setLine] = useState<Choice['line']>();
  const [choice, setChoice] = useState<Choice>();
  const [refused, setRefused] = useState<string>();
  const [jobId, setJobId] = useState<number | null>(null);
  const mayDecide = useMay(decideDeal);
  const { name: me } = useSession();
  const close = () => setChoice(undefined);
  return (
    <Shown of={answer}>
      {(deal) => {
        const choose = (configuration: string) => setChoice({ deal, configuration, line });
        const isTaken = deal.claim !== null && deal.claim.claimedBy !== me;
        const canDecide = mayDecide && !isTaken;
        return (
          <Stack>
            <Wording deal={deal} />
            {jobId === null ? null : <JobProgress jobId={jobId} />}
            {refused === undefined ? null : (
              <Alert color="red" role="alert" title={t.notSaved}>
                {refused}
              </Alert>
            )}
            {deal.change === null ? null : (
              <Changed
                deal={deal}
                change={deal.change}
                canConfirm={canDecide}
                onConfirmed={(job) => {
                  setJobId(job);
                  onDecided?.(job);
                }}
              />
            )}
            {mayDecide && isTaken ? <Text size="sm">{t.deciding}</Text> : null}
            {canDecide ? (
              <ConfigurationSelect
                label={deal.version === 0 ? t.search : t.changeTo}
                onChoose={choose}
                {...(findRef === undefined ? {} : { inputRef: findRef })}
              />
            ) : null}
            <Candidates candidates={deal.candidates} onChoose={canDecide ? choose : undefined} />
            <WaitingLines lines={deal.lines} chosen={line} onChoose={canDecide ? setLine : undefined} />
            <History deal={deal} onJob={setJobId} />
            {choice === undefined ? null : (
              <Decide
                choice={choice}
                onClose={close}
                onDone={(job) => {
                  close();
                  setJobId(job);
                  setRefused(undefined);
                  setLine(undefined);
                  if (choice.line === undefined || deal.lines.length === 1) onDecided?.(job);
                }}
                onRefused={(message) => {
                  close();
                  setRefused(message);
                  void answer.refetch();
                }}
              />
            )}
          </Stack>
        );
      }}
    </Shown>
  );
}

function Wording({ deal: shown }: { deal: DealShown }) {
  const { channel, deal, option, version, history, prices } = shown;
  const t = useWords(matchingWords);
  const pricesInWords = usePrices();
  return (
    <Paper withBorder p="md">
      <Group gap="xs">
        <Tag color="indigo">{channel}</Tag>
        {version === 0 ? null : (
          <Tag color="teal">
            {history.find((one) => one.version === version)?.configuration} · {t.version} {version}
          </Tag>
        )}
      </Group>
      <Title order={2} size="h4" mt="xs">
        {deal}
      </Title>
      <Text>{option}</Text>
      {prices === null ? null : (
        <Text size="sm" c="gray.7" mb="xs">
          {t.unitPrice} {pricesInWords(prices)}
        </Text>
      )}
      <Claim deal={shown} />
    </Paper>
  );
}
