import { WorkflowFailedError } from '@temporalio/client';
import type { Database, Db } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import { heldBack, ordersOver } from '../../db/queries/orders-to-erase';
import { lockRetention, readRetention, writeKeepDays } from '../../db/queries/retention';
import { inTransaction } from '../../db/transaction';
import { type Hold, keptSince, LOOKED_AT_MOST } from '../../domain/retention';
import { FINISHED } from '../../domain/stage';
import type { forget } from '../../workflows/forget';
import { TASK_QUEUE, workflowIds } from '../../workflows/names';
import type { Servers } from '../connect';
import { omit } from '../omit';
import { requireWorker } from './require-worker';
import { ChangedMeanwhile, UseCaseError } from './use-case-error';

/** For how many days after an order's end its personal data is kept, who said so, and when all older was last erased. */
export async function showRetention(db: Db) {
  return omit(await readRetention(db), 'strayRecord');
}

/** Keeps personal data for so many days from now on. @param version that was seen. @throws ChangedMeanwhile. */
export async function setRetention(
  database: Database,
  { keepDays, version }: { readonly keepDays: number; readonly version: number },
  command: Command,
): Promise<void> {
  await inTransaction(database, async (tx) => {
    const before = await lockRetention(tx);
    if (before.version !== version)
      throw new ChangedMeanwhile(
        'Somebody has changed how long personal data is kept meanwhile: look again.',
      );
    await writeKeepDays(tx, keepDays, command.by);
    const detail = { before: { keepDays: before.keepDays }, after: { keepDays } };
    await recordAudit(tx, { ...command, action: 'retention.set', subject: 'retention', detail });
  });
}

/** Counted among the orders that ended first, LOOKED_AT_MOST of them. */
export interface ErasurePreview {
  readonly keepDays: number;
  /** What has ended before it is erased. */
  readonly before: Date;
  readonly orders: number;
  /** When the first of them has ended. */
  readonly oldest: Date | null;
  /** As old, but kept: somebody or something is not through with them. */
  readonly held: Readonly<Record<Hold, number>>;
  /** Others have ended before it, too, and are counted nowhere here. */
  readonly more: boolean;
}

/**
 * How many orders would be erased if personal data were kept for so many days; as long as it is now, unless given. It
 * costs the same however many there are.
 */
export async function previewErasure(db: Db, given?: number): Promise<ErasurePreview> {
  const keepDays = given ?? (await readRetention(db)).keepDays;
  const before = keptSince(keepDays);
  const ended = await Promise.all(
    FINISHED.map((stage) => ordersOver(db, stage, before, undefined, LOOKED_AT_MOST + 1)),
  );
  const inOrder = ended.flat().toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const seen = inOrder.slice(0, LOOKED_AT_MOST);
  const keys = seen.map(({ key }) => key);
  const holds = await heldBack(db, keys, before);
  const held = { task: 0, claim: 0, return: 0, news: 0 };
  for (const hold of holds.values()) held[hold] += 1;
  const erased = seen.filter(({ key }) => !holds.has(key));
  const oldest = erased[0]?.updatedAt ?? null;
  return { keepDays, before, orders: erased.length, oldest, held, more: inOrder.length > seen.length };
}

/**
 * Erases now what is older than it is kept. A run under way is joined.
 *
 * @throws UseCaseError where no worker runs, or it failed.
 */
export async function eraseNow({ temporal, database }: Servers, command: Command) {
  await requireWorker(temporal);
  await recordAudit(database.db, { ...command, action: 'retention.run', subject: 'retention' });
  const workflowId = workflowIds.forgetting();
  const run = await temporal.workflow.start<typeof forget>('forget', {
    taskQueue: TASK_QUEUE,
    workflowId,
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  try {
    return await run.result();
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    throw new UseCaseError(`It broke off: ${workflowId} in the Temporal UI says why. It may be run again.`, {
      cause: error,
    });
  }
}
