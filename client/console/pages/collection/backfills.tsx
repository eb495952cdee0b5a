import { Group, Progress, Table, Text } from '@mantine/core';
import { listBackfills } from '../../../api/contract/collection';
import type { Answer } from '../../../api/contract/route';
import { useAnswer } from '../../api';
import { useFormat } from '../../format';
import { ListTable } from '../../parts/list-table';
import { Shown } from '../../parts/page-state';
import { Said } from '../../parts/said';
import { Tag } from '../../parts/tag';
import { useWords } from '../../words';
import { backfillWords, words } from './words';

type Backfill = Answer<typeof listBackfills>['rows'][number];

const NEWEST = 5;
const EVERY_MS = 2_000;
const COLOURS = { running: 'indigo', done: 'teal', failed: 'red', stopped: 'orange' } as const;

/** The stretches of a source that people have had read again, and how far each has come. */
export function Backfills({ source }: { source: string }) {
  const t = useWords(words);
  const call = { params: { source }, query: { limit: NEWEST } };
  const answer = useAnswer(listBackfills, call, { everyMs: EVERY_MS });
  return (
    <Shown of={answer} isEmpty={({ rows }) => rows.length === 0} empty={t.noBackfills}>
      {({ rows }) => (
        <ListTable head={[t.window, t.by, t.state, t.progress, t.orders]}>
          {rows.map((row) => (
            <BackfillRow key={row.id} row={row} />
          ))}
        </ListTable>
      )}
    </Shown>
  );
}

function BackfillRow({ row }: { row: Backfill }) {
  const t = useWords(words);
  const states = useWords(backfillWords);
  const { number, time } = useFormat();
  const { state, windows, windowsRead } = row;
  const soFar = t.readSoFar(windowsRead, windows);
  return (
    <Table.Tr>
      <Table.Td>
        {time(row.from)} – {time(row.to)}
      </Table.Td>
      <Table.Td>
        {row.madeBy} · {time(row.madeAt)}
        <Text size="sm" c="gray.7">
          {row.reason}
        </Text>
      </Table.Td>
      <Table.Td>
        <Tag color={COLOURS[state]}>{states[state]}</Tag>
        {row.failure === null ? null : (
          <Text size="sm" c="red.9">
            <Said>{row.failure}</Said>
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Group gap="xs" wrap="nowrap">
          <Progress
            value={windows === 0 ? 0 : (100 * windowsRead) / windows}
            w={100}
            aria-label={`${t.progress}: ${soFar}`}
          />
          <Text size="sm">{soFar}</Text>
        </Group>
      </Table.Td>
      <Table.Td>{number(row.orders)}</Table.Td>
    </Table.Tr>
  );
}
