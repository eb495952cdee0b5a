import type { Recipient } from './order';

/** One dispatch as a WMS gets it. */
export interface WmsOrder {
  /** The caller key: fixed length, ASCII, at most 40 characters. */
  readonly code: string;
  /** The channel's order numbers, for people. */
  readonly orderNumbers: readonly string[];
  readonly channel: string;
  readonly orderedAt: Date;
  readonly recipient: Recipient;
  readonly items: readonly { readonly itemCode: string; readonly name: string; readonly quantity: number }[];
}

/** A line's item, with the order that it belongs to. */
export interface OrderedItem {
  readonly orderNumber: string;
  readonly channel: string;
  readonly orderedAt: Date;
  readonly recipient: Recipient & { readonly orderKey: string };
  readonly itemCode: string;
  readonly itemName: string;
}

/**
 * What a WMS is asked for.
 *
 * @param demand how many pieces of each item, over all lines.
 * @throws RangeError when there is nothing in it.
 */
export function wmsOrderOf(
  code: string,
  content: readonly OrderedItem[],
  demand: readonly { readonly itemCode: string; readonly quantity: number }[],
): WmsOrder {
  const [first] = content;
  if (first === undefined) throw new RangeError(`Dispatch ${code} holds nothing`);
  const { orderKey: _, ...recipient } = first.recipient;
  // Packed together, what any of them asks the courier for is for the one parcel.
  const deliveryMessage = content.find((line) => line.recipient.deliveryMessage !== null)?.recipient
    .deliveryMessage;
  const names = new Map(content.map((line) => [line.itemCode, line.itemName]));
  return {
    code,
    orderNumbers: [...new Set(content.map((line) => line.orderNumber))],
    channel: first.channel,
    orderedAt: first.orderedAt,
    recipient: { ...recipient, deliveryMessage: deliveryMessage ?? null },
    items: demand.map((d) => ({ ...d, name: names.get(d.itemCode) ?? d.itemCode })),
  };
}

/** How long a WMS lets what people wrote be, in characters. */
export interface WmsLimits {
  readonly name: number;
  readonly address: number;
  readonly deliveryMessage: number;
  /** The channel's order numbers, as one text. */
  readonly orderNumbers: number;
}

/** What is missing in an order or does not fit the WMS; never what the field holds. */
export function problemsOf(order: WmsOrder, limits: WmsLimits): string[] {
  const { recipient } = order;
  const problems: string[] = [];
  const check = (field: string, text: string, most: number, isNeeded = true) => {
    if (isNeeded && text.trim() === '') problems.push(`${field} is missing`);
    if (text.length > most) problems.push(`${field} has ${text.length} characters, ${most} fit`);
  };
  check('recipient.name', recipient.name, limits.name);
  check('recipient.address', recipient.address, limits.address);
  check('recipient.deliveryMessage', recipient.deliveryMessage ?? '', limits.deliveryMessage, false);
  // Of several, those are shown that fit; one must.
  check('orderNumbers', order.orderNumbers[0] ?? '', limits.orderNumbers);
  if (!/^\d{5}$/.test(recipient.postcode)) problems.push('recipient.postcode is not of five digits');
  if (!/\d{7}/.test(recipient.phone.replace(/\D/g, ''))) problems.push('recipient.phone is no number');
  if (order.items.length === 0) problems.push('items: there are none');
  for (const { itemCode, quantity } of order.items)
    if (quantity < 1) problems.push(`items: ${quantity} × ${itemCode}`);
  return problems;
}
