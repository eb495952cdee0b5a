import { daysLater } from './period';

/** What a channel keeps of what it sells from a day on, until its next rule. */
export interface FeeRule {
  readonly channel: string;
  /** The first day in Seoul, by which the sale or its reversal is booked. */
  readonly validFrom: string;
  /** Hundredths of a percent: 1080 is 10.8 %. */
  readonly rate: number;
  /** Days after the sale on which the channel pays. */
  readonly settlementDays: number;
}

/** What was sold through a channel on a day, less what came back, in KRW. */
export interface DayOfChannel {
  readonly channel: string;
  readonly day: string;
  readonly net: bigint;
}

/** In KRW; fee and settlement add up to net. */
export interface ExpectedSettlement extends DayOfChannel {
  readonly fee: bigint;
  readonly settlement: bigint;
  /** The day in Seoul on which it is paid. */
  readonly due: string;
}

/** 100 %. */
export const WHOLE_RATE = 10_000;
const WHOLE = BigInt(WHOLE_RATE);

/**
 * The fee on an amount, to the whole won. Half a won goes away from zero, so that a reversal's fee is that of its
 * sale with the other sign.
 */
export function feeOf(net: bigint, rate: number): bigint {
  const exact = net * BigInt(rate);
  const half = exact < 0n ? -WHOLE / 2n : WHOLE / 2n;
  return (exact + half) / WHOLE;
}

/** The rule of a channel on a day: the newest that has begun; undefined where none has. */
export function ruleInForce(rules: readonly FeeRule[], channel: string, day: string): FeeRule | undefined {
  return rules
    .filter((rule) => rule.channel === channel && rule.validFrom <= day)
    .toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0];
}

/**
 * What the channels are to pay for some days. It is rounded once for each channel and day, so that every sum of
 * days or channels is the sum of what was rounded, and nothing is left over.
 *
 * @returns also the days that no rule says anything of: what will be paid for them is not known.
 */
export function expectSettlements(
  days: readonly DayOfChannel[],
  rules: readonly FeeRule[],
): { expected: ExpectedSettlement[]; unknown: DayOfChannel[] } {
  const expected: ExpectedSettlement[] = [];
  const unknown: DayOfChannel[] = [];
  for (const one of days) {
    const rule = ruleInForce(rules, one.channel, one.day);
    if (rule === undefined) {
      unknown.push(one);
      continue;
    }
    const fee = feeOf(one.net, rule.rate);
    const due = daysLater(one.day, rule.settlementDays);
    expected.push({ ...one, fee, settlement: one.net - fee, due });
  }
  return { expected, unknown };
}
