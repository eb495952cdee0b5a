/** The orders' workflows, as activities see them: they are started and nudged, nothing more. */
export interface Journeys {
  /** @returns false when a journey of this order is open, or has ended well. */
  start(order: { key: string; channel: string; source: string; orderedAt: Date }): Promise<boolean>;
  /** Says that a fact in MySQL has changed. @returns false when no journey is open. */
  nudge(orderKey: string, signal: 'rematch' | 'shipped' | 'changed'): Promise<boolean>;
}
