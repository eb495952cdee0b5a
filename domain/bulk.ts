/** What can be done to many orders at once. */
export const BULK_COMMANDS = ['hold', 'release', 'cancel', 'rematch', 'resend-tracking'] as const;
export type BulkCommand = (typeof BULK_COMMANDS)[number];

export const BULK_ROW_STATES = ['pending', 'done', 'failed'] as const;
export type BulkRowState = (typeof BULK_ROW_STATES)[number];

/** Orders in one job. */
export const BULK_AT_MOST = 50_000;
