import type { OrderLine, StandardOrder } from '../../domain/order';
import { changeOf, type WrittenOrder } from '../../domain/order-change';

const recipient = {
  name: '가',
  phone: '010-0000-0000',
  phone2: null,
  postcode: '04524',
  address: '서울',
  deliveryMessage: null,
};

function line(lineNumber: string, given: Partial<OrderLine> = {}): OrderLine {
  const base = {
    deal: '김',
    option: '',
    quantity: 2,
    cancelledQuantity: 0,
    amount: 1_000n,
    discount: 0n,
    listing: null,
  };
  return { lineNumber, ...base, ...given };
}

function now(lines: OrderLine[], given: Partial<StandardOrder> = {}): StandardOrder {
  const base = {
    key: 'coupang/1',
    channel: 'coupang',
    orderNumber: '1',
    orderedAt: new Date(0),
    shippingFee: 0n,
    shipBy: null,
  };
  return { ...base, recipient, lines, ...given };
}

const before: WrittenOrder = { recipient, lines: [line('1'), line('2')] };

describe('what a newer reading changes', () => {
  it.each([
    ['money', now([line('1', { amount: 5n, discount: 1n }), line('2')], { shippingFee: 3_000n })],
    ['the date to ship by', now([line('1'), line('2')], { shipBy: new Date() })],
  ])('is nothing of what is to be sent where it is %s', (_, told) => {
    expect(changeOf(before, told)).toEqual({ altered: [], added: [] });
  });

  it.each([
    ['fewer units', now([line('1', { cancelledQuantity: 1 }), line('2')]), 'line 1 is 1 units instead of 2'],
    ['more units', now([line('1', { quantity: 3 }), line('2')]), 'line 1 is 3 units instead of 2'],
    ['another option', now([line('1', { option: '2번' }), line('2')]), 'line 1 is worded differently'],
    ['a line that is gone', now([line('1')]), 'line 2 is gone'],
    [
      'another address',
      now([line('1'), line('2')], { recipient: { ...recipient, address: '부산' } }),
      'the recipient is another',
    ],
  ])('is told without personal data: %s', (_, told, words) => {
    expect(changeOf(before, told)).toEqual({ altered: [words], added: [] });
  });

  it('is a line more, unless it is cancelled already', () => {
    const told = now([line('1'), line('2'), line('3'), line('4', { cancelledQuantity: 2 })]);
    expect(changeOf(before, told)).toEqual({ altered: [], added: ['3'] });
  });

  it('is nothing where a line that was cancelled is gone', () => {
    const cancelled = { recipient, lines: [line('1'), line('2', { cancelledQuantity: 2 })] };
    expect(changeOf(cancelled, now([line('1')]))).toEqual({ altered: [], added: [] });
  });
});
