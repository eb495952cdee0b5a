import { z } from 'zod';

/** What ECOUNT's guide leaves open, and what tests need: changed by `PUT /admin/settings`. */
export const settingsSchema = z.strictObject({
  /** One zone and one login in ten minutes. */
  loginEveryMs: z.int().min(0).default(600_000),
  /** Assumed: the ERP lets a company choose it. */
  sessionMs: z
    .int()
    .positive()
    .default(24 * 3_600_000),
  callsPerHour: z.int().positive().default(6_000),
  /** The guide names both for what is too much. */
  excessAs: z.union([z.literal(302), z.literal(412)]).default(412),
  /** Whether slips have a 주문No.; a company that does not manage it has none. */
  orderNumbers: z.enum(['given', 'none']).default('given'),
});

export type EcountSettings = z.output<typeof settingsSchema>;
