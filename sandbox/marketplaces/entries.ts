import { z } from 'zod';
import { CLAIM_KINDS } from '../../domain/claim';
import { CHANNELS } from '../catalogue';

/** What a marketplace keeps on disk: the rest follows from it and from the time. */

const at = z.int();
const serial = z.int().positive();

export const daySchema = z.strictObject({
  seed: z.int(),
  orders: z.int().min(0).max(99_999),
  /** The first order is offered at once, the last so many seconds later. */
  overSeconds: z.number().min(0).default(0),
  /** The day in Korea on which they were placed. */
  date: z.iso.date(),
  channels: z.array(z.enum(CHANNELS)).min(1),
});

export const addressSchema = z.strictObject({ orderNumber: z.string(), address: z.string().min(1) });

export const claimSchema = z.strictObject({
  orderNumber: z.string(),
  kind: z.enum(CLAIM_KINDS),
  /** All lines in full, unless given. */
  lines: z
    .array(z.strictObject({ lineNumber: z.string(), quantity: z.int().positive() }))
    .min(1)
    .optional(),
  /** `done`: the goods of a return are back. */
  state: z.enum(['requested', 'done', 'withdrawn']).default('requested'),
});

export const entrySchema = z.discriminatedUnion('type', [
  daySchema.extend({ type: z.literal('day'), startedAt: at }),
  z.strictObject({ type: z.literal('broken'), at }),
  z.strictObject({ type: z.literal('read'), serials: z.array(serial) }),
  z.strictObject({ type: z.literal('acknowledge'), at, serials: z.array(serial) }),
  z.strictObject({
    type: z.literal('invoice'),
    at,
    serial,
    lineNumber: z.string(),
    carrierCode: z.string(),
    number: z.string(),
  }),
  addressSchema.extend({ type: z.literal('address'), at }),
  claimSchema.extend({ type: z.literal('claim'), at }),
  z.strictObject({
    type: z.literal('claim-state'),
    at,
    claimId: z.string(),
    state: z.enum(['done', 'withdrawn']),
    /** The seller said so. */
    answered: z.boolean(),
  }),
  z.strictObject({ type: z.literal('stock'), at, listing: z.string(), quantity: z.int().min(0) }),
]);

export type Entry = z.output<typeof entrySchema>;
export type Day = Extract<Entry, { type: 'day' }>;
