import type { Command } from '../db/queries/audit';
import { type BulkJob, findBulkJob, pendingRows, settleRow } from '../db/queries/bulk';
import type { Answer } from './answer';
import { applyDecision } from './apply-decision';
import type { Commands } from './commands';
import type { Deps } from './deps';
import { nudgeShort } from './nudge-short';
import { inParallel } from './parallel';
import { resendTracking } from './resend-tracking';

const AT_A_TIME = 200;
const AT_ONCE = 10;

/**
 * Does some of a job's rows that are still to be done, and writes down what came of each: one that fails keeps
 * no other from being done. Tried again, a row whose command was given already is answered as it was.
 *
 * @returns whether there may be more.
 */
export async function runBulk(deps: Deps, commands: Commands, jobId: number): Promise<boolean> {
  const { db } = deps.database;
  const job = await findBulkJob(db, jobId);
  if (job === undefined) throw new RangeError(`There is no job ${jobId}`);
  const keys = await pendingRows(db, jobId, AT_A_TIME);
  await inParallel(AT_ONCE, keys, async (orderKey) => {
    await settleRow(db, jobId, orderKey, await answered(deps, commands, job, orderKey));
  });
  // What was matched anew has given back what it held.
  if (job.dealKey !== null) await nudgeShort(deps);
  return keys.length === AT_A_TIME;
}

async function answered(deps: Deps, commands: Commands, job: BulkJob, orderKey: string): Promise<Answer> {
  try {
    return await carryOut(deps, commands, job, orderKey);
  } catch (error) {
    deps.log.warn({ err: error, order: orderKey, job: job.id }, 'a row of a bulk action failed');
    return { done: false, says: 'It failed unexpectedly: the worker’s log has more' };
  }
}

function carryOut(deps: Deps, commands: Commands, job: BulkJob, orderKey: string): Promise<Answer> {
  const command: Command = { by: job.madeBy, reason: job.reason };
  if (job.command === 'resend-tracking') return resend(deps, orderKey, command);
  if (job.command === 'save-match' || job.command === 'undo-match') return decide(deps, orderKey, job);
  const name = job.command === 'rematch' ? 'rematchNow' : job.command;
  return commands.give(orderKey, name, command, `bulk/${job.id}/${job.tries}`);
}

function decide(deps: Deps, orderKey: string, { id, command, dealKey, matchVersion }: BulkJob) {
  if (dealKey === null || matchVersion === null) throw new RangeError(`Job ${id} names no decision`);
  const kind = command === 'save-match' ? 'save' : 'undo';
  return applyDecision(deps, orderKey, { kind, dealKey, version: matchVersion });
}

async function resend(deps: Deps, orderKey: string, command: Command): Promise<Answer> {
  const { parcels } = await resendTracking(deps.database, { orderKey }, command);
  if (parcels === 0) return { done: false, says: 'There is no tracking number to tell again' };
  await deps.journeys.nudge(orderKey, 'shipped');
  return { done: true, says: `${parcels} parcels are told again` };
}
