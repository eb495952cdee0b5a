/** What a column of a person's file of orders may mean. */
export const UPLOAD_FIELDS = [
  'orderNumber',
  'lineNumber',
  'orderedAt',
  'name',
  'phone',
  'phone2',
  'postcode',
  'address',
  'addressDetail',
  'deliveryMessage',
  'deal',
  'option',
  'quantity',
  'amount',
  'unitPrice',
  'discount',
  'shippingFee',
] as const;
export type UploadField = (typeof UPLOAD_FIELDS)[number];

/** Who pays nothing has no price either: samples leave these out. */
export const PRICE_FIELDS: readonly UploadField[] = ['amount', 'unitPrice', 'discount', 'shippingFee'];
