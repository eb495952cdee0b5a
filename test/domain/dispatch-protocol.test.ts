import {
  afterAbsence,
  type ClaimStep,
  type CreateResult,
  cancellationIsFinal,
  claimStep,
  DISPATCH_STATES,
  DOUBTS,
  doubtAfterSilence,
  isOver,
  isUnsent,
  mayMove,
  type Promises,
  resolution,
  settle,
} from '../../domain/dispatch-protocol';

const LOOKUP = { visibleAfterSeconds: 60 };
const PROMISES: Record<string, Promises> = {
  idempotent: { onRepeat: 'same-order', lookup: LOOKUP },
  'idempotent without look-up': { onRepeat: 'same-order', lookup: 'none' },
  'reject and look-up': { onRepeat: 'refused', lookup: LOOKUP },
  'reject without look-up': { onRepeat: 'refused', lookup: 'none' },
  'look-up': { onRepeat: 'not-promised', lookup: LOOKUP },
  neither: { onRepeat: 'not-promised', lookup: 'none' },
};
const RESULTS: CreateResult[] = ['done', 'duplicate', 'refused', 'not-received', 'unknown'];

/** All rows that a sender can meet, with every kind of WMS. */
const situations = DISPATCH_STATES.flatMap((state) =>
  DOUBTS.flatMap((doubt) =>
    [true, false].flatMap((leaseExpired) =>
      Object.entries(PROMISES).map(([wms, promises]) => ({ state, doubt, leaseExpired, wms, promises })),
    ),
  ),
);

describe('a claim', () => {
  it.each(DISPATCH_STATES)('of a dispatch that is %s moves as it may, at every kind of WMS', (state) => {
    const sameSender = state === 'sending';
    const allowed = (step: ClaimStep, leaseExpired: boolean, promises: Promises) => {
      if (isOver(state)) return step === 'stop';
      if (sameSender && !leaseExpired) return step === 'later';
      if (step === 'send') return sameSender || mayMove(state, 'sending');
      if (step === 'look-up') return promises.lookup !== 'none' && (sameSender || state === 'unknown');
      if (step === 'ask') return sameSender || state === 'unknown';
      return step !== 'later';
    };
    const wrong = situations
      .filter((row) => row.state === state)
      .filter((row) => !allowed(claimStep(row, row.promises), row.leaseExpired, row.promises));
    expect(wrong).toEqual([]);
  });

  it('sends again only where the WMS keeps two orders from arising', () => {
    for (const row of situations) {
      if (row.state === 'ready' || claimStep(row, row.promises) !== 'send') continue;
      expect(row.promises.onRepeat).not.toBe('not-promised');
      expect(row.doubt).not.toBe('refused');
    }
  });

  it('leaves alone what is with the WMS', () => {
    for (const row of situations) {
      const there = ['accepted', 'shipped', 'cancelling', 'cancel_unknown'].includes(row.state);
      expect(claimStep(row, row.promises) === 'with-the-wms').toBe(there);
    }
  });

  it('resolves a WMS of each kind in its way', () => {
    const of = (doubt: 'unanswered' | 'refused') =>
      Object.values(PROMISES).map((promises) => resolution(promises, doubt));
    expect(of('unanswered')).toEqual(['resend', 'resend', 'resend', 'resend', 'look-up', 'ask']);
    expect(of('refused')).toEqual(['look-up', 'ask', 'look-up', 'ask', 'look-up', 'ask']);
  });
});

describe('an answer', () => {
  const cases = DOUBTS.flatMap((doubt) => RESULTS.map((result) => ({ doubt, result })));

  it.each(cases)('$result after $doubt leads where a sending dispatch may go', ({ doubt, result }) => {
    const settled = settle(doubt, result);
    expect(mayMove('sending', settled.state)).toBe(true);
    // What may have been received stays so, whatever another attempt says.
    if (doubt !== 'none') expect(settled.doubt).not.toBe('none');
    if (doubt === 'refused') expect(settled.doubt).toBe('refused');
  });

  it('gives the stock back or tries anew only while nothing can have been received', () => {
    const again = cases.filter(({ doubt, result }) => {
      const { state } = settle(doubt, result);
      return state === 'rejected' || state === 'ready';
    });
    expect(new Set(again.map(({ doubt }) => doubt))).toEqual(new Set(['none']));
  });

  it('never leads from an unknown outcome to a clean slate, over any three attempts', () => {
    const after = (results: readonly CreateResult[]) =>
      results.reduce<ReturnType<typeof settle>>((so, next) => settle(so.doubt, next), {
        state: 'sending',
        doubt: 'none',
      });
    const wrong = RESULTS.flatMap((a) => RESULTS.flatMap((b) => RESULTS.map((c) => [a, b, c] as const)))
      .filter((results) => after(results.slice(0, 1)).doubt !== 'none')
      .filter((results) =>
        [2, 3].some((n) => !['accepted', 'unknown'].includes(after(results.slice(0, n)).state)),
      );
    expect(wrong).toEqual([]);
  });

  it('that never came may have been one', () => {
    expect(DOUBTS.map(doubtAfterSilence)).toEqual(['unanswered', 'unanswered', 'refused']);
  });
});

describe('a look-up that finds nothing', () => {
  it('says nothing before the WMS must show it, and is a matter of policy then', () => {
    expect(afterAbsence(LOOKUP, -5, 'resend', 0)).toBe('later');
    expect(afterAbsence(LOOKUP, 59.9, 'resend', 0)).toBe('later');
    expect(afterAbsence(LOOKUP, 60, 'ask', 90)).toBe('ask');
    expect(afterAbsence(LOOKUP, 60, 'resend', 0)).toBe('resend');
    expect(afterAbsence(LOOKUP, 60, 'resend', 90)).toBe('later');
    expect(afterAbsence(LOOKUP, 90, 'resend', 90)).toBe('resend');
  });
});

describe('a cancellation', () => {
  it('is final where no other request can be on its way', () => {
    expect(cancellationIsFinal('none', 60_000)).toBe(true);
    expect(cancellationIsFinal('unanswered', 1)).toBe(false);
    expect(cancellationIsFinal('refused', 0)).toBe(true);
  });
});

describe('the states of a dispatch', () => {
  it('end where nothing can move any more, and free their units only there', () => {
    for (const state of DISPATCH_STATES) {
      const moves = DISPATCH_STATES.filter((to) => mayMove(state, to));
      expect(moves.length === 0).toBe(isOver(state) || state === 'shipped');
      // A sender whose lease has run out is relieved by another.
      expect(moves.includes(state)).toBe(state === 'sending');
    }
  });

  it('give way to a parcel, which proves that the WMS had it, unless they have ended', () => {
    for (const state of DISPATCH_STATES) {
      const hasEnded = isOver(state) || state === 'shipped';
      expect(mayMove(state, 'shipped', 'parcel')).toBe(!hasEnded);
      expect(mayMove(state, 'superseded', 'parcel')).toBe(mayMove(state, 'superseded'));
    }
  });

  it('reach a WMS only through sending, whose units are free again only after a cancellation or a person', () => {
    for (const state of DISPATCH_STATES) {
      if (isUnsent(state)) expect(mayMove(state, 'accepted')).toBe(false);
      if (!isUnsent(state) && !isOver(state)) expect(mayMove(state, 'ready')).toBe(state === 'sending');
      expect(mayMove(state, 'superseded')).toBe(state === 'unknown' || state === 'rejected');
    }
  });
});
