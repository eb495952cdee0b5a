/** Which orders wait for a person before they are sent. */
export interface HoldRule {
  readonly id: number;
  /** Empty: any. */
  readonly channel: string;
  /** Empty: all items of a dispatch together. */
  readonly itemCode: string;
  /** Pieces, from which on it holds. */
  readonly quantity: number;
  readonly reason: string;
  readonly madeAt: Date;
}

export interface HeldContent {
  readonly channel: string;
  /** Each item once. */
  readonly items: readonly { readonly itemCode: string; readonly quantity: number }[];
  /** Since when a person has let all of its orders go on; null where nobody has. */
  readonly releasedAt: Date | null;
}

/** The rule that keeps this in the house, the oldest first; a person's release stands against those there were. */
export function ruleThatHolds(rules: readonly HoldRule[], content: HeldContent): HoldRule | undefined {
  const { channel, items, releasedAt } = content;
  return rules.find((rule) => {
    if (rule.channel !== '' && rule.channel !== channel) return false;
    if (releasedAt !== null && rule.madeAt <= releasedAt) return false;
    const pieces = items
      .filter((item) => rule.itemCode === '' || rule.itemCode === item.itemCode)
      .reduce((sum, item) => sum + item.quantity, 0);
    return pieces >= rule.quantity;
  });
}
