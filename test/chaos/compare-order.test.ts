import { type Abilities, differencesOf } from './compare-order';
import type { KnownOrder } from './known-orders';
import type { HeldClaim, HeldOrder } from './source-ledger';

const CAN: Abilities = {
  acknowledges: { perCall: 10 },
  cancellations: { beforeShipping: true, afterShipping: true, partial: true, answered: true },
  uploadsPerCall: 10,
};
const TOLD = '6000-0000-0001';
const WORDING = { deal: '모담뜰 김', option: '8봉' };
const RECIPIENT = { name: '홍길동', postcode: '04524', address: '서울특별시 중구 세종대로 1' };

const HELD: HeldOrder = {
  key: 'coupang/1',
  acknowledged: true,
  recipient: RECIPIENT,
  lines: [
    {
      lineNumber: '1',
      ...WORDING,
      quantity: 3,
      cancelledQuantity: 0,
      invoices: [{ number: '600000000001' }],
    },
  ],
  claims: [],
};
const KNOWN: KnownOrder = {
  key: 'coupang/1',
  source: 'coupang',
  stage: 'done',
  recipient: RECIPIENT,
  lines: [{ lineNumber: '1', ...WORDING, quantity: 3, cancelledQuantity: 0 }],
  acknowledgements: ['done'],
  claims: [],
  parcels: [{ number: TOLD, state: 'done', lineNumbers: ['1'] }],
};

const held = (line: Partial<HeldOrder['lines'][number]>, more: Partial<HeldOrder> = {}): HeldOrder => ({
  ...HELD,
  ...more,
  lines: HELD.lines.map((each) => ({ ...each, ...line })),
});
const knownWith = (
  line: Partial<KnownOrder['lines'][number]>,
  more: Partial<KnownOrder> = {},
): KnownOrder => ({
  ...KNOWN,
  ...more,
  lines: KNOWN.lines.map((each) => ({ ...each, ...line })),
});
const asked = (more: Partial<HeldClaim> = {}): HeldClaim => ({
  claimId: '50000001',
  kind: 'cancellation',
  lines: [{ lineNumber: '1', quantity: 3 }],
  state: 'requested',
  answered: false,
  ...more,
});
const noted = (more: Partial<KnownOrder['claims'][number]> = {}): KnownOrder['claims'][number] => ({
  claimId: '500000011',
  kind: 'cancellation',
  outcome: 'stopped',
  answer: 'done',
  ...more,
});

describe('an order at its source and in the database', () => {
  const stopped = asked({ state: 'done', answered: true });
  const untold: Partial<KnownOrder> = { stage: 'cancelled', parcels: [] };
  const gone = { cancelledQuantity: 3, invoices: [] };

  it.each<[string, HeldOrder, KnownOrder | undefined]>([
    ['what both say is the same', HELD, KNOWN],
    ['its customer took it back before anybody could read it', held(gone), undefined],
    ['a line was taken back before anybody could read it', held(gone), { ...KNOWN, lines: [], parcels: [] }],
    [
      'it was stopped, and the source knows',
      held(gone, { claims: [stopped] }),
      { ...KNOWN, ...untold, claims: [noted()] },
    ],
    [
      'the warehouse was faster than its customer, and the source knows',
      held({}, { claims: [asked({ state: 'withdrawn', answered: true })] }),
      { ...KNOWN, claims: [noted({ outcome: 'too late' })] },
    ],
    [
      'the warehouse was faster, and the source wants no answer',
      held(gone),
      {
        ...KNOWN,
        parcels: [{ number: TOLD, state: 'refused', lineNumbers: ['1'] }],
        claims: [noted({ outcome: 'too late' })],
      },
    ],
    [
      'the source refused the answer, which is a task',
      held({ invoices: [] }, { claims: [asked()] }),
      { ...KNOWN, ...untold, claims: [noted({ answer: 'refused' })] },
    ],
    [
      'an acknowledgement was taken, and refused when it was repeated, since its customer had cancelled',
      held(gone, { claims: [stopped] }),
      { ...KNOWN, ...untold, acknowledgements: ['refused'], claims: [noted()] },
    ],
    [
      'a tracking number was taken, and refused when it was repeated, since its customer had cancelled',
      held({}, { claims: [asked()] }),
      {
        ...KNOWN,
        parcels: [{ number: TOLD, state: 'refused', lineNumbers: ['1'] }],
        claims: [noted({ outcome: 'too late', answer: 'refused' })],
      },
    ],
    [
      'a request was turned down by the tracking number, before anybody had read it',
      held({}, { claims: [asked({ state: 'withdrawn', answered: true })] }),
      { ...KNOWN, claims: [noted({ outcome: null, answer: 'none' })] },
    ],
  ])('agree where %s', (_, there, here) => {
    expect(differencesOf(there, here, CAN)).toEqual([]);
  });

  it.each<[string, HeldOrder, KnownOrder | undefined, string]>([
    ['it is missing', HELD, undefined, 'is not in the database'],
    ['a line is missing', held({ invoices: [] }), { ...KNOWN, lines: [], parcels: [] }, 'line 1 is missing'],
    ['a line is surplus', { ...HELD, lines: [] }, KNOWN, "line 1 is not the source's"],
    ['it has more units', HELD, knownWith({ quantity: 4 }), 'line 1 has another quantity'],
    ['it is worded otherwise', HELD, knownWith({ option: '16봉' }), 'line 1 has another option'],
    [
      'it goes elsewhere',
      HELD,
      { ...KNOWN, recipient: { ...RECIPIENT, address: '부산' } },
      'another address',
    ],
    ['nobody is to get it', HELD, { ...KNOWN, recipient: undefined }, 'has no recipient'],
    [
      'the source does not know that we have it',
      held({}, { acknowledged: false }),
      KNOWN,
      'the source does not know',
    ],
    [
      'only the source knows that we have it',
      HELD,
      { ...KNOWN, acknowledgements: ['pending'] },
      'at the source alone',
    ],
    ['its tracking number was never told', held({ invoices: [] }), KNOWN, 'is done, and not at the source'],
    [
      'another tracking number was told last',
      held({ invoices: [{ number: TOLD }, { number: '7' }] }),
      KNOWN,
      'of no parcel',
    ],
    [
      'its tracking number was told, and we think it was not',
      HELD,
      { ...KNOWN, parcels: [{ number: TOLD, state: 'refused', lineNumbers: ['1'] }] },
      'is refused, and at the source',
    ],
    [
      'it is cancelled at the source alone',
      held({ cancelledQuantity: 2 }),
      KNOWN,
      '2 units are cancelled at the source, and 0 here',
    ],
    [
      'it is cancelled here alone',
      HELD,
      { ...KNOWN, stage: 'cancelled' },
      '0 units are cancelled at the source, and 3 here',
    ],
    [
      'nobody knows of a claim',
      held({}, { claims: [asked()] }),
      knownWith({ cancelledQuantity: 3 }),
      'claim 50000001 is not in the database',
    ],
    [
      'a claim waits for its answer',
      held({}, { claims: [asked()] }),
      knownWith({ cancelledQuantity: 3 }, { claims: [noted({ answer: 'pending' })] }),
      'claim 50000001 is not answered',
    ],
    [
      'a claim was answered without our knowing',
      held({ cancelledQuantity: 3 }, { claims: [stopped] }),
      knownWith({ cancelledQuantity: 3 }, { claims: [noted({ answer: 'refused' })] }),
      'is answered at the source alone',
    ],
    [
      'a claim was answered the other way round',
      held({ cancelledQuantity: 3 }, { claims: [stopped] }),
      { ...KNOWN, claims: [noted({ outcome: 'too late' })] },
      'was told as too late, and is done at the source',
    ],
  ])('differ where %s', (_, there, here, what) => {
    expect(differencesOf(there, here, CAN)).toEqual([expect.stringContaining(what)]);
  });

  it('are not compared in what the source can neither tell nor be told', () => {
    const can: Abilities = {
      acknowledges: 'not-at-all',
      cancellations: { beforeShipping: false, afterShipping: false, partial: false, answered: false },
      uploadsPerCall: 0,
    };
    expect(differencesOf(held(gone, { acknowledged: false }), KNOWN, can)).toEqual([]);
    expect(differencesOf(held({ quantity: 1 }), KNOWN, can)).toEqual(['line 1 has another quantity']);
  });
});
