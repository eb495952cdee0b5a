import { Group, Paper, SegmentedControl, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { listSources, readCoverage, startBackfill } from '../../../api/contract/collection';
import type { Answer } from '../../../api/contract/route';
import { useAnswer } from '../../api';
import { useFormat } from '../../format';
import { ListTable } from '../../parts/list-table';
import { Opener } from '../../parts/opener';
import { Shown } from '../../parts/page-state';
import { useMay } from '../../session';
import { useWords } from '../../words';
import { Backfill } from './backfill';
import { CoverageBar } from './coverage-bar';
import { words } from './words';

type Source = Answer<typeof listSources>['rows'][number];

const DAY_MS = 86_400_000;
const RANGES = { day: 1, week: 7, month: 30 } as const;
type Range = keyof typeof RANGES;

/** Which time of each source was read, and which was not. */
export function CoveragePart() {
  const t = useWords(words);
  const [search, setSearch] = useSearchParams();
  const asked = search.get('range');
  const range: Range = asked === 'week' || asked === 'month' ? asked : 'day';
  const sources = useAnswer(listSources, {});
  return (
    <Stack>
      <SegmentedControl
        aria-label={t.range}
        value={range}
        onChange={(value) => setSearch({ range: value })}
        data={(['day', 'week', 'month'] as const).map((value) => ({ value, label: t[value] }))}
        w={260}
      />
      <Shown
        of={sources}
        isEmpty={({ rows }) => !rows.some(({ collects }) => collects)}
        empty={t.noConnections}
      >
        {({ rows }) =>
          rows
            .filter(({ collects }) => collects)
            .map((source) => <SourceCoverage key={source.id} source={source} range={range} />)
        }
      </Shown>
    </Stack>
  );
}

function SourceCoverage({ source, range }: { source: Source; range: Range }) {
  const t = useWords(words);
  const { time, ago } = useFormat();
  const may = useMay(startBackfill);
  const coverage = useAnswer(readCoverage, {
    params: { source: source.id },
    // The day ends now; longer ranges begin at an hour, so that their answer is kept for a while.
    query: range === 'day' ? {} : { from: daysAgo(RANGES[range]) },
  });
  const [again, setAgain] = useState<{ from: string; to: string }>();
  const readTo = source.coveredTo;
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between">
        <Title order={2} size="h5">
          {source.id}
        </Title>
        <Text size="sm" c="gray.7">
          {readTo === null ? t.never : `${t.readTo} ${time(readTo)} (${ago(readTo)})`}
        </Text>
        {may ? (
          <Opener
            variant="light"
            onClick={() => setAgain({ from: daysAgo(1), to: new Date().toISOString() })}
          >
            {t.backfill}
          </Opener>
        ) : null}
      </Group>
      <Shown of={coverage}>
        {(covered) => (
          <>
            <CoverageBar coverage={covered} />
            <Gaps gaps={covered.gaps} {...(may ? { onRead: setAgain } : {})} />
          </>
        )}
      </Shown>
      {again === undefined ? null : (
        <Backfill source={source.id} window={again} onClose={() => setAgain(undefined)} />
      )}
    </Paper>
  );
}

function Gaps({
  gaps,
  onRead,
}: {
  gaps: Answer<typeof readCoverage>['gaps'];
  onRead?: (gap: { from: string; to: string }) => void;
}) {
  const t = useWords(words);
  const { time } = useFormat();
  if (gaps.length === 0) return <Text size="sm">{t.noGaps}</Text>;
  return (
    <ListTable head={[t.gaps]} action={t.backfill}>
      {gaps.map((gap) => (
        <Table.Tr key={gap.from}>
          <Table.Td>
            {time(gap.from)} – {time(gap.to)}
          </Table.Td>
          <Table.Td ta="right">
            {onRead === undefined ? null : (
              <Opener variant="light" color="red.8" onClick={() => onRead(gap)}>
                {t.backfill}
              </Opener>
            )}
          </Table.Td>
        </Table.Tr>
      ))}
    </ListTable>
  );
}

const HOUR_MS = 3_600_000;

function daysAgo(days: number): string {
  return new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS - days * DAY_MS).toISOString();
}
