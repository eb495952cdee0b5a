/** The kinds of things that happen to an order. */
export const TIMELINE_KINDS = [
  'received',
  'claim',
  'matched',
  'dispatch',
  'attempt',
  'shipped',
  'tracking',
  'returned',
  'sale',
  'task',
  'person',
  'erased',
] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];
