import { z } from 'zod';

/** What 11st's guide leaves open, and what tests need: changed by `PUT /admin/settings`. */
export const settingsSchema = z.strictObject({
  /** Assumed: the list of orders being prepared goes by the time of payment, as the list of new ones does. */
  packagingBy: z.enum(['paid', 'confirmed']).default('paid'),
  /** Assumed: a list of claims without rows is the guide's example, an error -1; the lists of orders have a 0. */
  emptyClaimsAs: z.enum(['-1', '0']).default('-1'),
  /** The guide: another order's tracking number is refused (-3320). */
  usedInvoices: z.enum(['refused', 'accepted']).default('refused'),
  /** Rows of a list at most; the guide says 3,000 and offers no further page. */
  longestList: z.int().positive().default(3_000),
  /** 서버 점검중: every Friday night. */
  maintenance: z.boolean().default(false),
});

export type ElevenstSettings = z.output<typeof settingsSchema>;
