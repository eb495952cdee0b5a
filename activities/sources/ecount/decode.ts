import { UndecodableRecord } from '../../../domain/errors';
import type { OrderLine, OrderPart } from '../../../domain/order';
import { seoulTime } from '../../../domain/seoul';
import { checkedPart, countOf, type FieldNames, oneLine, wonOf } from '../order-part';
import { type Read, readRow, rowNumber, slipOf } from './rows';
import type { EcountSettings } from './settings';

type Columns = EcountSettings['columns'];

/**
 * One row of a slip: a line of an order, which other rows may have lines of too.
 *
 * @throws UndecodableRecord naming the column, without personal data.
 */
export function decode(body: Uint8Array, { columns, channel }: EcountSettings): OrderPart {
  const read = readRow(body);
  const slip = slipOf(read, columns);
  const due = read(columns.shipBy);
  return checkedPart(
    {
      channel,
      // No 주문No. begins so: the slip's own number is never taken for another order's.
      orderNumber: read(columns.orderNumber) || `slip-${slip}`,
      // The ERP knows the day only.
      orderedAt: seoulTime(read(columns.slipDate)),
      recipient: recipientOf(read, columns),
      shippingFee: won(read, columns.shippingFee),
      shipBy: due === '' ? null : seoulTime(/^\d{8}$/.test(due) ? `${due}235959` : due),
      lines: [lineOf(read, columns)],
    },
    fieldNames(columns),
  );
}

function fieldNames({ slipDate, amount, ...columns }: Columns): FieldNames {
  return {
    ...columns,
    channel: 'channel',
    orderedAt: slipDate,
    lines: columns.row,
    cancelledQuantity: columns.quantity,
    amount: amount.join('+'),
  };
}

function recipientOf(read: Read, columns: Columns): OrderPart['recipient'] {
  const [first, second] = [read(columns.phone), read(columns.phone2)];
  return {
    name: oneLine(read(columns.name)),
    phone: first || second,
    phone2: first && second && first !== second ? second : null,
    postcode: read(columns.postcode),
    address: oneLine(read(columns.address)),
    deliveryMessage: oneLine(read(columns.deliveryMessage)) || null,
  };
}

function lineOf(read: Read, columns: Columns): OrderLine {
  return {
    lineNumber: read(columns.lineNumber) || rowNumber(read, columns),
    deal: oneLine(read(columns.deal)),
    option: oneLine(read(columns.option)),
    quantity: countOf(columns.quantity, whole(read(columns.quantity))),
    // What is not wanted any more is not in the list.
    cancelledQuantity: 0,
    amount: amountOf(read, columns.amount),
    discount: won(read, columns.discount),
    listing: null,
  };
}

/** A row without any amount is no gift: its columns have other names. */
function amountOf(read: Read, columns: readonly string[]): bigint {
  const named = columns.filter((column) => read(column) !== '');
  if (named.length === 0) throw new UndecodableRecord(columns.join('+'), 'is missing');
  return named.reduce((sum, column) => sum + won(read, column), 0n);
}

/** KRW; an empty column is none. */
function won(read: Read, column: string): bigint {
  return wonOf(column, whole(read(column)) || '0');
}

/** NUMERIC columns come with all their places: `3.0000000000`. */
function whole(text: string): string {
  return text.replace(/^(\d+)\.0*$/, '$1');
}
