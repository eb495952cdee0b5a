/** What can be handed out as a file, changed there, and taken in again. */
export const LIST_KINDS = ['items', 'configurations', 'matches'] as const;
export type ListKindName = (typeof LIST_KINDS)[number];
