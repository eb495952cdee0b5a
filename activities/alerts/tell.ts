import type { Database } from '../../db/database';
import { type AlertRule, addressOf, markNotTold, markTold } from '../../db/queries/alerts';
import { closeTasks, openTask } from '../../db/queries/tasks';
import { inTransaction } from '../../db/transaction';
import { VaultLocked } from '../../db/vault';
import type { Outcome } from '../outcome';
import type { Message } from './message';
import { sendMessage } from './send-message';
import type { AlertSettings } from './settings';

/**
 * Sends a rule's people a message and keeps what came of it. One that did not arrive, or of which nobody
 * knows, is a task until one arrives.
 *
 * @param upTo the last task that it tells of; undefined: it is a test.
 */
export async function tell(
  { database, alerts }: { readonly database: Database; readonly alerts: AlertSettings },
  rule: AlertRule,
  message: Message,
  upTo?: number,
): Promise<Outcome> {
  const sent = await send(database, rule, message, alerts);
  await inTransaction(database, async (tx) => {
    if (sent.kind === 'done') {
      await markTold(tx, rule.name, upTo);
      return closeTasks(tx, ['alert_not_sent'], { part: rule.name }, 'boosta');
    }
    const failure = failureOf(sent);
    await markNotTold(tx, rule.name, failure);
    return openTask(tx, 'alert_not_sent', { part: rule.name }, `The alerts of ${rule.name}: ${failure}`);
  });
  return sent;
}

/** Whether it may have arrived is told too. */
export function failureOf(sent: Exclude<Outcome, { kind: 'done' }>): string {
  return sent.kind === 'unknown' ? `${sent.reason}; whether it arrived is unknown` : sent.reason;
}

async function send(
  database: Database,
  rule: AlertRule,
  message: Message,
  alerts: AlertSettings,
): Promise<Outcome> {
  try {
    const address = addressOf(database, rule);
    return await sendMessage({ via: rule.via, address }, message, alerts);
  } catch (error) {
    if (error instanceof VaultLocked) return { kind: 'not-received', reason: error.message };
    throw error;
  }
}
