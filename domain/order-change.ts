import type { OrderLine, Recipient, StandardOrder } from './order';

/** An order as it was written down last. */
export interface WrittenOrder {
  readonly recipient: Recipient;
  readonly lines: readonly Pick<
    OrderLine,
    'lineNumber' | 'deal' | 'option' | 'quantity' | 'cancelledQuantity'
  >[];
}

/** What a newer reading changes of an order. */
export interface OrderChange {
  /** What was asked for is another now, in words without personal data: what the WMS has is not what is wanted. */
  readonly altered: readonly string[];
  /** Numbers of lines that were not there before. */
  readonly added: readonly string[];
}

/** Money, and what only we can see, changes nothing of what is to be sent. */
export function changeOf(before: WrittenOrder, now: StandardOrder): OrderChange {
  const written = new Map(before.lines.map((line) => [line.lineNumber, line]));
  const told = new Set(now.lines.map(({ lineNumber }) => lineNumber));
  const altered = now.lines.flatMap((line) => {
    const known = written.get(line.lineNumber);
    return known === undefined ? [] : alterations(known, line);
  });
  const gone = before.lines
    .filter((line) => !told.has(line.lineNumber) && line.cancelledQuantity < line.quantity)
    .map(({ lineNumber }) => `line ${lineNumber} is gone`);
  const moved = isSame(before.recipient, now.recipient) ? [] : ['the recipient is another'];
  return {
    altered: [...altered, ...gone, ...moved],
    added: now.lines
      .filter((line) => !written.has(line.lineNumber) && line.cancelledQuantity < line.quantity)
      .map(({ lineNumber }) => lineNumber),
  };
}

function alterations(before: WrittenOrder['lines'][number], now: OrderLine): string[] {
  const name = `line ${now.lineNumber}`;
  const units = (line: Pick<OrderLine, 'quantity' | 'cancelledQuantity'>) =>
    line.quantity - line.cancelledQuantity;
  return [
    ...(units(before) === units(now) ? [] : [`${name} is ${units(now)} units instead of ${units(before)}`]),
    ...(before.deal === now.deal && before.option === now.option ? [] : [`${name} is worded differently`]),
  ];
}

function isSame(before: Recipient, now: Recipient): boolean {
  return (['name', 'phone', 'phone2', 'postcode', 'address', 'deliveryMessage'] as const).every(
    (field) => before[field] === now[field],
  );
}
