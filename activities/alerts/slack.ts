import { TASK_NAMES } from '../../domain/korean/names';
import { headingOf, type Message, textOf } from './message';

/** Assumed: a section's text is cut by Slack at 3,000 characters; ours are far below. */
function section(text: string) {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

/** A message as Slack's incoming webhooks take it: blocks, and a text for notifications. */
export function slackBody(message: Message) {
  const counts = message.counts.map(({ kind, tasks }) => `• ${escape(TASK_NAMES[kind])} ${tasks}건`);
  return {
    text: escape(textOf(message)),
    blocks: [
      section([`*${escape(message.title)}*`, ...counts].join('\n')),
      ...message.tasks.map((task) =>
        section(`<${task.link}|${escape(headingOf(task))}>\n${escape(task.reason)}`),
      ),
      section(`<${message.link}|전체 보기>`),
    ],
  };
}

/** Slack's three control characters. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
