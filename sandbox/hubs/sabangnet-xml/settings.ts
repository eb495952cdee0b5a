import { z } from 'zod';

/** What nobody documents of the hub: assumed, and changed by `PUT /admin/settings`. */
export const settingsSchema = z.strictObject({
  /** Assumed: the answer tells a status by its word, as public clients read it, not by its number. */
  statusAs: z.enum(['word', 'code']).default('word'),
  /** Assumed: what the hub says to a wrong key or document; HTTP 200 in each case. */
  errorsAs: z.enum(['text', 'html']).default('text'),
  /** Assumed: the same number again is no error while it may be edited (SEND_INV_EDIT_YN=Y). */
  sameInvoiceAgain: z.enum(['success', 'fail']).default('success'),
  /** When the mall has taken the tracking number and it cannot be changed any more; null: never. */
  mallTakesInvoiceAfterMs: z.int().min(0).nullable().default(null),
});

export type HubSettings = z.output<typeof settingsSchema>;
