import type { Claim } from '../../domain/claim';
import { mergeParts, mergeSources } from '../../domain/merge-parts';
import type { OrderLine, OrderPart } from '../../domain/order';

function line(lineNumber: string, given: Partial<OrderLine> = {}): OrderLine {
  const base = {
    deal: '김',
    option: '',
    quantity: 3,
    cancelledQuantity: 0,
    amount: 1_000n,
    discount: 0n,
    listing: null,
  };
  return { lineNumber, ...base, ...given };
}

function part(lines: OrderLine[], address = '서울'): OrderPart {
  const recipient = {
    name: '가',
    phone: '010-0000-0000',
    phone2: null,
    postcode: '04524',
    address,
    deliveryMessage: null,
  };
  const base = {
    channel: 'coupang',
    orderNumber: '1',
    orderedAt: new Date(0),
    shippingFee: 0n,
    shipBy: null,
  };
  return { ...base, recipient, lines };
}

function cancellation(
  claimId: string,
  lineNumber: string,
  quantity: number,
  state: Claim['state'] = 'requested',
): Claim {
  const base = {
    kind: 'cancellation',
    channel: 'coupang',
    orderNumber: '1',
    requestedAt: new Date(0),
  } as const;
  return { ...base, claimId, state, lines: [{ lineNumber, quantity }] };
}

const cancelledOf = (lines: readonly OrderLine[]) => lines.map((each) => each.cancelledQuantity);

describe('claims on an order', () => {
  it('take back the units that they name, all of them together', () => {
    const claims = [cancellation('a', '1', 1), cancellation('b', '1', 1), cancellation('c', '2', 3)];
    expect(cancelledOf(mergeParts([part([line('1'), line('2')])], claims).lines)).toEqual([2, 3]);
  });

  it('are not counted beside what the order itself tells as cancelled', () => {
    const told = part([line('1', { cancelledQuantity: 1 })]);
    expect(cancelledOf(mergeParts([told], [cancellation('a', '1', 1)]).lines)).toEqual([1]);
  });

  it('count no more once they are withdrawn, and never more than was ordered', () => {
    const lines = [part([line('1')])];
    expect(cancelledOf(mergeParts(lines, [cancellation('a', '1', 2, 'withdrawn')]).lines)).toEqual([0]);
    expect(cancelledOf(mergeParts(lines, [cancellation('a', '1', 9)]).lines)).toEqual([3]);
  });

  it('that are no cancellations take nothing back', () => {
    const returned: Claim = { ...cancellation('a', '1', 1, 'done'), kind: 'return' };
    expect(cancelledOf(mergeParts([part([line('1')])], [returned]).lines)).toEqual([0]);
  });
});

describe('an order that two sources tell of', () => {
  it('is what the leading one says, whichever told last', () => {
    const { order, conflicting } = mergeSources({ parts: [part([line('1')], '부산')], claims: [] }, [
      { parts: [part([line('1', { deal: '다른 말' })], '서울')], claims: [] },
    ]);
    expect(order.recipient.address).toBe('부산');
    expect(order.lines).toEqual([line('1')]);
    expect(conflicting).toEqual([]);
  });

  it('gets no line that only the other knows: that is named instead', () => {
    const other = { parts: [part([line('A'), line('B')])], claims: [] };
    const { order, conflicting } = mergeSources({ parts: [part([line('1')])], claims: [] }, [other]);
    expect(order.lines.map(({ lineNumber }) => lineNumber)).toEqual(['1']);
    expect(conflicting).toEqual(['A', 'B']);
  });

  it('loses the units that any of them tells as taken back, each once', () => {
    const leading = { parts: [part([line('1', { cancelledQuantity: 1 })])], claims: [] };
    const hub = { parts: [part([line('1', { cancelledQuantity: 2 })])], claims: [] };
    const claims = { parts: [], claims: [cancellation('a', '1', 1)] };
    expect(cancelledOf(mergeSources(leading, [hub, claims]).order.lines)).toEqual([2]);
  });
});
