import { dispatchId, wmsOrderCode } from '../../domain/dispatch-id';
import type { DispatchState } from '../../domain/dispatch-protocol';
import { type Comparison, isStill, type Listed, type Ours, reconcile } from '../../domain/reconcile';

const ORDER = 'coupang/1';
const CODE = wmsOrderCode(dispatchId(ORDER, 1));

const listed = (state: Listed['state'], reference = '7'): Listed => ({ code: CODE, reference, state });
const ours = (state: DispatchState, wms: string | null = 'w') =>
  new Map<string, Ours>([[CODE, { code: CODE, orderKey: ORDER, wms, state }]]);

function compare(given: Partial<Comparison> & Pick<Comparison, 'after'>) {
  const { differences, found } = reconcile({
    wms: 'w',
    listed: [],
    before: given.after,
    expected: new Set(given.after.keys()),
    ...given,
  });
  return { kinds: differences.map(({ kind }) => kind), differences, found };
}

describe('what we sent and what a WMS has', () => {
  it.each(['open', 'shipped'] as const)('agree on an accepted order that is %s there', (state) => {
    expect(compare({ after: ours('accepted'), listed: [listed(state)] }).kinds).toEqual([]);
  });

  it('differ by an accepted order that is not there, or was cancelled there', () => {
    expect(compare({ after: ours('accepted') }).kinds).toEqual(['missing_in_wms']);
    const { differences } = compare({ after: ours('accepted'), listed: [listed('cancelled')] });
    expect(differences).toMatchObject([{ kind: 'missing_in_wms', orderKey: ORDER }]);
    expect(differences[0]?.reason).toContain('w has cancelled');
  });

  it('differ by a cancellation that nobody has brought to its end', () => {
    expect(compare({ after: ours('cancelling') }).kinds).toEqual(['missing_in_wms']);
    expect(compare({ after: ours('cancelling'), listed: [listed('open')] }).kinds).toEqual([]);
  });

  it.each(['cancelled', 'superseded', 'rejected', 'ready'] as const)(
    'differ by a live order that is %s here',
    (state) => {
      expect(compare({ after: ours(state), listed: [listed('open')] }).kinds).toEqual(['surplus_in_wms']);
      expect(compare({ after: ours(state), listed: [listed('cancelled')] }).kinds).toEqual([]);
    },
  );

  it('differ by an order that was sent to another WMS, or that nobody knows', () => {
    expect(
      compare({ after: ours('accepted', 'other'), expected: new Set(), listed: [listed('open')] }).kinds,
    ).toEqual(['surplus_in_wms']);
    expect(compare({ after: new Map(), listed: [listed('open')] }).differences).toMatchObject([
      { kind: 'surplus_in_wms', orderKey: null },
    ]);
  });

  it('differ by two live orders under one code', () => {
    const twice = compare({ after: ours('accepted'), listed: [listed('open', '7'), listed('shipped', '8')] });
    expect(twice.kinds).toEqual(['double_in_wms']);
    expect(twice.differences[0]?.reason).toContain('7, 8');
  });

  it('say nothing of what moved while the WMS was asked, of what is under way, and of orders that are not ours', () => {
    const before = ours('sending');
    expect(compare({ before, after: ours('cancelled'), listed: [listed('open')] }).kinds).toEqual([]);
    expect(compare({ before, after: ours('accepted') }).kinds).toEqual([]);
    expect(compare({ after: ours('sending'), listed: [listed('open')] }).kinds).toEqual([]);
    const foreign = { ...listed('open'), code: 'SHOP-1' };
    expect(compare({ after: new Map(), listed: [foreign] }).kinds).toEqual([]);
  });

  it('tell what became of an unknown outcome', () => {
    expect(compare({ after: ours('unknown'), listed: [listed('open')] }).found).toEqual([
      { code: CODE, orderKey: ORDER, reference: '7' },
    ]);
  });

  it('still differ only if a second look says so', () => {
    const live = (kind: 'missing_in_wms' | 'surplus_in_wms' | 'double_in_wms') =>
      [0, 1, 2].filter((count) => isStill({ kind }, count));
    expect(live('missing_in_wms')).toEqual([0]);
    expect(live('surplus_in_wms')).toEqual([1, 2]);
    expect(live('double_in_wms')).toEqual([2]);
  });
});
