import { isCancelled, mergeParts } from '../../domain/merge-parts';
import type { OrderLine, OrderPart } from '../../domain/order';

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

function part(lines: OrderLine[], given: Partial<OrderPart> = {}): OrderPart {
  return {
    channel: 'coupang',
    orderNumber: '1',
    shipBy: null,
    orderedAt: new Date('2026-11-20T01:00:00Z'),
    recipient: {
      name: '가',
      phone: '010-0000-0000',
      phone2: null,
      postcode: '04524',
      address: '서울',
      deliveryMessage: null,
    },
    shippingFee: 0n,
    lines,
    ...given,
  };
}

describe('an order put together from its records', () => {
  it('has each line once, as the newest record that names it tells it, in the order they came', () => {
    const parts = [part([line('1')]), part([line('2')]), part([line('1', { quantity: 5 })])];
    const merged = mergeParts(parts);
    expect(merged.key).toBe('coupang/1');
    expect(merged.lines.map((l) => [l.lineNumber, l.quantity])).toEqual([
      ['1', 5],
      ['2', 2],
    ]);
  });

  it('goes to the recipient that the newest record names', () => {
    const moved = { ...part([]).recipient, address: '부산' };
    expect(mergeParts([part([line('1')]), part([line('2')], { recipient: moved })]).recipient).toEqual(moved);
  });

  it('has one shipping fee, the highest that a record tells, wherever it stands', () => {
    const fees = [0n, 3_000n, 2_500n].map((shippingFee, n) => part([line(String(n))], { shippingFee }));
    expect(mergeParts(fees).shippingFee).toBe(3_000n);
    expect(mergeParts(fees.toReversed()).shippingFee).toBe(3_000n);
  });

  it('is refused for records of different orders, and for none', () => {
    expect(() => mergeParts([part([line('1')]), part([line('1')], { orderNumber: '2' })])).toThrow(
      RangeError,
    );
    expect(() => mergeParts([])).toThrow(RangeError);
  });

  it('is cancelled only when every unit of every line is', () => {
    const gone = line('1', { cancelledQuantity: 2 });
    expect(isCancelled(part([gone, line('2', { cancelledQuantity: 2 })]))).toBe(true);
    expect(isCancelled(part([gone, line('2')]))).toBe(false);
    expect(isCancelled(part([line('1', { cancelledQuantity: 1 })]))).toBe(false);
  });
});
