import type { Db } from '../db/database';
import { createDispatch } from '../db/queries/dispatches';
import { learnPrice } from '../db/queries/match-versions';
import { type Decision, decideLines, decisionsFor } from '../db/queries/matches';
import { type LockedOrder, lockOrder, setStage } from '../db/queries/orders';
import { parkOrder, unparkOrder } from '../db/queries/tasks';
import { inTransaction } from '../db/transaction';
import type { Standing } from '../domain/stage';
import type { Deps } from './deps';
import { doubtsAbout, hasOtherPrice, inWords, isOpen } from './drifted-lines';
import { giveGifts } from './give-gifts';

/**
 * Decides what each line of an order stands for and makes its dispatch, with what it is given by gift rules. An order with a
 * line that nobody has decided, or whose deal the channel has changed since, waits whole: no line ships on a guess. An
 * order on hold is left as it is.
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
    const { unknown, changed, isNewlyDecided } = await doubtsAbout(tx, lines);
    if (isNewlyDecided) return undefined;
    if (unknown.length > 0) return waitFor(tx, orderKey, 'unknown_deal', unknown.map(nameOf));
    if (changed.length > 0) return waitFor(tx, orderKey, 'deal_changed', changed.map(inWords));
    return match(tx, order, lines);
  });
}

async function waitFor(
  tx: Db,
  orderKey: string,
  waiting: keyof typeof WAITS_FOR,
  [first, ...others]: readonly string[],
): Promise<Standing> {
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  await parkOrder(tx, orderKey, 'normalized', waiting, `${WAITS_FOR[waiting]}: ${first}${more}`);
  return { stage: 'normalized', waiting };
}

const WAITS_FOR = { unknown_deal: 'Unknown deal', deal_changed: 'Changed deal' };

const nameOf = ({ deal, option }: Decision) => (option === '' ? deal : `${deal} / ${option}`);

/**
 * Matches an order whose row is locked where nothing stands in the way. Otherwise it is left to
 * {@link matchOrder}: whoever saves a match this moment must find the order in its standard form.
 */
export async function matchAtOnce(tx: Db, order: LockedOrder): Promise<Standing> {
  if (order.heldReason !== null) return { stage: order.stage };
  const lines = await linesToSend(tx, order.key);
  if (lines.some((line) => isOpen(line) || hasOtherPrice(line))) return { stage: order.stage };
  return (await match(tx, order, lines)) ?? { stage: order.stage };
}

async function linesToSend(tx: Db, orderKey: string): Promise<Decision[]> {
  return (await decisionsFor(tx, orderKey)).filter((line) => line.units > 0);
}

/** @returns undefined where a deal was decided anew meanwhile. */
async function match(
  tx: Db,
  { key: orderKey, waiting }: LockedOrder,
  lines: readonly Decision[],
): Promise<Standing | undefined> {
  if (!(await decideLines(tx, lines))) return undefined;
  for (const { dealKey, matchVersion, priceFrom, unitPrice } of lines) {
    if (matchVersion !== null && priceFrom === null && unitPrice !== null)
      await learnPrice(tx, dealKey, matchVersion, unitPrice);
  }
  const bought = lines.map((line) => ({ lineKey: line.lineKey, quantity: line.units }));
  const gifts = lines.some((line) => line.mayHaveGifts) ? await giveGifts(tx, orderKey) : [];
  await createDispatch(tx, { orderKey, lines: [...bought, ...gifts] });
  if (waiting !== null) await unparkOrder(tx, orderKey, 'boosta');
  await setStage(tx, orderKey, 'matched');
  return { stage: 'matched' };
}
