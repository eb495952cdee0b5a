import { Anchor, Badge, Group, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { commandSchedule, listSchedules } from '../../../api/contract/collection';
import type { Answer } from '../../../api/contract/route';
import { useAnswer, useCommand } from '../../api';
import { useFormat } from '../../format';
import { ListTable } from '../../parts/list-table';
import { Opener } from '../../parts/opener';
import { Shown } from '../../parts/page-state';
import { WithReason } from '../../parts/with-reason';
import { useMay } from '../../session';
import { useWords } from '../../words';
import { resultWords, scheduleWords, words } from './words';

type Schedule = Answer<typeof listSchedules>['rows'][number];
type ScheduleCommand = 'pause' | 'unpause' | 'trigger';

const LOOK_EVERY_MS = 15_000;
const STATE_COLORS = { running: 'green', paused: 'orange', missing: 'red' } as const;
const ENDED_WELL: ReadonlySet<string> = new Set(['COMPLETED', 'CONTINUED_AS_NEW']);

/** What runs by itself: it can be let rest, let run again, and run now. */
export function Schedules() {
  const t = useWords(words);
  const schedules = useAnswer(listSchedules, {}, { everyMs: LOOK_EVERY_MS });
  const [wanted, setWanted] = useState<{ scheduleId: string; command: ScheduleCommand }>();
  return (
    <Shown of={schedules} isEmpty={({ rows }) => rows.length === 0} empty={t.noConnections}>
      {({ rows, temporalUi }) => (
        <>
          <ListTable head={[t.schedule, t.state, t.every, t.lastRun, t.result, t.nextRun]} action={t.state}>
            {rows.map((schedule) => (
              <ScheduleRow
                key={schedule.scheduleId}
                schedule={schedule}
                onCommand={(command) => setWanted({ scheduleId: schedule.scheduleId, command })}
              />
            ))}
          </ListTable>
          {temporalUi === null ? null : (
            <Anchor href={temporalUi} target="_blank" rel="noreferrer" size="sm">
              {t.temporal}
            </Anchor>
          )}
          {wanted === undefined ? null : <Commanded {...wanted} onClose={() => setWanted(undefined)} />}
        </>
      )}
    </Shown>
  );
}

function ScheduleRow({
  schedule,
  onCommand,
}: {
  schedule: Schedule;
  onCommand: (command: ScheduleCommand) => void;
}) {
  const t = useWords(words);
  const { scheduleId, state, note, everySeconds, lastRun, lastResult, nextRun } = schedule;
  const { time } = useFormat();
  const may = useMay(commandSchedule);
  const results = useWords(resultWords);
  return (
    <Table.Tr>
      <Table.Td>
        <ScheduleName id={scheduleId} />
      </Table.Td>
      <Table.Td>
        <Badge variant="light" color={STATE_COLORS[state]} c="dark.9">
          {t[state]}
        </Badge>
        {note === null ? null : <Text size="xs">{note}</Text>}
      </Table.Td>
      <Table.Td>{everySeconds === null ? '' : t.seconds(everySeconds)}</Table.Td>
      <Table.Td>{lastRun === null ? '' : time(lastRun)}</Table.Td>
      <Table.Td c={lastResult === null || ENDED_WELL.has(lastResult) ? 'dark.9' : 'red.8'}>
        {lastResult === null ? '' : (results[lastResult] ?? lastResult)}
      </Table.Td>
      <Table.Td>{nextRun === null ? '' : time(nextRun)}</Table.Td>
      <Table.Td>
        {state === 'missing' || !may ? null : (
          <Group gap={4} wrap="nowrap" justify="flex-end">
            <Opener variant="light" onClick={() => onCommand('trigger')}>
              {t.trigger}
            </Opener>
            <Opener variant="default" onClick={() => onCommand(state === 'paused' ? 'unpause' : 'pause')}>
              {state === 'paused' ? t.unpause : t.pause}
            </Opener>
          </Group>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function ScheduleName({ id }: { id: string }) {
  const kinds = useWords(scheduleWords);
  const [kind = '', connection = ''] = id.split('/');
  return (
    <>
      <Text size="sm" fw={600}>
        {kinds[kind] ?? kind}
      </Text>
      <Text size="xs" c="gray.7">
        {connection}
      </Text>
    </>
  );
}

function Commanded({
  scheduleId,
  command,
  onClose,
}: {
  scheduleId: string;
  command: ScheduleCommand;
  onClose: () => void;
}) {
  const t = useWords(words);
  const run = useCommand(commandSchedule, onClose);
  return (
    <WithReason
      title={`${t[command]}: ${scheduleId}`}
      preview={<Text size="sm">{t[`${command}Preview`]}</Text>}
      confirm={t[command]}
      isPending={run.isPending}
      onConfirm={(reason) => run.mutate({ body: { scheduleId, command, reason } })}
      onClose={onClose}
    />
  );
}
