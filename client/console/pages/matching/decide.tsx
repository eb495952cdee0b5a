import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { decideDeal, decideOnce, previewDecision } from '../../../api/contract/matching';
import { ask, keyOf, useCommand } from '../../api';
import { MomentInput } from '../../parts/moment-input';
import { Shown } from '../../parts/page-state';
import { useSaid } from '../../parts/said';
import { WithReason } from '../../parts/with-reason';
import { useWords } from '../../words';
import type { Choice } from './deal-detail';
import { Effect } from './effect';
import { matchingWords } from './words';

/** Says what comes of a decision, asks for its reason, and saves it on the version that was seen. */
export function Decide({
  choice: { deal, configuration, line },
  onClose,
  onDone,
  onRefused,
}: {
  choice: Choice;
  onClose: () => void;
  /** With the job that carries it out, where there is one. */
  onDone: (jobId: number | null) => void;
  onRefused: (message: string) => void;
}) {
  const t = useWords(matchingWords);
  const said = useSaid();
  const [holdsFrom, setHoldsFrom] = useState<string>();
  const forDeal = useCommand(decideDeal, ({ jobId }) => onDone(jobId));
  const forLine = useCommand(decideOnce, () => onDone(null));
  const refused = { onError: (error: Error) => onRefused(said(error.message)) };
  const decision = { configuration, holdsFrom };
  const confirm = (reason: string) => {
    if (line !== undefined) {
      const { orderKey, line: number } = line;
      return forLine.mutate({ body: { orderKey, line: number, configuration, reason } }, refused);
    }
    const { dealKey, version, prices } = deal;
    const seen = prices === null ? { version } : { version, prices };
    forDeal.mutate({ params: { dealKey }, body: { ...decision, ...seen, reason } }, refused);
  };
  return (
    <WithReason
      title={line === undefined ? t.decide : t.onceTitle}
      suggested={t.defaultReason}
      confirm={line === undefined ? t.decide : t.once}
      size="lg"
      isPending={forDeal.isPending || forLine.isPending}
      onClose={onClose}
      onConfirm={confirm}
      preview={
        <Stack gap={4}>
          <Text size="sm">
            {deal.deal} {deal.option === '' ? '' : `/ ${deal.option}`}
          </Text>
          <Text fw={700}>→ {configuration}</Text>
          {line === undefined ? (
            <>
              <Preview dealKey={deal.dealKey} decision={decision} />
              <MomentInput label={t.holdsFrom} onChange={setHoldsFrom} />
            </>
          ) : (
            <Text size="sm" c="gray.7">
              {t.onlyThis(line.orderKey)}
            </Text>
          )}
        </Stack>
      }
    />
  );
}

/** What becomes of the orders of a deal if a decision is saved. */
export function Preview({
  dealKey,
  decision,
}: {
  dealKey: string;
  decision: { configuration: string; holdsFrom: string | undefined };
}) {
  const call = { params: { dealKey }, body: decision };
  const preview = useQuery({
    queryKey: keyOf(previewDecision, call),
    queryFn: () => ask(previewDecision, call),
    gcTime: 0,
  });
  return <Shown of={preview}>{(effect) => <Effect effect={effect} />}</Shown>;
}
