import type { Short } from '../../db/queries/reservations';
import type { DispatchState } from '../../domain/dispatch-protocol';
import type { CreateReply } from '../wms/wms';
import type { Claim } from './claim';
import type { Confirmation } from './confirm';
import type { LookUpResult } from './look-up';

/** What became of one try to get a dispatch to its WMS. */
export type DispatchResult =
  | { readonly kind: 'with-the-wms' }
  | { readonly kind: 'stop'; readonly state: DispatchState }
  | { readonly kind: 'short'; readonly short: readonly Short[] }
  /** Only a person can tell whether the WMS has it. */
  | { readonly kind: 'ask' }
  /** Nothing is lost; it is to be tried again, not before `afterMs`. */
  | { readonly kind: 'again'; readonly why: string; readonly afterMs?: number; readonly unknown?: true };

export function resultOfClaim(made: Exclude<Claim, { step: 'send' | 'look-up' }>): DispatchResult {
  switch (made.step) {
    case 'with-the-wms':
    case 'ask':
      return { kind: made.step };
    case 'stop':
      return { kind: 'stop', state: made.state };
    case 'short':
      return { kind: 'short', short: made.short };
    case 'later':
      return { kind: 'again', why: 'another sender holds the lease', afterMs: made.afterMs };
    case 'packs':
      return { kind: 'again', why: 'it waits for companions', afterMs: made.afterMs };
    case 'elsewhere':
      return { kind: 'again', why: 'it goes to another WMS', afterMs: 0 };
  }
}

export function resultOfSending(confirmation: Confirmation, { outcome }: CreateReply): DispatchResult {
  const unknown = { kind: 'again', why: 'The outcome is unknown', unknown: true } as const;
  // A look-up settles it at once; sending again to a WMS in trouble has time.
  if (confirmation === 'fenced') return { ...unknown, afterMs: 0 };
  const { state, doubt } = confirmation;
  switch (state) {
    case 'sending':
    case 'unknown':
      return doubt === 'refused' ? { ...unknown, afterMs: 0 } : unknown;
    case 'ready': {
      const afterMs = outcome.kind === 'not-received' ? outcome.retryAfterMs : undefined;
      return { kind: 'again', why: 'not received', ...(afterMs === undefined ? {} : { afterMs }) };
    }
    case 'rejected':
    case 'held':
    case 'cancelled':
    case 'superseded':
      return { kind: 'stop', state };
    case 'accepted':
    case 'shipped':
    case 'cancelling':
    case 'cancel_unknown':
      return { kind: 'with-the-wms' };
  }
}

export function resultOfLookUp(result: Exclude<LookUpResult, { kind: 'resend' }>): DispatchResult {
  switch (result.kind) {
    case 'found':
      return { kind: 'with-the-wms' };
    case 'ask':
      return { kind: 'ask' };
    case 'later':
      return { kind: 'again', why: result.why, afterMs: result.afterMs, unknown: true };
  }
}
