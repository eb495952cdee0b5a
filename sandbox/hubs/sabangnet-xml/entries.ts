import { z } from 'zod';
import { HUB_CHANNELS } from '../../catalogue';

/** What is kept on disk: the rest follows from it and from the time. */

const idx = z.string().regex(/^[0-9A-Za-z-]{1,40}$/, 'is not an IDX');

export const daySchema = z.strictObject({
  type: z.literal('day'),
  seed: z.int(),
  orders: z.int().min(0).max(99_999),
  overSeconds: z.number().min(0),
  date: z.iso.date(),
  channels: z
    .array(z.enum(HUB_CHANNELS))
    .min(1)
    .default([...HUB_CHANNELS]),
  /** Epoch milliseconds: the first order is collected then, the last `overSeconds` later. */
  startedAt: z.int(),
});

/** A record made by hand, to be as bad as one likes. */
export const handMadeSchema = z.strictObject({
  fields: z.record(z.string(), z.string()).default({}),
  /** Instead of a field's text: its content as it stands in the XML. */
  xml: z.record(z.string(), z.string()).default({}),
  /** Instead of a field's text: its bytes, in base64. */
  bytes: z.record(z.string(), z.base64()).default({}),
  /** Instead of everything: what stands in the list in the record's place, in base64. */
  whole: z.base64().optional(),
});

export type HandMade = z.output<typeof handMadeSchema>;

export const entrySchema = z.discriminatedUnion('type', [
  daySchema,
  z.strictObject({ type: z.literal('record'), idx, at: z.int(), made: handMadeSchema }),
  z.strictObject({ type: z.literal('read'), idx: z.array(idx) }),
  z.strictObject({ type: z.literal('cancel'), at: z.int(), idx: z.array(idx) }),
  z.strictObject({
    type: z.literal('claim'),
    at: z.int(),
    /** CL_IDX. The same one again: the hub's words for it have moved on. */
    number: idx,
    /** Of the line. */
    idx,
    words: z.string().min(1),
  }),
  z.strictObject({
    type: z.literal('invoice'),
    at: z.int(),
    idx,
    carrierCode: z.string(),
    invoice: z.string(),
  }),
]);

export type Entry = z.output<typeof entrySchema>;
