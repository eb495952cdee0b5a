import type { Exchange, NotReceived, OutsideUnavailable } from '../../outcome';
import type { Reply } from '../source';
import type { Written } from './account';
import { type Message, outcomeOf } from './message';

/** What a call came to; `look-up`: 11st says that there is nothing to do, and not why. */
export type Verdict = Reply['outcome'] | { readonly kind: 'look-up'; readonly reason: string };

export interface Called {
  readonly verdict: Verdict;
  readonly exchange: Exchange;
}

/**
 * 11st takes one thing a call: these go one after the other. Once one has got no answer, the rest is not sent, so that
 * all of them together take no longer than one that waits in vain.
 */
export async function inTurn(steps: readonly (() => Promise<Called>)[]): Promise<Called[]> {
  const called: Called[] = [];
  let silence: NotReceived | undefined;
  for (const step of steps) {
    const one: Called = silence === undefined ? await step() : notSent(silence);
    if (one.verdict.kind === 'not-received') silence ??= one.verdict;
    if (one.verdict.kind === 'unknown') silence ??= { kind: 'not-received', reason: AFTER_SILENCE };
    called.push(one);
  }
  return called;
}

const AFTER_SILENCE = 'not sent, since 11st did not answer the call before it';

/** A question that was not answered, before anything was said. */
export function notReceived({ message: reason, retryAfterMs }: OutsideUnavailable): NotReceived {
  return { kind: 'not-received', reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

export function notSent(verdict: Verdict): Called {
  return { verdict, exchange: { request: 'not sent', response: null, status: null } };
}

/** @param lookUps codes that say that nothing was to be done. */
export function judged({ result, exchange }: Written, lookUps: ReadonlySet<string> = new Set()): Called {
  if (result.kind !== 'answered') return { verdict: result, exchange };
  return { verdict: verdictOf(result.message, lookUps), exchange };
}

function verdictOf(message: Message, lookUps: ReadonlySet<string>): Verdict {
  if (!lookUps.has(message.code)) return outcomeOf(message);
  return { kind: 'look-up', reason: `11st: ${message.code} ${message.text}`.trim() };
}

/** The reply to something that is no record of 11st's, or not of the kind that the call is about. */
export function noSuchRecord(recordId: string): Reply {
  const reason = `${recordId} names nothing of 11st that this can be said of`;
  const outcome = { kind: 'refused', reason } as const;
  return { outcome, exchange: notSent(outcome).exchange };
}
