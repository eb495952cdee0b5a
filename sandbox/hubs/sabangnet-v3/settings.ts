import { z } from 'zod';

/** What nobody documents of the hub, or documents in two ways: changed by `PUT /admin/settings`. */
export const settingsSchema = z.strictObject({
  /** As documented: three hours. */
  tokenLifeSeconds: z.int().min(1).default(10_800),
  /** Assumed: a status is told by its name, as one client has seen it; others have seen its number. */
  statusAs: z.enum(['name', 'code']).default('name'),
  /** As one client has seen it: a list without a record is a 404. */
  emptyAs: z.enum(['404', 'list']).default('404'),
  /** When the tracking number has gone to the mall (송장 전송완료) and cannot be changed any more; null: never. */
  mallTakesInvoiceAfterMs: z.int().min(0).nullable().default(null),
});

export type HubSettings = z.output<typeof settingsSchema>;
