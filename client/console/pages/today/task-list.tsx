import { Group, Select, Stack } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { TASK_KINDS } from '../../../../domain/task';
import { closeTask, listTasks } from '../../../api/contract/today';
import { ask, useCommand } from '../../api';
import { taskWords } from '../../domain-words';
import { More } from '../../parts/more';
import { Shown } from '../../parts/page-state';
import { Said } from '../../parts/said';
import { Section } from '../../parts/section';
import { WithReason } from '../../parts/with-reason';
import { usePages } from '../../use-pages';
import { useWords } from '../../words';
import { type Task, TaskRow } from './task-row';
import { todayWords } from './words';

/** What waits for a person, the oldest first, with what to do about it. */
export function TaskList() {
  const t = useWords(todayWords);
  const kinds = useWords(taskWords);
  const [search, setSearch] = useSearchParams();
  const kind = TASK_KINDS.find((one) => one === search.get('kind'));
  const [closing, setClosing] = useState<Task>();
  const command = useCommand(closeTask, () => setClosing(undefined));
  const tasks = usePages([listTasks.path, kind], (cursor) => ask(listTasks, { query: { kind, cursor } }));
  const here = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Who follows a counter to the tasks of its kind sees them at once.
    if (kind !== undefined) here.current?.scrollIntoView({ block: 'start' });
  }, [kind]);
  return (
    <Section title={t.list}>
      <Stack gap="xs" ref={here} style={{ scrollMarginTop: 110 }}>
        <Group>
          <Select
            aria-label={t.kind}
            placeholder={t.all}
            clearable
            searchable
            data={TASK_KINDS.map((value) => ({ value, label: kinds[value] }))}
            value={kind ?? null}
            onChange={(value) => setSearch(value === null ? {} : { kind: value })}
          />
        </Group>
        <Shown of={tasks} isEmpty={(data) => data.rows.length === 0} empty={t.noTasks}>
          {({ rows }) => rows.map((task) => <TaskRow key={task.id} task={task} onClose={setClosing} />)}
        </Shown>
        <More of={tasks} />
      </Stack>
      {closing === undefined ? null : (
        <WithReason
          title={`${t.closeTitle}: ${kinds[closing.kind]}`}
          preview={<Said>{closing.reason}</Said>}
          confirm={t.close}
          isPending={command.isPending}
          onClose={() => setClosing(undefined)}
          onConfirm={(reason) => command.mutate({ params: { id: closing.id }, body: { reason } })}
        />
      )}
    </Section>
  );
}
