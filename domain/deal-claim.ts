/** Who is at work on a deal, so that two people do not look the same thing up. */
export interface DealClaim {
  readonly claimedBy: string;
  readonly claimedAt: Date;
  /** Who has handed it over; null: who is at it has taken it up. */
  readonly handedBy: string | null;
  /** What it was handed over for. */
  readonly note: string | null;
}

/** What was taken up and left lying is anybody's after this. */
export const CLAIM_MINUTES = 30;

/** Whether a claim keeps others off: what was handed over does until it is taken over, let go or decided. */
export function isLive({ claimedAt, handedBy }: DealClaim, now: Date): boolean {
  return handedBy !== null || now.getTime() - claimedAt.getTime() < CLAIM_MINUTES * 60_000;
}
