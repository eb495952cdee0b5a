import { z } from 'zod';
import { CARRIERS } from '../../../domain/carrier';
import { claimWords } from '../sabangnet/claim-words';
import { STATUS_MEANINGS } from '../sabangnet/order-status';

/**
 * deliveryCompanyCode: CJGLS and HANJIN are in the hub's own samples. Assumed: the others are those that Naver
 * publishes, which the two belong to as well.
 */
const CARRIER_CODES = {
  cj: 'CJGLS',
  hanjin: 'HANJIN',
  lotte: 'HYUNDAI',
  logen: 'KGB',
  post: 'EPOST',
} as const;

const item = z.string().regex(/^\w{1,40}$/, 'is no name of a response item');

/**
 * Response items that public material does not name, or names without saying what is in them; an account whose
 * hub calls them otherwise sets their names. Of SHOP_ORD_SEQ, CLAIM_SRNO and CLAIM_DT nothing public is known:
 * assumed after the XML hub's MALL_ORDER_SEQ, CL_IDX and CLAME_INS_DATE.
 */
const items = z
  .strictObject({
    /** What `malls` is keyed by: the mall's name, or `shmaId`, its code. */
    mall: item.default('SHOP_NM'),
    lineNumber: item.default('SHOP_ORD_SEQ'),
    deal: item.default('CM_PRD_NM'),
    option: item.default('CM_SKU_NM'),
    /** Assumed: of the line and without the delivery fee, as the XML hub's TOTAL_COST and PAY_COST are. */
    amount: item.default('ORDER_TOT_AMT'),
    paid: item.default('PAY_TOT_AMT'),
    claimNumber: item.default('CLAIM_SRNO'),
    claimedAt: item.default('CLAIM_DT'),
  })
  .prefault({});

/** One customer's account of the hub, as one client (app) of its gateway sees it. */
export const settingsSchema = z.strictObject({
  /** `https://api.sabangnet.co.kr`, without a path. */
  baseUrl: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
  clientCd: z.string().min(1),
  /** A bcrypt salt, as the developer centre hands it out. */
  clientSecret: z.string().regex(/^\$2[aby]\$\d\d\$[./A-Za-z0-9]{22}$/, 'is no bcrypt salt of 29 characters'),
  clientType: z.string().min(1).default('SB_APP'),
  /** Given: which of its environments the token is for; its sandbox wants to be told. */
  authMode: z.enum(['PRODUCTION', 'SANDBOX']).optional(),
  /** 서비스코드 of the customer. */
  svcAcntId: z.string().min(1),
  /** The mall as the hub words it → our channel. */
  malls: z.record(z.string().min(1), z.string().min(1)),
  items,
  /** ORDER_STATUS as the hub words it, where it is not known; and CLAIM_STS_DIV_CD. */
  statuses: z.record(z.string().min(1), z.enum(STATUS_MEANINGS)).default({}),
  claimStatuses: claimWords,
  carrierCodes: z
    .partialRecord(z.enum(CARRIERS), z.string().regex(/^\w{1,20}$/, 'is not a carrier code'))
    .default({})
    .transform((codes) => ({ ...CARRIER_CODES, ...codes })),
  /** False where the account may not read claims: an order's own status then tells all that is known. */
  readsClaims: z.boolean().default(true),
  /** The days before the window that are read again with it: an order stays under the moment it was collected. */
  lookBackDays: z.int().min(0).max(31).default(1),
  /** The same for claims; a return takes weeks until the goods are back. */
  claimLookBackDays: z.int().min(0).max(90).default(21),
  /** Records a page; the hub takes 50 to 1,000 of orders, and to 500 of claims. */
  perPage: z.int().min(50).max(500).default(500),
  timeoutMs: z.int().min(100).max(600_000).default(30_000),
});

export type SabangnetV3Settings = z.output<typeof settingsSchema>;
