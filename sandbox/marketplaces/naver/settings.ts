import { z } from 'zod';

/** What a run may want otherwise, and what nobody documents for sure: assumed, changed by `PUT /admin/settings`. */
export const settingsSchema = z.strictObject({
  /** A token holds three hours. */
  tokenMs: z.int().min(1).default(10_800_000),
  /** Whoever asks is given the same token again while it holds for longer than that. */
  sameTokenAboveMs: z.int().min(0).default(1_800_000),
  /** Of each kind, twice as many in a burst; a store's own application has 2. 0: no limit. */
  callsPerSecond: z.int().min(0).default(0),
  /** Assumed: what is so already fails, though the reference says also that it is left out, or ignored. */
  repeated: z.enum(['fails', 'left-out', 'succeeds']).default('fails'),
  /** The reference lists codes; its maintainers say that failures have 9999, whatever the reason. */
  failCodes: z.enum(['own', '9999']).default('own'),
  /** Assumed: a tracking number may be used for several orders (합포장) unless set so (104121, 기사용 송장). */
  usedNumbers: z.enum(['taken', 'refused']).default('taken'),
  /** Assumed: a list without changes is empty. */
  noChanges: z.enum(['empty-list', 'no-data']).default('empty-list'),
  /** Product orders whose details it does not give, though the change feed names them. */
  withheld: z.array(z.string()).default([]),
});

export type NaverStandInSettings = z.output<typeof settingsSchema>;
