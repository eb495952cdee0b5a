import type { OrderPart } from './order';

/** 클레임: what a customer asks for after ordering. 취소, 반품, 교환. */
export const CLAIM_KINDS = ['cancellation', 'return', 'exchange'] as const;
export type ClaimKind = (typeof CLAIM_KINDS)[number];

/**
 * `done`: the channel has settled it (the goods of a return are back). `withdrawn`: nothing comes of it,
 * because the customer or the seller has turned it down.
 */
export const CLAIM_STATES = ['requested', 'done', 'withdrawn'] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

/** Whether its source was told what became of it: not wanted, not decided yet, to be told, told, told in vain. */
export const CLAIM_ANSWERS = ['none', 'awaited', 'pending', 'done', 'refused'] as const;
export type ClaimAnswer = (typeof CLAIM_ANSWERS)[number];

/** Units of a line that a claim speaks of. */
export interface ClaimedLine {
  readonly lineNumber: string;
  readonly quantity: number;
}

/** What one raw record says of a claim; the newest version of the record counts. */
export interface Claim {
  readonly kind: ClaimKind;
  readonly state: ClaimState;
  /** The channel's own number of the claim. */
  readonly claimId: string;
  readonly channel: string;
  readonly orderNumber: string;
  readonly requestedAt: Date;
  /** Only the units named: the others are wanted. */
  readonly lines: readonly ClaimedLine[];
}

/** What a raw record may tell. */
export type Told = OrderPart | Claim;

export function isClaim(told: Told): told is Claim {
  return 'claimId' in told;
}

/** How many units of each line the customer wants no more, by line number. */
export function cancelledUnits(claims: readonly Claim[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const { kind, state, lines } of claims) {
    if (kind !== 'cancellation' || state === 'withdrawn') continue;
    for (const { lineNumber, quantity } of lines)
      units.set(lineNumber, (units.get(lineNumber) ?? 0) + quantity);
  }
  return units;
}
