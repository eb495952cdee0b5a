import type { Db } from '../../db/database';
import { giftRulesInForce, listGiftRules } from '../../db/queries/gift-rules';
import {
  type FoundGiftOrder,
  giftOrders,
  giftsOf,
  ordersPlaced,
  rulesThatGaveTo,
} from '../../db/queries/gifts';
import { secretNamed } from '../../db/queries/server-secret';
import { decideGifts, type GiftRule, type GiftTerms, type NotGiven } from '../../domain/gift';
import { RECEIVER_KEY, receiverDigest } from '../../domain/receiver-marks';
import { omit } from '../omit';
import { requireOrder } from './find-order';
import { requireTerms } from './gift-rules';
import { UseCaseError } from './use-case-error';

/** What is tried: the rules in force, and one that is not saved yet, in the place of the one it would change. */
export interface Trial {
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  readonly draft?: { readonly id: number | null; readonly terms: GiftTerms } | undefined;
  /** The rules' own days count, too; without it each is taken to be in force for the whole stretch. */
  readonly keepDays: boolean;
}

/** What one rule would have come to. */
export interface TriedRule {
  /** Null: it is not saved yet. */
  readonly id: number | null;
  readonly name: string;
  readonly configuration: string;
  readonly orders: number;
  readonly units: number;
  readonly notGiven: { why: NotGiven; orders: number }[];
  /** The first of those that would have got it. */
  readonly examples: string[];
}

export interface Tried {
  readonly orders: number;
  /** Nobody has decided yet what these stand for: they are left aside. */
  readonly undecided: number;
  readonly rules: TriedRule[];
}

const DAYS_MOST = 31;
const AT_ONCE = 1_000;
const EXAMPLES = 20;
/** Of a rule that is not saved yet; saved ones are numbered from 1. */
const DRAFT = 0;

/**
 * What the rules would have given to the orders of a stretch, by the function that gives, as if nothing had been given
 * before it; the orders are asked in the order in which they were placed. Nothing is written.
 *
 * @throws UseCaseError.
 */
export async function tryGifts(db: Db, { from, to, draft, keepDays }: Trial): Promise<Tried> {
  if (to <= from) throw new UseCaseError('It would end before it begins: look at the days.');
  if (to.getTime() - from.getTime() > DAYS_MOST * 86_400_000)
    throw new UseCaseError(`A dry run looks at ${DAYS_MOST} days at most.`);
  if (draft !== undefined) await requireTerms(db, draft.terms);
  const rules = (await rulesWith(db, draft)).map((rule) =>
    keepDays ? rule : { ...rule, dayFrom: null, dayTo: null },
  );
  const books = new Map(rules.map((rule) => [rule.id, new Book(rule)]));
  const secret = await secretNamed(db, RECEIVER_KEY);
  let [orders, undecided] = [0, 0];
  for await (const order of placed(db, from, to)) {
    orders += 1;
    if (order.isUndecided) undecided += 1;
    else enter(books, rules, order, secret);
  }
  return { orders, undecided, rules: [...books.values()].map((book) => book.sum()) };
}

/** What an order was given, and what each rule in force says to it now. @throws NotFound. */
export async function explainGifts(db: Db, orderKey: string) {
  await requireOrder(db, orderKey);
  const gifts = await giftsOf(db, orderKey);
  const held = new Set(gifts.flatMap(({ state, ruleId }) => (state === 'given' ? [ruleId] : [])));
  const [order] = await giftOrders(db, [orderKey]);
  return {
    gifts: gifts.map((gift) => omit(gift, 'firstN', 'oncePerReceiver', 'lineKey', 'isFree')),
    isUndecided: order?.isUndecided ?? false,
    rules: order === undefined ? [] : await answersTo(db, order, held),
  };
}

async function answersTo(db: Db, order: FoundGiftOrder, held: ReadonlySet<number>) {
  const rules = await giftRulesInForce(db);
  const given = new Map((await listGiftRules(db)).map((rule) => [rule.id, rule.given]));
  const receiver = order.recipient && receiverDigest(await secretNamed(db, RECEIVER_KEY), order.recipient);
  const ids = rules.map(({ id }) => id);
  const theirs = receiver === undefined ? undefined : await rulesThatGaveTo(db, receiver, ids, order.key);
  const before = {
    orders: (id: number) => given.get(id) ?? 0,
    receiver: (id: number) => theirs?.has(id),
    order: (id: number) => held.has(id),
  };
  return decideGifts(rules, order, before).map(({ rule: { id, name }, whyNot }) => ({
    id,
    name,
    whyNot: whyNot ?? null,
  }));
}

async function rulesWith(db: Db, draft: Trial['draft']): Promise<GiftRule[]> {
  const rules = await giftRulesInForce(db);
  if (draft === undefined) return rules;
  const others = rules.filter(({ id }) => id !== draft.id);
  return [...others, { ...draft.terms, id: draft.id ?? DRAFT, version: DRAFT }];
}

async function* placed(db: Db, from: Date, to: Date): AsyncGenerator<FoundGiftOrder> {
  let after: { at: Date; key: string } | undefined;
  for (;;) {
    const page = await ordersPlaced(db, { from, to, after, limit: AT_ONCE });
    yield* await giftOrders(
      db,
      page.map(({ key }) => key),
    );
    after = page.at(-1);
    if (page.length < AT_ONCE) return;
  }
}

function enter(
  books: ReadonlyMap<number, Book>,
  rules: readonly GiftRule[],
  order: FoundGiftOrder,
  secret: string,
): void {
  const receiver = order.recipient && receiverDigest(secret, order.recipient);
  const before = {
    orders: (id: number) => books.get(id)?.orders ?? 0,
    receiver: (id: number) =>
      receiver === undefined ? undefined : (books.get(id)?.receivers.has(receiver) ?? false),
    order: () => false,
  };
  for (const { rule, whyNot } of decideGifts(rules, order, before))
    books.get(rule.id)?.enter(order.key, receiver, whyNot);
}

/** What a rule has come to so far. */
class Book {
  orders = 0;
  readonly receivers = new Set<string>();
  private readonly notGiven = new Map<NotGiven, number>();
  private readonly examples: string[] = [];

  constructor(private readonly rule: GiftRule) {}

  enter(orderKey: string, receiver: string | undefined, whyNot: NotGiven | undefined): void {
    if (whyNot !== undefined) {
      this.notGiven.set(whyNot, (this.notGiven.get(whyNot) ?? 0) + 1);
      return;
    }
    this.orders += 1;
    if (receiver !== undefined) this.receivers.add(receiver);
    if (this.examples.length < EXAMPLES) this.examples.push(orderKey);
  }

  sum(): TriedRule {
    const { id, name, configuration, quantity } = this.rule;
    return {
      id: id === DRAFT ? null : id,
      name,
      configuration,
      orders: this.orders,
      units: this.orders * quantity,
      notGiven: [...this.notGiven].map(([why, orders]) => ({ why, orders })),
      examples: this.examples,
    };
  }
}
