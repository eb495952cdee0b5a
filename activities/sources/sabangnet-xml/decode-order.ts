import { UndecodableRecord } from '../../../domain/errors';
import type { OrderLine, OrderPart } from '../../../domain/order';
import { checkedPart, countOf, type FieldNames, oneLine, wonOf } from '../order-part';
import { hubTime } from '../sabangnet/hub-time';
import { isCancelledBy } from '../sabangnet/order-line';
import { meaningOfStatus } from '../sabangnet/order-status';
import { lineNumberIn, mallOf, type Read } from './mall-line';
import type { SabangnetXmlSettings } from './settings';

/** What is asked of an order's line, in the hub's spelling; the hub sends nothing else. */
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

/**
 * One `<DATA>` of an order list: one line of an order, which other records may have lines of too.
 *
 * @throws UndecodableRecord naming the field in the hub's spelling, without personal data.
 */
export function decodeOrder(read: Read, settings: SabangnetXmlSettings): OrderPart {
  const { channel, lineNumberField } = mallOf(read('MALL_ID'), settings);
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
    lineNumber: lineNumberIn(read, lineNumberField),
    deal: oneLine(read('PRODUCT_NAME')),
    option: oneLine(read('SKU_VALUE')),
    quantity,
    cancelledQuantity: isCancelled(read('ORDER_STATUS')) ? quantity : 0,
    amount,
    discount: amount - paid,
    listing: null,
  };
}

function isCancelled(word: string): boolean {
  return isCancelledBy(meaningOfStatus(word), 'ORDER_STATUS', word);
}
