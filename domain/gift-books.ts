import { decideGifts, type GiftOrder, type GiftRule, isLimited } from './gift';
import { groupBy } from './group-by';

/** What an order has of a rule, by what the version said that gave it. */
export interface HeldGift extends Pick<GiftRule, 'name' | 'configuration' | 'quantity'> {
  readonly ruleId: number;
}

/** What would be given by rules, and what is given already, as orders are gone through one after the other. */
export class GiftBooks {
  private readonly holders = new Map<string, Set<string>>();

  /** @param counts to how many orders each limited rule has given. */
  constructor(
    private readonly rules: readonly GiftRule[],
    private readonly counts: Map<number, number>,
  ) {}

  /** Writes down who has something. */
  enter(ruleId: number, receiver: string | null, orderKey: string): void {
    if (receiver === null) return;
    const name = `${ruleId} ${receiver}`;
    const holders = this.holders.get(name) ?? new Set();
    this.holders.set(name, holders.add(orderKey));
  }

  /**
   * Decides anew what an order gets that is matched anew.
   *
   * @param held what it has; nothing of it stays in a dispatch.
   * @param receiver undefined: nobody knows who that is.
   * @returns what it has then.
   */
  giveAnew(
    key: string,
    order: GiftOrder,
    held: readonly (HeldGift & { readonly receiver: string | null })[],
    receiver: string | undefined,
  ): HeldGift[] {
    for (const { ruleId, receiver: who } of held) {
      this.count(ruleId, -1);
      if (who !== null) this.holders.get(`${ruleId} ${who}`)?.delete(key);
    }
    const before = {
      orders: (id: number) => this.counts.get(id) ?? 0,
      receiver: (id: number) =>
        receiver === undefined ? undefined : (this.holders.get(`${id} ${receiver}`)?.size ?? 0) > 0,
      order: () => false,
    };
    const given = decideGifts(this.rules, order, before).filter(({ whyNot }) => whyNot === undefined);
    for (const { rule } of given) {
      if (isLimited(rule)) this.count(rule.id, 1);
      if (rule.oncePerReceiver) this.enter(rule.id, receiver ?? null, key);
    }
    return given.map(({ rule: { id, name, configuration, quantity } }) => ({
      ruleId: id,
      name,
      configuration,
      quantity,
    }));
  }

  private count(ruleId: number, orders: 1 | -1): void {
    this.counts.set(ruleId, (this.counts.get(ruleId) ?? 0) + orders);
  }
}

export const GIFT_CHANGES = ['given', 'taken_back'] as const;

/** What an order gets more, or what is taken back from it. */
export interface GiftChange extends HeldGift {
  readonly change: (typeof GIFT_CHANGES)[number];
}

/** What becomes other of what an order has; that another version of a rule gives the same is nothing. */
export function giftChanges(before: readonly HeldGift[], after: readonly HeldGift[]): GiftChange[] {
  const isIn = (all: readonly HeldGift[], { ruleId, configuration, quantity }: HeldGift) =>
    all.some(
      (one) => one.ruleId === ruleId && one.configuration === configuration && one.quantity === quantity,
    );
  const told = ({ ruleId, name, configuration, quantity }: HeldGift, change: GiftChange['change']) => ({
    ruleId,
    name,
    configuration,
    quantity,
    change,
  });
  return [
    ...after.filter((gift) => !isIn(before, gift)).map((gift) => told(gift, 'given')),
    ...before.filter((gift) => !isIn(after, gift)).map((gift) => told(gift, 'taken_back')),
  ];
}

/** Of how many orders each change is; the same gift of one rule counts together. */
export function sumGifts(changes: readonly GiftChange[]): (GiftChange & { readonly orders: number })[] {
  const same = groupBy(changes, ({ ruleId, configuration, quantity, change }) =>
    [change, ruleId, configuration, quantity].join(' '),
  );
  return [...same.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ ...first, orders: 1 + others.length }],
  );
}
