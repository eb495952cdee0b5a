/** How a stretch stands that a person has read again. */
export const BACKFILL_STATES = ['running', 'done', 'failed'] as const;
export type BackfillState = (typeof BACKFILL_STATES)[number];

/** How far it has come. */
export interface BackfillProgress {
  readonly state: BackfillState;
  readonly windows: number;
  readonly windowsRead: number;
  /** Orders that something new was said of. */
  readonly orders: number;
  /** What could not be read. */
  readonly failure?: string;
}
