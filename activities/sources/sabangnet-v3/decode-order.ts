import { UndecodableRecord } from '../../../domain/errors';
import type { OrderLine, OrderPart } from '../../../domain/order';
import { checkedPart, countOf, type FieldNames, oneLine, wonOf } from '../order-part';
import { hubTime } from '../sabangnet/hub-time';
import { isCancelledBy, lineNumberOf, mallNamed } from '../sabangnet/order-line';
import { meaningOfStatus } from '../sabangnet/order-status';
import type { Fields } from './fields';
import { ORDER_ITEMS } from './lists';
import type { SabangnetV3Settings } from './settings';

/** What the hub calls the option of what is sold without one. */
const NO_OPTION = '단품';

/** One record of an order list: one line of an order, which other records may have lines of too. */
export function decodeOrder(read: Fields['read'], settings: SabangnetV3Settings): OrderPart {
  const { mall } = settings.items;
  const { id, orderNumber, orderedAt, shippingFee } = ORDER_ITEMS;
  if (read(id) === '') throw new UndecodableRecord(id, 'is missing');
  return checkedPart(
    {
      channel: mallNamed(settings.malls, mall, read(mall)),
      orderNumber: read(orderNumber),
      orderedAt: hubTime(read(orderedAt)),
      recipient: recipientOf(read),
      shippingFee: wonOf(shippingFee, read(shippingFee) || '0'),
      shipBy: null,
      lines: [lineOf(read, settings)],
    },
    fieldOf(settings),
  );
}

/** The hub fills in a number that it does not have with `- -`. */
function phoneOf(text: string): string {
  return /\d/.test(text) ? text : '';
}

function recipientOf(read: Fields['read']): OrderPart['recipient'] {
  const mobile = phoneOf(read(ORDER_ITEMS.mobile));
  const landline = phoneOf(read(ORDER_ITEMS.landline));
  return {
    name: oneLine(read(ORDER_ITEMS.name)),
    phone: mobile || landline,
    phone2: mobile && landline && landline !== mobile ? landline : null,
    postcode: read(ORDER_ITEMS.postcode),
    address: oneLine(read(ORDER_ITEMS.address)),
    deliveryMessage: oneLine(read(ORDER_ITEMS.deliveryMessage)) || null,
  };
}

function lineOf(read: Fields['read'], { items, statuses }: SabangnetV3Settings): OrderLine {
  const quantity = countOf(ORDER_ITEMS.quantity, read(ORDER_ITEMS.quantity));
  const amount = wonOf(items.amount, read(items.amount));
  const paid = read(items.paid) === '' ? amount : wonOf(items.paid, read(items.paid));
  if (paid > amount)
    throw new UndecodableRecord(items.paid, `${paid} is more than ${items.amount} ${amount}`);
  const status = read(ORDER_ITEMS.status);
  const isCancelled = isCancelledBy(meaningOfStatus(status, statuses), ORDER_ITEMS.status, status);
  const option = oneLine(read(items.option));
  return {
    lineNumber: lineNumberOf(read(items.lineNumber), read(ORDER_ITEMS.id)),
    deal: oneLine(read(items.deal)),
    option: option === NO_OPTION ? '' : option,
    quantity,
    cancelledQuantity: isCancelled ? quantity : 0,
    amount,
    discount: amount - paid,
    listing: null,
  };
}

/** The hub's name of each part of the standard form, for messages. */
function fieldOf({ items }: SabangnetV3Settings): FieldNames {
  const { id, status, mobile, landline, ...named } = ORDER_ITEMS;
  return {
    ...named,
    channel: items.mall,
    phone: mobile,
    phone2: landline,
    lines: id,
    lineNumber: items.lineNumber,
    deal: items.deal,
    option: items.option,
    cancelledQuantity: status,
    amount: items.amount,
    discount: items.paid,
  };
}
