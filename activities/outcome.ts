/**
 * Every call to the outside ends in one of three ways: done, refused, or unknown. Certainly not
 * received is a refusal by the network: nothing happened, and the call may be made again.
 */

/** What was said, as it was said; kept in MySQL as evidence. */
export interface Exchange {
  readonly request: string;
  /** Null when nothing (or nothing readable) came back. */
  readonly response: string | null;
  readonly status: number | null;
}

/** The outside has the request and declined it. */
export interface Refused {
  readonly kind: 'refused';
  readonly reason: string;
}

/** Connection refused, DNS, 401, 429: nobody has acted on it. */
export interface NotReceived {
  readonly kind: 'not-received';
  readonly reason: string;
  readonly retryAfterMs?: number;
}

/** Time-out, reset, 5xx, broken body: it may have been acted on. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly reason: string;
}

/** What came of telling the outside something. */
export type Outcome = { readonly kind: 'done' } | Refused | NotReceived | Unknown;

/** A call that was not made because what comes before it brought nothing. */
export function asNotReceived({ message, retryAfterMs }: OutsideUnavailable): NotReceived {
  return {
    kind: 'not-received',
    reason: message,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** A read of the outside that brought nothing; Temporal tries again. */
export class OutsideUnavailable extends Error {
  override readonly name = 'OutsideUnavailable';

  constructor(
    message: string,
    readonly retryAfterMs?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
