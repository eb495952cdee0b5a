import type { Db } from '../../db/database';
import { piecesOf } from '../../db/queries/catalogue';
import type { FoundDealOrder } from '../../db/queries/deal-orders';
import { giftRulesInForce } from '../../db/queries/gift-rules';
import {
  countsOfRules,
  decidedOf,
  type FoundGiftOrder,
  giftOrders,
  giftsHeldBy,
  giftsHeldByReceivers,
  type WantedLine,
} from '../../db/queries/gifts';
import { decisionsForAll } from '../../db/queries/matches';
import { secretNamed } from '../../db/queries/server-secret';
import { type DealChange, fateOf, type Meaning, meaningsAfter } from '../../domain/deal-change';
import { GiftBooks, type GiftChange, giftChanges } from '../../domain/gift-books';
import { groupBy } from '../../domain/group-by';
import { RECEIVER_KEY, receiverDigest } from '../../domain/receiver-marks';

const AT_ONCE = 1_000;
type Pieces = (meaning: Meaning) => WantedLine['pieces'];

/**
 * What a decision about a deal changes of the gifts of its orders that are matched by it, or anew, by the function that
 * gives; the orders are asked one after the other, as they were placed. What waits on, or again, keeps what it has.
 */
export async function foreseeGifts(
  db: Db,
  change: DealChange,
  found: readonly FoundDealOrder[],
): Promise<Map<string, GiftChange[]>> {
  const matched = found.filter((order) => {
    const fate = fateOf(change, order);
    return fate === 'goes-on' || fate === 'rematched';
  });
  const changes = new Map<string, GiftChange[]>();
  const rules = await giftRulesInForce(db);
  const ids = rules.map(({ id }) => id);
  const books = new GiftBooks(rules, await countsOfRules(db, ids));
  const secret = await secretNamed(db, RECEIVER_KEY);
  const seen = new Set<string>();
  for (let from = 0; from < matched.length; from += AT_ONCE) {
    const some = matched.slice(from, from + AT_ONCE);
    const held = await giftsHeldBy(
      db,
      some.map(({ key }) => key),
    );
    if (rules.length === 0 && held.length === 0) continue;
    const orders = new Map((await ordersAfter(db, change, some)).map((order) => [order.key, order]));
    const digests = new Map(
      [...orders].flatMap(([key, { recipient }]) =>
        recipient === undefined ? [] : [[key, receiverDigest(secret, recipient)] as const],
      ),
    );
    const heldBy = groupBy(held, ({ orderKey }) => orderKey);
    const theirs = await giftsHeldByReceivers(db, ids, [...new Set(digests.values())]);
    for (const { ruleId, receiver, orderKey } of [...held, ...theirs])
      if (!seen.has(orderKey)) books.enter(ruleId, receiver, orderKey);
    for (const [key, order] of orders) {
      const before = heldBy.get(key) ?? [];
      const changed = giftChanges(before, books.giveAnew(key, order, before, digests.get(key)));
      if (changed.length > 0) changes.set(key, changed);
      seen.add(key);
    }
  }
  return changes;
}

/** Orders with what each of their lines stands for once a decision is made. */
async function ordersAfter(
  db: Db,
  change: DealChange,
  found: readonly FoundDealOrder[],
): Promise<FoundGiftOrder[]> {
  const unmatched = found.filter(({ stage }) => stage === 'normalized' || stage === 'collected');
  const decided = await decisionsForAll(
    db,
    unmatched.map(({ key }) => key),
  );
  const meanings = new Map<string, Meaning | null>(
    decided.map(({ lineKey, configuration, configurationVersion, matchVersion }) => [
      lineKey,
      configuration === null || configurationVersion === null
        ? null
        : { configuration, configurationVersion, matchVersion },
    ]),
  );
  for (const order of found)
    for (const [key, meaning] of meaningsAfter(change, order)) meanings.set(key, meaning);
  const pieces = await piecesFor(db, [...meanings.values()]);
  const keys = found.map(({ key }) => key);
  return (await giftOrders(db, keys)).map((order) => {
    const wanted = order.wanted.map((line) => lineAfter(line, meanings.get(line.lineKey), pieces));
    return { ...order, wanted, lines: decidedOf(wanted) };
  });
}

function lineAfter(line: WantedLine, meaning: Meaning | null | undefined, pieces: Pieces): WantedLine {
  if (meaning === undefined) return line;
  if (meaning === null) return { ...line, configuration: null, pieces: [] };
  return { ...line, configuration: meaning.configuration, pieces: pieces(meaning) };
}

async function piecesFor(db: Db, meanings: readonly (Meaning | null)[]): Promise<Pieces> {
  const codes = new Set(meanings.flatMap((meaning) => (meaning === null ? [] : [meaning.configuration])));
  const nameOf = (code: string, version: number) => `${code} ${version}`;
  const known = groupBy(await piecesOf(db, [...codes]), ({ configuration, version }) =>
    nameOf(configuration, version),
  );
  return ({ configuration, configurationVersion }) =>
    known.get(nameOf(configuration, configurationVersion)) ?? [];
}
