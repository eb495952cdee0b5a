import type { Db } from '../db/database';
import { ReadTooEarly } from '../db/errors';
import { recordAudit } from '../db/queries/audit';
import { giftRulesInForce, lockGiftRules } from '../db/queries/gift-rules';
import {
  countGiven,
  countShared,
  type GivenLine,
  giftOrders,
  giftsOf,
  leaveOutOfDispatch,
  rulesThatGaveTo,
  withdrawGifts,
  writeGift,
} from '../db/queries/gifts';
import { secretNamed } from '../db/queries/server-secret';
import { decideGifts, type GivenBefore, isLimited, unfitFor } from '../domain/gift';
import { RECEIVER_KEY, receiverDigest } from '../domain/receiver-marks';

/**
 * Gives an order whose row is locked what the rules say, by what its lines stand for now. What it was given before
 * and is in no dispatch any more is decided anew, and its place among the first N is its own until then.
 *
 * @returns what is to be put into its dispatch.
 */
export async function giveGifts(tx: Db, orderKey: string): Promise<GivenLine[]> {
  const given = (await giftsOf(tx, orderKey)).filter(({ state }) => state === 'given');
  const free = given.filter(({ isFree }) => isFree);
  const [order] = await giftOrders(tx, [orderKey]);
  const rules = await giftRulesInForce(tx);
  const fitting = order === undefined ? [] : rules.filter((rule) => unfitFor(rule, order) === undefined);
  const limited = fitting.filter(isLimited).map(({ id }) => id);
  const locked = await lockGiftRules(
    tx,
    [...free.map(({ ruleId }) => ruleId), ...limited],
    fitting.filter((rule) => !isLimited(rule)).map(({ id }) => id),
  );
  for (const { id, version } of fitting) {
    const row = locked.get(id);
    if (row?.version !== version || row.endedAt !== null) throw new ReadTooEarly('A gift rule was changed');
  }
  await takeBack(tx, free);
  if (order === undefined) return [];
  const asksReceiver = fitting.some((rule) => rule.oncePerReceiver);
  const receiver = asksReceiver && order.recipient !== undefined ? await digestOf(tx, order.recipient) : null;
  const theirs = receiver === null ? undefined : await rulesThatGaveTo(tx, receiver, limited, orderKey);
  const stays = new Set(given.filter(({ isFree }) => !isFree).map(({ ruleId }) => ruleId));
  const back = new Set(free.map(({ ruleId }) => ruleId));
  const before: GivenBefore = {
    orders: (id) => (locked.get(id)?.given ?? 0) - (back.has(id) ? 1 : 0),
    receiver: (id) => theirs?.has(id),
    order: (id) => stays.has(id),
  };
  const lines: GivenLine[] = [];
  const shared: number[] = [];
  for (const { rule, whyNot } of decideGifts(rules, order, before)) {
    if (whyNot !== undefined) continue;
    lines.push(await writeGift(tx, orderKey, rule, rule.oncePerReceiver ? receiver : null));
    if (isLimited(rule)) await countGiven(tx, rule.id, 1);
    else shared.push(rule.id);
  }
  await countShared(tx, shared);
  return lines;
}

/** Takes back what an order was given and is in no dispatch any more: others of the first N get its place. */
export async function takeBackGifts(tx: Db, orderKey: string): Promise<void> {
  const free = (await giftsOf(tx, orderKey)).filter(({ state, isFree }) => state === 'given' && isFree);
  await lockGiftRules(
    tx,
    free.map(({ ruleId }) => ruleId),
    [],
  );
  await takeBack(tx, free);
}

/** A gift's line in a dispatch that nobody has claimed yet, of which its WMS is short. */
export interface ShortGift {
  readonly dispatchId: string;
  readonly orderKey: string;
  readonly lineKey: string;
}

/** Has dispatches go without gifts that their WMS is short of; each order's trail says so. */
export async function leaveOutGifts(tx: Db, gifts: readonly ShortGift[]): Promise<void> {
  const without: Awaited<ReturnType<typeof giftsOf>> = [];
  for (const { dispatchId, orderKey, lineKey } of gifts) {
    await leaveOutOfDispatch(tx, dispatchId, lineKey);
    const found = (await giftsOf(tx, orderKey)).find((one) => one.lineKey === lineKey);
    if (found === undefined) throw new RangeError(`No rule has given ${lineKey}`);
    const { name, configuration, ruleId, version } = found;
    await recordAudit(tx, {
      by: 'boosta',
      reason: `Out of stock, so it goes without the gift: ${name}`,
      action: 'gift.leave_out',
      subject: orderKey,
      detail: { rule: ruleId, version, configuration },
    });
    // A part of it may be in another dispatch.
    if (found.isFree) without.push(found);
  }
  await lockGiftRules(
    tx,
    without.map(({ ruleId }) => ruleId),
    [],
  );
  await takeBack(tx, without, 'left_out');
}

/** Of rules whose rows are locked. */
async function takeBack(
  tx: Db,
  gifts: readonly { readonly lineKey: string; readonly ruleId: number }[],
  state: 'taken_back' | 'left_out' = 'taken_back',
): Promise<void> {
  await withdrawGifts(
    tx,
    gifts.map(({ lineKey }) => lineKey),
    state,
  );
  for (const { ruleId } of gifts) await countGiven(tx, ruleId, -1);
}

async function digestOf(tx: Db, recipient: Parameters<typeof receiverDigest>[1]): Promise<string> {
  return receiverDigest(await secretNamed(tx, RECEIVER_KEY), recipient);
}
