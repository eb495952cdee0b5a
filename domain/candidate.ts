import type { Deal } from './deal';

/** Why a configuration is suggested for a deal; the surest first. */
export const CANDIDATE_REASONS = [
  'same_wording',
  'same_plain_wording',
  'option_text',
  'similar_wording',
  'configuration_name',
  'price_near',
] as const;
export type CandidateReason = (typeof CANDIDATE_REASONS)[number];

/** What a deal may stand for. It is shown to a person and never taken by itself: no line ships on a guess. */
export interface Candidate {
  readonly configuration: string;
  /** 0 to 1. */
  readonly score: number;
  readonly reason: CandidateReason;
  /** The known deal that it is taken from; null: the configuration's own name. */
  readonly from: Deal | null;
  /** The wordings name different numbers, so that it may be another weight or count. */
  readonly numbersDiffer: boolean;
  /** What its items cost together; null: its price is not known. */
  readonly price: bigint | null;
  /** The deal's price is near it. */
  readonly isPriceNear: boolean;
}
