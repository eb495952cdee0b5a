import * as protocol from '../../domain/dispatch-protocol';
import * as verdict from '../../domain/verdict';
import type { Counterexample } from './explore';
import type { ClassName, Rules } from './setting';

/** The production's rules, each with a fault that the model has to find though time is bounded. */
export interface BrokenRule {
  readonly says: string;
  readonly name: ClassName;
  readonly rules: Partial<Rules>;
  readonly breaks: Counterexample['breaks'];
}

const { claimStep, settle, isOver, isUnsent, mayMove } = protocol;
const { msUntilHeard, settles } = verdict;

export const BROKEN_RULES: readonly BrokenRule[] = [
  {
    says: 'what is unknown is sent again to a WMS that promises nothing',
    name: 'lag-ask',
    rules: { claimStep: (row, wms) => (row.state === 'unknown' ? 'send' : claimStep(row, wms)) },
    breaks: 'one-order',
  },
  {
    says: 'a silent sender’s order is sent again to a WMS that promises nothing',
    name: 'neither',
    rules: {
      claimStep: (row, wms) => (row.state === 'sending' && row.leaseExpired ? 'send' : claimStep(row, wms)),
    },
    breaks: 'one-order',
  },
  {
    says: 'what is held may be claimed',
    name: 'idempotent',
    rules: { claimStep: (row, wms) => (row.state === 'held' ? 'send' : claimStep(row, wms)) },
    breaks: 'moves',
  },
  {
    says: 'a known code counts as accepted',
    name: 'idempotent',
    rules: {
      settle: (doubt, result) =>
        result === 'duplicate' ? { state: 'accepted', doubt } : settle(doubt, result),
    },
    breaks: 'not-lost',
  },
  {
    says: 'a refusal settles it, whatever was before',
    name: 'reject',
    rules: {
      settle: (doubt, result) =>
        result === 'refused' ? { state: 'rejected', doubt } : settle(doubt, result),
    },
    breaks: 'given-up',
  },
  {
    says: 'certain non-receipt settles it, whatever was before',
    name: 'idempotent',
    rules: {
      settle: (doubt, result) =>
        result === 'not-received' ? { state: 'ready', doubt } : settle(doubt, result),
    },
    breaks: 'given-up',
  },
  {
    says: 'silence counts as non-receipt',
    name: 'neither',
    rules: { settle: (doubt, result) => settle(doubt, result === 'unknown' ? 'not-received' : result) },
    breaks: 'given-up',
  },
  {
    says: 'silence leaves no doubt',
    name: 'idempotent',
    rules: {
      settle: (doubt, result) => (result === 'unknown' ? { state: 'unknown', doubt } : settle(doubt, result)),
    },
    breaks: 'given-up',
  },
  {
    says: 'a sender that never reported leaves no doubt',
    name: 'reject',
    rules: { doubtAfterSilence: (doubt) => doubt },
    breaks: 'given-up',
  },
  {
    says: 'an absence before the look-up’s lag is over is believed',
    name: 'lag-resend',
    rules: { afterAbsence: (_lookup, _seconds, onAbsent) => onAbsent },
    breaks: 'one-order',
  },
  {
    says: 'an absence before the settling time is over is believed',
    name: 'lookup-resend',
    rules: {
      afterAbsence: (lookup, seconds, onAbsent) => protocol.afterAbsence(lookup, seconds, onAbsent, 0),
    },
    breaks: 'one-order',
  },
  {
    says: 'an absence is never believed',
    name: 'lookup-ask',
    rules: { afterAbsence: () => 'later' },
    breaks: 'settles',
  },
  {
    says: 'a cancellation is final while a request may be on its way',
    name: 'reject',
    rules: { cancellationIsFinal: () => true },
    breaks: 'given-up',
  },
  {
    says: 'a new generation waits for the lease only',
    name: 'neither',
    rules: {
      msUntilHeard: (verdict, since) => msUntilHeard(verdict, { ...since, settlingMs: 0 }),
    },
    breaks: 'given-up',
  },
  {
    says: 'a person’s word on a cancellation counts while a request may be on its way',
    name: 'reject',
    rules: {
      msUntilHeard: (verdict, since) => (verdict === 'cancelled' ? 0 : msUntilHeard(verdict, since)),
    },
    breaks: 'given-up',
  },
  {
    says: 'a person’s word on a cancellation settles what was never sent for certain',
    name: 'neither',
    rules: {
      settles: (verdict, state) =>
        (verdict === 'cancelled' && state === 'unknown') || settles(verdict, state),
    },
    breaks: 'moves',
  },
  {
    says: 'what is unknown may be given up without asking',
    name: 'neither',
    rules: { isUnsent: (state) => state === 'unknown' || isUnsent(state) },
    breaks: 'moves',
  },
  {
    says: 'what is unknown counts as over: nobody takes it up again',
    name: 'lookup-ask',
    rules: { isOver: (state) => state === 'unknown' || isOver(state) },
    breaks: 'settles',
  },
  {
    says: 'the table of moves lacks what a look-up finds',
    name: 'lookup-ask',
    rules: {
      mayMove: (from, to, proof) => !(from === 'unknown' && to === 'accepted') && mayMove(from, to, proof),
    },
    breaks: 'moves',
  },
  {
    says: 'a parcel proves nothing',
    name: 'neither',
    rules: { mayMove: (from, to) => mayMove(from, to) },
    breaks: 'moves',
  },
];
