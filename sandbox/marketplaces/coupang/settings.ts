import { z } from 'zod';

/** What the seller registered of an option, where it is not what the customer sees. */
const registeredSchema = z.strictObject({ productName: z.string(), itemName: z.string() });

/** What a run may want otherwise, and what nobody documents for sure: assumed, changed by `PUT /admin/settings`. */
export const settingsSchema = z.strictObject({
  /** Assumed: a signature holds for five minutes, before and after its time. */
  signatureMs: z.int().min(0).default(300_000),
  /** Coupang takes fewer than ten. 0: no limit. */
  callsPerSecond: z.int().min(0).default(0),
  /** So many errors within a second block the seller. 0: none do. */
  errorsPerSecond: z.int().min(0).default(0),
  blockMs: z.int().min(0).default(60_000),
  /** How long a list takes behind the gateway, which waits for three seconds unless it is asked for more. */
  listMs: z.int().min(0).default(0),
  /** Lines of an order that travel in one parcel; the others make further ones. */
  linesPerBox: z.int().min(1).default(2),
  /** Assumed: sheets of the minute that a question ends with are part of the answer, as samples have it. */
  lastMinute: z.enum(['included', 'excluded']).default('included'),
  /** How long units that were cancelled before the seller had them are on hold before they are refunded. */
  refundMs: z.int().min(0).default(0),
  shippedStatus: z.enum(['DEPARTURE', 'DELIVERING', 'FINAL_DELIVERY', 'NONE_TRACKING']).default('DEPARTURE'),
  /** By vendorItemId. */
  registered: z.record(z.string(), registeredSchema).default({}),
  /** At most so many exchanges a page; 0: pages that do not end. */
  exchangesPerPage: z.int().min(0).default(50),
});

export type CoupangStandInSettings = z.output<typeof settingsSchema>;
