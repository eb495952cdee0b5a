import { z } from 'zod';

const column = z.string().regex(/^[A-Z][A-Z0-9_]{0,39}$/, 'is not the name of a column');
const url = z
  .string()
  .regex(/^https?:\/\//, 'is not an address')
  .transform((text) => text.replace(/\/+$/, ''));

/**
 * Which column of a row holds what. The names are those that SaveSaleOrder documents; what a company writes into the
 * free ones (U_MEMO…, ADD_…) is its own choice (입력화면설정).
 */
const columns = z.strictObject({
  /** 전표일자, `yyyymmdd`. */
  slipDate: column.default('IO_DATE'),
  /** Assumed: in a list it is the slip's number of its day. */
  slipNumber: column.default('UPLOAD_SER_NO'),
  /** Assumed: the row's number in its slip. */
  row: column.default('SER_NO'),
  /** 주문No.; where it is empty, the slip gives the order its number. */
  orderNumber: column.default('DOC_NO'),
  /** The line's number in its order; where it is empty, slip and row give it one. */
  lineNumber: column.default('ADD_TXT_01'),
  name: column.default('U_MEMO1'),
  phone: column.default('U_MEMO2'),
  phone2: column.default('ADD_TXT_01_T'),
  postcode: column.default('U_MEMO3'),
  address: column.default('U_MEMO4'),
  deliveryMessage: column.default('U_MEMO5'),
  deal: column.default('PROD_DES'),
  option: column.default('SIZE_DES'),
  quantity: column.default('QTY'),
  /** What the customer pays for the row: their sum. */
  amount: z.array(column).min(1).default(['SUPPLY_AMT', 'VAT_AMT']),
  discount: column.default('ADD_NUM_01'),
  shippingFee: column.default('ADD_NUM_01_T'),
  /** 납기일자, `yyyymmdd`. */
  shipBy: column.default('TIME_DATE'),
});

/** One company's 이카운트 ERP. */
export const settingsSchema = z.strictObject({
  /** Where the zone is asked for. */
  baseUrl: url.default('https://oapi.ecount.com'),
  /** Where everything else is asked for; `{ZONE}` stands for the zone. */
  zonedUrl: url.default('https://oapi{ZONE}.ecount.com'),
  comCode: z.string().min(1),
  userId: z.string().min(1),
  /** API_CERT_KEY. */
  certKey: z.string().min(1),
  channel: z.string().min(1).default('groupbuy'),
  /** Assumed: no list of sale orders is documented; it is taken to be the one of purchase orders. */
  listPath: z
    .string()
    .regex(/^[A-Za-z]+\/[A-Za-z]+$/, 'is not of the form Module/Call')
    .default('SaleOrder/GetSaleOrderList'),
  /** CUST of the slips that are group purchases; without it, all sale orders are. */
  customer: z.string().max(30).default(''),
  columns: columns.prefault({}),
  /**
   * The days before the window that are read again with it: slips are listed by their own date, and one may be typed in,
   * or changed, days later.
   */
  lookBackDays: z.int().min(0).max(20).default(7),
  /** Assumed: a session lasts at least so long, unless the ERP says that it has ended. */
  sessionHours: z.number().positive().max(24).default(12),
  timeoutMs: z.int().min(100).max(120_000).default(20_000),
});

export type EcountSettings = z.output<typeof settingsSchema>;
