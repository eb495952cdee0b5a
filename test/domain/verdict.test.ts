import { DISPATCH_STATES, mayMove } from '../../domain/dispatch-protocol';
import { msUntilHeard, settles, VERDICTS } from '../../domain/verdict';

/** What each leads to, once it counts. */
const LEADS_TO = {
  received: 'accepted',
  'not-received': 'superseded',
  cancelled: 'cancelled',
  ships: 'accepted',
} as const;
const ASKED = { leaseLeftMs: -50, settlingMs: 30, msSinceCancelAsked: 40 };

describe('what a person says of a dispatch', () => {
  it.each(VERDICTS)('settles only what the table of moves lets it settle: %s', (verdict) => {
    const settled = DISPATCH_STATES.filter((state) => settles(verdict, state));
    expect(settled).not.toEqual([]);
    for (const state of settled) expect(mayMove(state, LEADS_TO[verdict])).toBe(true);
  });

  it('of sending never settles a cancellation, nor the other way round', () => {
    for (const state of DISPATCH_STATES) {
      const ofSending = settles('received', state) || settles('not-received', state);
      const ofCancelling = settles('cancelled', state) || settles('ships', state);
      expect(ofSending && ofCancelling).toBe(false);
    }
  });

  it.each([
    ['received', { leaseLeftMs: 5 }, 5],
    ['received', { leaseLeftMs: -1, msSinceCancelAsked: 0 }, 0],
    ['not-received', { leaseLeftMs: -10 }, 20],
    ['cancelled', {}, 0],
    ['cancelled', { leaseLeftMs: -10 }, 20],
    ['cancelled', { msSinceCancelAsked: 5 }, 25],
    ['ships', { msSinceCancelAsked: 5 }, 25],
    ['ships', { msSinceCancelAsked: null }, 0],
  ] as const)('waits until nothing can be on its way that would change it: %s, %j', (verdict, since, ms) => {
    expect(msUntilHeard(verdict, { ...ASKED, ...since })).toBe(ms);
  });
});
