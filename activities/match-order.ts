import type { Db } from '../db/database';
import { createDispatch } from '../db/queries/dispatches';
import { type Decision, decideLine, decisionsFor } from '../db/queries/matches';
import { type LockedOrder, lockOrder, setStage } from '../db/queries/orders';
import { parkOrder, unparkOrder } from '../db/queries/tasks';
import { inTransaction } from '../db/transaction';
import type { Standing } from '../domain/stage';
import type { Deps } from './deps';

/**
 * Decides what each line of an order stands for and makes its dispatch. An order with a line that
 * nobody has decided waits whole: no line ships on a guess. An order on hold is left as it is.
 */
export async function matchOrder(deps: Deps, orderKey: string): Promise<Standing> {
  for (;;) {
    const standing = await matchByDecisions(deps, orderKey);
    if (standing !== undefined) return standing;
  }
}

/** @returns undefined where a deal was decided anew meanwhile. */
async function matchByDecisions({ database }: Deps, orderKey: string): Promise<Standing | undefined> {
  return inTransaction(database, async (tx) => {
    const order = await lockOrder(tx, orderKey);
    if (order === undefined) throw new RangeError(`No order ${orderKey}`);
    if (order.stage !== 'normalized') return { stage: order.stage };
    if (order.heldReason !== null) {
      await parkOrder(tx, orderKey, 'normalized', 'held', order.heldReason);
      return { stage: 'normalized', waiting: 'held' };
    }
    const lines = await linesToSend(tx, orderKey);
    const unknown = lines.filter(isUnknown);
    const [first] = unknown;
    if (first !== undefined) {
      const others = unknown.length > 1 ? ` and ${unknown.length - 1} more` : '';
      const reason = `Unknown deal: ${first.deal}${first.option === '' ? '' : ` / ${first.option}`}${others}`;
      await parkOrder(tx, orderKey, 'normalized', 'unknown_deal', reason);
      return { stage: 'normalized', waiting: 'unknown_deal' };
    }
    return match(tx, order, lines);
  });
}

/**
 * Matches an order whose row is locked where nothing stands in the way. Otherwise it is left to
 * {@link matchOrder}: whoever saves a match this moment must find the order in its standard form.
 */
export async function matchAtOnce(tx: Db, order: LockedOrder): Promise<Standing> {
  if (order.heldReason !== null) return { stage: order.stage };
  const lines = await linesToSend(tx, order.key);
  if (lines.some(isUnknown)) return { stage: order.stage };
  return (await match(tx, order, lines)) ?? { stage: order.stage };
}

async function linesToSend(tx: Db, orderKey: string): Promise<Decision[]> {
  return (await decisionsFor(tx, orderKey)).filter((line) => line.units > 0);
}

const isUnknown = (line: Decision) => line.configuration === null;

/** @returns undefined where a deal was decided anew meanwhile. */
async function match(
  tx: Db,
  { key: orderKey, waiting }: LockedOrder,
  lines: readonly Decision[],
): Promise<Standing | undefined> {
  for (const line of lines) if (!(await decideLine(tx, line))) return undefined;
  await createDispatch(tx, {
    orderKey,
    lines: lines.map((line) => ({ lineKey: line.lineKey, quantity: line.units })),
  });
  if (waiting !== null) await unparkOrder(tx, orderKey, 'boosta');
  await setStage(tx, orderKey, 'matched');
  return { stage: 'matched' };
}
