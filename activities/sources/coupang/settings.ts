import { z } from 'zod';
import { CARRIERS } from '../../../domain/carrier';

/** 택배사 코드 of the developer portal; 롯데 and 로젠 are listed by their former names. */
const COMPANY_CODES = {
  cj: 'CJGLS',
  hanjin: 'HANJIN',
  lotte: 'HYUNDAI',
  logen: 'KGB',
  post: 'EPOST',
} as const;

/** One seller's account at Coupang Wing. */
export const settingsSchema = z.strictObject({
  /** The API gateway, without a path: signatures are over the path from its root on. */
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .default('https://api-gateway.coupang.com')
    .transform((url) => url.replace(/\/+$/, '')),
  /** 업체코드, as Wing shows it. */
  vendorId: z.string().regex(/^[A-Z]\d{8}$/, 'is an invalid vendor ID'),
  accessKey: z.string().min(1),
  secretKey: z.string().min(1),
  channel: z.string().min(1).default('coupang'),
  carrierCodes: z
    .partialRecord(z.enum(CARRIERS), z.string().regex(/^[A-Z0-9]{2,20}$/, 'is not a carrier code'))
    .default({})
    .transform((codes) => ({ ...COMPANY_CODES, ...codes })),
  /** Assumed: a sheet shows up under the minute in which it was made, so many minutes later at the latest. */
  lookBackMinutes: z.int().min(0).max(1_440).default(60),
  /** One answer has all sheets of so many minutes; Coupang asks for less than 24 hours, and less where it is slow. */
  sliceMinutes: z.int().min(1).max(1_430).default(120),
  /** A claim stays under the time at which it was made: so long it is looked at again for what became of it. */
  claimLookBackDays: z.int().min(1).max(29).default(14),
  /** How long a block for too many calls or errors lasts: some minutes to some ten. */
  blockedMs: z.int().min(0).default(180_000),
  timeoutMs: z.int().min(100).max(600_000).default(60_000),
});

export type CoupangSettings = z.output<typeof settingsSchema>;
