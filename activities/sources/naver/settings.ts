import { z } from 'zod';
import { CARRIERS } from '../../../domain/carrier';

/** `deliveryCompanyCode` of the carriers, from the reference of the dispatch call. */
const DELIVERY_COMPANIES = {
  cj: 'CJGLS',
  hanjin: 'HANJIN',
  lotte: 'HYUNDAI',
  logen: 'KGB',
  post: 'EPOST',
} as const;

/** One application of the Commerce API. */
export const settingsSchema = z.strictObject({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .default('https://api.commerce.naver.com/external')
    .transform((url) => url.replace(/\/+$/, '')),
  clientId: z.string().min(1),
  /** Naver gives it out as the salt of bcrypt that it is used as. */
  clientSecret: z
    .string()
    .regex(/^\$2[aby]\$(0[4-9]|1[0-2])\$[./A-Za-z0-9]{22,}$/, 'is not a secret of Naver ($2a$04$…)'),
  /** The seller on whose behalf a solution's application calls; without it, the application's own store. */
  accountId: z.string().min(1).optional(),
  channel: z.string().min(1).max(40).default('smartstore'),
  carrierCodes: z
    .partialRecord(z.enum(CARRIERS), z.string().regex(/^[A-Z0-9]{1,30}$/, 'is not a deliveryCompanyCode'))
    .default({})
    .transform((codes) => ({ ...DELIVERY_COMPANIES, ...codes })),
  /** Changes, and details of product orders, that one call asks for. */
  pageSize: z.int().min(1).max(300).default(300),
  timeoutMs: z.int().min(100).max(600_000).default(30_000),
});

export type NaverSettings = z.output<typeof settingsSchema>;
