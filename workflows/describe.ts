import { type Standing, WAITING_REASONS, type WaitingReason } from '../domain/stage';
import { NEXT_ACTION } from '../domain/task';

/** Markdown for the Temporal UI: where the order is, why it waits and what to do. */
export function describe(orderKey: string, { stage, waiting }: Standing): string {
  const lines = [`**${orderKey}** is **${stage}**.`];
  if (waiting === 'shipment') {
    lines.push('The warehouse is at work; the journey goes on when the parcel leaves.');
  } else if (waiting === 'companions') {
    lines.push('It waits for other orders of the same receiver, to go out in one parcel with them.');
  } else if (waiting === 'retry') {
    lines.push(
      'The outside did not answer at once: Pending Activities has the attempts and the last failure.',
    );
  } else if (waiting !== undefined && isTask(waiting)) {
    lines.push(`It waits: **${waiting}**.`, `Next: ${NEXT_ACTION[waiting].replaceAll('KEY', orderKey)}`);
    lines.push(`All of it: \`npx boosta orders show ${orderKey}\``);
  }
  return lines.join('\n\n');
}

function isTask(waiting: NonNullable<Standing['waiting']>): waiting is WaitingReason {
  return (WAITING_REASONS as readonly string[]).includes(waiting);
}
