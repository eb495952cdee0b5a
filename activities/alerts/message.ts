import { koreanOf } from '../../domain/korean';
import { TASK_NAMES } from '../../domain/korean/names';
import type { Recipient } from '../../domain/order';
import { redact } from '../../domain/redact';
import type { TaskKind } from '../../domain/task';
import { placeOf } from '../../domain/task-place';

export interface ToldTask {
  readonly id: number;
  readonly kind: TaskKind;
  readonly orderKey: string | null;
  readonly reason: string;
  /** Into the console, where it is solved. */
  readonly link: string;
}

/** One message in Korean, however many tasks it tells of. No personal data is in it. */
export interface Message {
  readonly title: string;
  readonly counts: readonly { readonly kind: TaskKind; readonly tasks: number }[];
  /** The first few. */
  readonly tasks: readonly ToldTask[];
  /** The console's page that has all of them. */
  readonly link: string;
}

export interface ToBeTold {
  readonly counts: Message['counts'];
  readonly first: readonly Omit<ToldTask, 'link'>[];
  readonly recipients: ReadonlyMap<string, Recipient>;
}

const LONGEST_REASON = 200;

export function composeMessage({ counts, first, recipients }: ToBeTold, consoleUrl: string): Message {
  const all = counts.reduce((sum, { tasks }) => sum + tasks, 0);
  const peopleOf = (orderKey: string | null) => {
    const person = recipients.get(orderKey ?? '');
    return person === undefined ? [] : [person];
  };
  const tasks = first.map(({ id, kind, orderKey, reason }) => ({
    id,
    kind,
    orderKey,
    reason: koreanOf(redact(reason, peopleOf(orderKey))).slice(0, LONGEST_REASON),
    link: `${consoleUrl}${placeOf(kind, orderKey)}`,
  }));
  return { title: `[Boosta] 새 할 일 ${all}건`, counts, tasks, link: `${consoleUrl}/` };
}

/** What somebody has sent to see whether it arrives. */
export function testMessage(consoleUrl: string): Message {
  return {
    title: '[Boosta] 시험 메시지: 알림이 잘 도착합니다',
    counts: [],
    tasks: [],
    link: `${consoleUrl}/`,
  };
}

/** As plain text. */
export function textOf({ title, counts, tasks, link }: Message): string {
  return [
    title,
    ...counts.map(({ kind, tasks: many }) => `- ${TASK_NAMES[kind]} ${many}건`),
    ...tasks.map((task) => `\n${headingOf(task)}\n${task.reason}\n${task.link}`),
    `\n전체 보기: ${link}`,
  ].join('\n');
}

export function headingOf({ kind, orderKey }: ToldTask): string {
  return orderKey === null ? TASK_NAMES[kind] : `${TASK_NAMES[kind]} · ${orderKey}`;
}
