import type { Answered } from '../../http';
import { turnedAwayAt } from '../../json-call';
import type { NotReceived } from '../../outcome';
import { messageOf } from './wire';

/**
 * An answer of the gateway, before anybody has acted on the call, in words that say what is to be done. Bursts of
 * errors are answered with 403 and a page of HTML, too many calls with 429, an address or seller that is blocked
 * with 302; none of them says for how long.
 *
 * @param blockedMs how long a block is taken to last.
 */
export function turnedAway(answer: Answered, blockedMs: number): NotReceived | undefined {
  if (answer.status === 302)
    return blocked('HTTP 302: Coupang has blocked this address or this seller', blockedMs);
  const away = turnedAwayAt(answer);
  if (away === undefined) return undefined;
  const message = messageOf(answer.body);
  switch (answer.status) {
    case 401:
      return { kind: 'not-received', reason: `HTTP 401: ${unsigned(message)}` };
    case 403:
      if (message !== undefined) return { kind: 'not-received', reason: `HTTP 403: ${message}` };
      return blocked('HTTP 403: Coupang has blocked us for a while, after too many errors', blockedMs);
    default:
      return { retryAfterMs: blockedMs, ...away };
  }
}

function unsigned(message = ''): string {
  if (/expired/i.test(message)) return "the signature has expired: this machine's clock is off, or Coupang's";
  return 'the access key, or the secret key, was not accepted';
}

function blocked(reason: string, retryAfterMs: number): NotReceived {
  return { kind: 'not-received', reason, retryAfterMs };
}
