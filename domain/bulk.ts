/** What can be done to many orders at once. */
export const BULK_COMMANDS = ['hold', 'release', 'cancel', 'rematch', 'resend-tracking'] as const;
export type BulkCommand = (typeof BULK_COMMANDS)[number];

/** What a job does to its orders: a person's command, or what follows from a decision about a deal. */
export const BULK_WORK = [...BULK_COMMANDS, 'save-match', 'undo-match'] as const;
export type BulkWork = (typeof BULK_WORK)[number];

export const BULK_ROW_STATES = ['pending', 'done', 'failed'] as const;
export type BulkRowState = (typeof BULK_ROW_STATES)[number];

/** Orders in one job. */
export const BULK_AT_MOST = 50_000;
