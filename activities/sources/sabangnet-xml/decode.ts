import { UndecodableRecord } from '../../../domain/errors';
import type { OrderLine, OrderPart } from '../../../domain/order';
import { checkedPart, countOf, type FieldNames, oneLine, wonOf } from '../order-part';
import { readFields } from './read-fields';
import type { SabangnetXmlSettings } from './settings';
import { hubTime } from './wire';

/** What `decode` reads, in the hub's spelling; the hub sends nothing else. */
export const ORDER_FIELDS = [
  'IDX',
  'ORDER_ID',
  'MALL_ID',
  'ORDER_STATUS',
  'ORDER_DATE',
  'RECEIVE_NAME',
  'RECEIVE_CEL',
  'RECEIVE_TEL',
  'RECEIVE_ZIPCODE',
  'RECEIVE_ADDR',
  'DELV_MSG',
  'PRODUCT_NAME',
  'SKU_VALUE',
  'SALE_CNT',
  'TOTAL_COST',
  'PAY_COST',
  'DELV_COST',
  'MALL_ORDER_SEQ',
  'MALL_ORDER_ID',
  'copy_idx',
] as const;

type OrderField = (typeof ORDER_FIELDS)[number];

/** The hub's name of each part of the standard form, for messages. */
const FIELD_OF: FieldNames<OrderField> = {
  channel: 'MALL_ID',
  orderNumber: 'ORDER_ID',
  orderedAt: 'ORDER_DATE',
  name: 'RECEIVE_NAME',
  phone: 'RECEIVE_CEL',
  phone2: 'RECEIVE_TEL',
  postcode: 'RECEIVE_ZIPCODE',
  address: 'RECEIVE_ADDR',
  deliveryMessage: 'DELV_MSG',
  shippingFee: 'DELV_COST',
  lines: 'IDX',
  lineNumber: 'MALL_ORDER_SEQ',
  deal: 'PRODUCT_NAME',
  option: 'SKU_VALUE',
  quantity: 'SALE_CNT',
  cancelledQuantity: 'ORDER_STATUS',
  amount: 'TOTAL_COST',
  discount: 'PAY_COST',
};

/** The hub asks for a status by number and answers with its word; both are understood. */
const STATUSES: readonly (readonly [Status, string])[] = [
  ['open', '신규주문 주문확인 배송보류 001 002 006'],
  // 폐기: the seller threw the order away in the hub.
  ['cancelled', '취소접수 취소완료 폐기 007 010 999'],
  ['shipped', '출고대기 출고완료 003 004'],
  [
    'shipped',
    '교환접수 교환발송준비 교환발송완료 교환회수준비 교환회수완료 교환완료 008 021 022 023 024 011',
  ],
  ['shipped', '반품접수 반품회수준비 반품회수완료 반품완료 009 025 026 012'],
];
type Status = 'open' | 'cancelled' | 'shipped';
const STATUS_OF = new Map(
  STATUSES.flatMap(([status, words]) => words.split(' ').map((word): [string, Status] => [word, status])),
);

type Read = (field: OrderField) => string;

/**
 * One `<DATA>` of an order list: one line of an order, which other records may have lines of too.
 *
 * @throws UndecodableRecord naming the field in the hub's spelling, without personal data.
 */
export function decode(record: Uint8Array, settings: SabangnetXmlSettings): OrderPart {
  const fields = readFields(record, settings.encoding);
  const read: Read = (field) => fields.get(field) ?? '';
  const { channel, lineNumberField } = mallOf(read, settings);
  return checkedPart(
    {
      channel,
      orderNumber: read('ORDER_ID'),
      orderedAt: hubTime(read('ORDER_DATE')),
      recipient: recipientOf(read),
      shippingFee: wonOf('DELV_COST', read('DELV_COST') || '0'),
      shipBy: null,
      lines: [lineOf(read, lineNumberField)],
    },
    FIELD_OF,
  );
}

function mallOf(read: Read, settings: SabangnetXmlSettings) {
  const name = read('MALL_ID');
  const mall = Object.hasOwn(settings.malls, name) ? settings.malls[name] : undefined;
  if (mall === undefined)
    throw new UndecodableRecord(
      'MALL_ID',
      name === '' ? 'is missing' : `no channel is set for ${JSON.stringify(name.slice(0, 40))}`,
    );
  const { channel, lineNumberField } = typeof mall === 'string' ? { channel: mall } : mall;
  return { channel, lineNumberField: lineNumberField ?? settings.lineNumberField };
}

function recipientOf(read: Read): OrderPart['recipient'] {
  const mobile = read('RECEIVE_CEL');
  const landline = read('RECEIVE_TEL');
  return {
    name: oneLine(read('RECEIVE_NAME')),
    phone: mobile || landline,
    phone2: mobile && landline && landline !== mobile ? landline : null,
    postcode: read('RECEIVE_ZIPCODE'),
    address: oneLine(read('RECEIVE_ADDR')),
    deliveryMessage: oneLine(read('DELV_MSG')) || null,
  };
}

function lineOf(read: Read, lineNumberField: SabangnetXmlSettings['lineNumberField']): OrderLine {
  const quantity = countOf('SALE_CNT', read('SALE_CNT'));
  const amount = wonOf('TOTAL_COST', read('TOTAL_COST'));
  // Assumed: PAY_COST is of this line and without the delivery fee; malls that tell none leave it empty.
  const paid = read('PAY_COST') === '' ? amount : wonOf('PAY_COST', read('PAY_COST'));
  if (paid > amount) throw new UndecodableRecord('PAY_COST', `${paid} is more than TOTAL_COST ${amount}`);
  return {
    lineNumber: lineNumberOf(read, lineNumberField),
    deal: oneLine(read('PRODUCT_NAME')),
    option: oneLine(read('SKU_VALUE')),
    quantity,
    cancelledQuantity: isCancelled(read('ORDER_STATUS')) ? quantity : 0,
    amount,
    discount: amount - paid,
    listing: null,
  };
}

/**
 * The mall's own number of the line, so that the order is the same when it comes by the mall's API. A
 * line that the hub alone knows (a copy made in it, a mall without line numbers) is named by the hub's
 * number, with a prefix that no mall's number has: it joins the order as a line of its own, never as a
 * line that is there already.
 */
function lineNumberOf(read: Read, field: SabangnetXmlSettings['lineNumberField']): string {
  const idx = read('IDX');
  if (idx === '') throw new UndecodableRecord('IDX', 'is missing');
  // Assumed: copy_idx is empty, 0 or the record's own IDX unless the record was copied in the hub.
  const copiedFrom = read('copy_idx');
  const isCopy = copiedFrom !== '' && copiedFrom !== '0' && copiedFrom !== idx;
  const own = field === 'IDX' || isCopy ? '' : read(field);
  return own === '' ? `idx-${idx}` : own;
}

/**
 * What we ship ourselves is known by its first reading, and read again under the same content hash. A
 * record that is new to us and shipped already (by hand, by the system before us) must not ship again.
 */
function isCancelled(word: string): boolean {
  const status = STATUS_OF.get(word);
  if (status === undefined)
    throw new UndecodableRecord('ORDER_STATUS', `unknown status ${JSON.stringify(word.slice(0, 40))}`);
  if (status === 'shipped')
    throw new UndecodableRecord('ORDER_STATUS', `${word}: shipped outside, or changed after it was shipped`);
  return status === 'cancelled';
}
