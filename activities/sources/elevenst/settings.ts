import { z } from 'zod';
import { CARRIERS } from '../../../domain/carrier';

/** dlvEtprsCd of the carriers, from the guide's table. */
const CARRIER_CODES = {
  cj: '00034',
  hanjin: '00011',
  lotte: '00012',
  logen: '00002',
  post: '00007',
} as const;

/** One seller account of 11번가. */
export const settingsSchema = z.strictObject({
  /** Without a path. */
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .default('https://api.11st.co.kr')
    .transform((url) => url.replace(/\/+$/, '')),
  /** openapikey. */
  apiKey: z.string().min(1),
  channel: z.string().min(1).default('11st'),
  /** What 11st answers in. Raw records are decoded by it, so it is not changed in use. */
  encoding: z.enum(['euc-kr', 'utf-8']).default('euc-kr'),
  carrierCodes: z
    .partialRecord(z.enum(CARRIERS), z.string().regex(/^\d{5}$/, 'is not a carrier code of 11st'))
    .default({})
    .transform((codes) => ({ ...CARRIER_CODES, ...codes })),
  timeoutMs: z.int().min(100).max(120_000).default(10_000),
});

export type ElevenstSettings = z.output<typeof settingsSchema>;
