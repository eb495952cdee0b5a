/** The console's pages, in the order of its navigation: the first part of their addresses, whose first is the root. */
export const CONSOLE_PAGES = [
  '',
  'orders',
  'matching',
  'catalogue',
  'gifts',
  'upload',
  'dispatch',
  'stock',
  'collection',
  'sales',
  'audit',
  'settings',
] as const;
export type ConsolePage = (typeof CONSOLE_PAGES)[number];
