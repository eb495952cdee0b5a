import { Select, Stack, Table } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { listRuns, listSources } from '../../../api/contract/collection';
import { ask, keyOf, useAnswer } from '../../api';
import { useFormat } from '../../format';
import { More } from '../../parts/more';
import { Shown } from '../../parts/page-state';
import { Section } from '../../parts/section';
import { usePages } from '../../use-pages';
import { useWords } from '../../words';
import { Backfills } from './backfills';
import { words } from './words';

/** The runs that have read a source. */
export function Runs() {
  const t = useWords(words);
  const [search, setSearch] = useSearchParams();
  const sources = useAnswer(listSources, {});
  return (
    <Shown
      of={sources}
      isEmpty={({ rows }) => !rows.some(({ collects }) => collects)}
      empty={t.noConnections}
    >
      {({ rows }) => {
        const names = rows.filter(({ collects }) => collects).map(({ id }) => id);
        const source = search.get('source') ?? names[0] ?? '';
        return (
          <Stack>
            <Select
              label={t.source}
              data={names}
              value={source}
              allowDeselect={false}
              onChange={(value) => value !== null && setSearch({ source: value })}
              w={260}
            />
            <Section title={t.backfills}>
              <Backfills source={source} />
            </Section>
            <Section title={t.allRuns}>
              <RunsOf source={source} />
            </Section>
          </Stack>
        );
      }}
    </Shown>
  );
}

function RunsOf({ source }: { source: string }) {
  const t = useWords(words);
  const { number, time } = useFormat();
  const call = { params: { source }, query: {} };
  const runs = usePages(keyOf(listRuns, call), (cursor) => ask(listRuns, { ...call, query: { cursor } }));
  return (
    <>
      <Shown of={runs} isEmpty={({ rows }) => rows.length === 0} empty={t.noRuns}>
        {({ rows }) => (
          <Table>
            <Table.Thead>
              <Table.Tr>
                {[t.finished, t.window, t.records, t.announced, t.newRecords, t.orders].map((heading) => (
                  <Table.Th key={heading}>{heading}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((run) => (
                <Table.Tr key={run.id}>
                  <Table.Td>{time(run.finishedAt)}</Table.Td>
                  <Table.Td>
                    {time(run.from)} – {time(run.to)}
                  </Table.Td>
                  <Table.Td>{number(run.records)}</Table.Td>
                  <Table.Td>{run.announced === null ? '' : number(run.announced)}</Table.Td>
                  <Table.Td>{number(run.newRecords)}</Table.Td>
                  <Table.Td>{number(run.orders)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Shown>
      <More of={runs} />
    </>
  );
}
