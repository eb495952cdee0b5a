import { z } from 'zod';
import { CARRIERS } from '../../../domain/carrier';
import { claimWords } from '../sabangnet/claim-words';

/**
 * TAK_CODE of the carriers as public clients of the hub use them. The hub's own list is per account
 * (기본정보 > 택배사), so that `carrierCodes` overrides each.
 */
const TAK_CODES = { cj: '001', hanjin: '004', lotte: '002', logen: '007', post: '009' } as const;

const code = z.string().regex(/^[0-9A-Za-z]{1,10}$/, 'is not a carrier code');

/** Which field holds the channel's own line number. */
const lineNumberField = z.enum(['MALL_ORDER_SEQ', 'MALL_ORDER_ID', 'IDX']);

const mall = z.union([
  z.string().min(1),
  z.strictObject({
    channel: z.string().min(1),
    lineNumberField: lineNumberField.optional(),
    /** CLAME_STATUS_GUBUN as this mall words it, where it does so in words of its own. */
    claimWords,
  }),
]);

/** One Sabangnet account. */
export const settingsSchema = z.strictObject({
  /** `https://sbadminNN.sabangnet.co.kr`, without a path. */
  baseUrl: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
  companyId: z.string().min(1),
  authKey: z.string().min(1),
  /** MALL_ID as the hub words it → our channel. */
  malls: z.record(z.string().min(1), mall),
  /**
   * Assumed: MALL_ORDER_SEQ is the mall's own number of the line, the one its direct API gives. A mall
   * that keeps it elsewhere (부주문번호) gets a `lineNumberField` of its own in `malls`.
   */
  lineNumberField: lineNumberField.default('MALL_ORDER_SEQ'),
  /** What the hub is asked to answer in. Raw records are decoded by it, so it is not changed in use. */
  encoding: z.enum(['euc-kr', 'utf-8']).default('euc-kr'),
  carrierCodes: z
    .partialRecord(z.enum(CARRIERS), code)
    .default({})
    .transform((codes) => ({ ...TAK_CODES, ...codes })),
  /** The hub fetches its requests from here; it must reach this address. */
  listenHost: z.string().min(1).default('127.0.0.1'),
  /** 0: a free one. */
  listenPort: z.int().min(0).max(65_535).default(0),
  /** Where the hub finds the listener, if not at its own address (behind a proxy). */
  publicBaseUrl: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  /**
   * The days before the window that are read again with it: a cancellation shows in the order's own
   * record, which stays under the day on which the hub collected it.
   */
  lookBackDays: z.int().min(0).max(31).default(1),
  /** False where the account may not read claims: an order's own status then tells all that is known. */
  readsClaims: z.boolean().default(true),
  /**
   * The days before the window whose claims are read again with it. Assumed: a claim stays under the day on which
   * the hub collected it while its words move on, and a return takes weeks until the goods are back.
   */
  claimLookBackDays: z.int().min(0).max(90).default(21),
  timeoutMs: z.int().min(100).max(600_000).default(60_000),
});

export type SabangnetXmlSettings = z.output<typeof settingsSchema>;
