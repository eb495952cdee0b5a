import {
  type AlertRule,
  claimAlert,
  listAlertRules,
  newestSettledTask,
  passOver,
  tasksToTell,
} from '../db/queries/alerts';
import { recipientsOf } from '../db/queries/orders';
import { openKeyOf } from '../db/queries/tasks';
import { composeMessage } from './alerts/message';
import { tell } from './alerts/tell';
import type { Deps } from './deps';
import { inParallel } from './parallel';
import { watchSources } from './watch-sources';

const AT_ONCE = 5;
/** The tasks that a message describes; it counts all. */
const FIRST_FEW = 10;

/**
 * Tells people of the tasks that were opened since they were told last and are still open: each rule in one
 * message, however many there are. What does not arrive is told with the next one.
 *
 * @returns how many messages arrived.
 */
export async function tellPeople(deps: Deps): Promise<number> {
  await watchSources(deps.database.db);
  let told = 0;
  await inParallel(AT_ONCE, await listAlertRules(deps.database.db), async (rule) => {
    try {
      if (!rule.paused && (await tellByRule(deps, rule))) told += 1;
    } catch (error) {
      // One rule that fails keeps no other from telling; the schedule comes again.
      deps.log.warn({ err: error, alert: rule.name }, 'people could not be told');
    }
  });
  return told;
}

/** @returns whether a message arrived. */
async function tellByRule(deps: Deps, rule: AlertRule): Promise<boolean> {
  const { db } = deps.database;
  const upTo = await newestSettledTask(db, rule.lastTaskId);
  if (upTo === undefined) return false;
  // That it cannot tell cannot be told by itself.
  const own = openKeyOf('alert_not_sent', { part: rule.name });
  const { counts, first } = await tasksToTell(db, rule, upTo, own, FIRST_FEW);
  if (counts.length === 0) {
    await passOver(db, rule, upTo);
    return false;
  }
  if (!(await claimAlert(db, rule))) return false;
  const keys = first.flatMap(({ orderKey }) => (orderKey === null ? [] : [orderKey]));
  const recipients = await recipientsOf(db, keys);
  const message = composeMessage({ counts, first, recipients }, deps.alerts.consoleUrl);
  return (await tell(deps, rule, message, upTo)).kind === 'done';
}
