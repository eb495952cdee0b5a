import { Grid, ScrollArea, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { claimDeal, letGoOfDeal, listWaitingDeals } from '../../../api/contract/matching';
import { useAnswer, useCommand } from '../../api';
import { JobProgress } from '../../parts/job-progress';
import { Shown } from '../../parts/page-state';
import { useMay, useSession } from '../../session';
import { useWords } from '../../words';
import { DealDetail } from './deal-detail';
import { DealRow } from './deal-row';
import { KEY_LIST, useKeys } from './use-keys';
import { matchingWords } from './words';

/** Deals that nobody has decided: the list at the left, the one that is looked at beside it. */
export function Queue() {
  const t = useWords(matchingWords);
  const answer = useAnswer(listWaitingDeals, {});
  const [chosen, setChosen] = useState<string>();
  const [skipped, setSkipped] = useState<readonly string[]>([]);
  const list = useRef<HTMLDivElement>(null);
  const detail = useRef<HTMLDivElement>(null);
  const find = useRef<HTMLInputElement>(null);
  const [isToFocus, setToFocus] = useState(false);
  const [jobId, setJobId] = useState<number | null>(null);

  const rows = (answer.data?.rows ?? []).toSorted(
    (a, b) => skipped.indexOf(a.dealKey) - skipped.indexOf(b.dealKey),
  );
  const selected = chosen ?? rows[0]?.dealKey;
  const { name: me } = useSession();
  const mayClaim = useMay(claimDeal);
  const claim = useCommand(claimDeal);
  const letGo = useCommand(letGoOfDeal);
  /** The next one that nobody else is at work on. */
  const after = (dealKey: string | undefined) => {
    const at = rows.findIndex((row) => row.dealKey === dealKey);
    const others = [...rows.slice(at + 1), ...rows.slice(0, Math.max(at, 0))];
    return (others.find((row) => (row.claim?.claimedBy ?? me) === me) ?? others[0])?.dealKey;
  };
  const open = (deal: (typeof rows)[number]) => {
    detail.current?.querySelector<HTMLElement>('[data-key-row]')?.focus();
    if (mayClaim && deal.claim === null) claim.mutate({ params: { dealKey: deal.dealKey }, body: {} });
  };
  const toList = () => setToFocus(true);
  const goOn = () => {
    setChosen(after(selected));
    toList();
  };
  const decided = (job: number | null) => {
    setJobId(job);
    goOn();
  };
  useEffect(() => {
    if (!isToFocus) return;
    const row = list.current?.querySelector<HTMLElement>('[aria-current=true]');
    (row ?? list.current?.querySelector<HTMLElement>('[data-key-row]'))?.focus();
    setToFocus(false);
  }, [isToFocus]);
  useKeys({
    toList,
    find: () => find.current?.focus(),
    skip: () => {
      if (selected === undefined) return;
      const isMine = rows.some((row) => row.dealKey === selected && row.claim?.claimedBy === me);
      if (isMine) letGo.mutate({ params: { dealKey: selected } });
      setSkipped((before) => [...before.filter((one) => one !== selected), selected]);
      goOn();
    },
  });

  return (
    <Shown of={answer} isEmpty={() => rows.length === 0 && chosen === undefined} empty={t.empty}>
      {() => (
        <Grid>
          <Grid.Col span={{ base: 12, md: 5 }}>
            {jobId === null ? null : <JobProgress key={jobId} jobId={jobId} />}
            <Text size="xs" c="gray.7" mb="xs">
              {t.keys}
            </Text>
            <ScrollArea.Autosize mah="75vh" type="auto" ref={list} {...KEY_LIST}>
              {rows.length === 0 ? <Text c="teal.9">{t.empty}</Text> : null}
              {rows.map((deal) => (
                <DealRow
                  key={deal.dealKey}
                  deal={deal}
                  isSelected={deal.dealKey === selected}
                  isSkipped={skipped.includes(deal.dealKey)}
                  onSelect={() => setChosen(deal.dealKey)}
                  onOpen={() => open(deal)}
                />
              ))}
            </ScrollArea.Autosize>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 7 }} ref={detail}>
            {selected === undefined ? null : (
              <DealDetail key={selected} dealKey={selected} findRef={find} onDecided={decided} />
            )}
          </Grid.Col>
        </Grid>
      )}
    </Shown>
  );
}
