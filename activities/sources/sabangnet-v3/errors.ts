import { z } from 'zod';
import type { Answered } from '../../http';
import { turnedAwayAt } from '../../json-call';

/** Every error of the gateway is `{code, message, timestamp, status, path}`. */
const errorSchema = z.object({ code: z.coerce.string(), message: z.string().catch('') });

/** What a person has to know of the codes that a setting, a clock or a firewall causes. */
const HINTS: Readonly<Record<string, string>> = {
  AUTH_001: 'the hub knows no such clientCd',
  AUTH_003: 'clientSecret does not fit clientCd',
  AUTH_006: "our clock and the hub's are more than five minutes apart",
  AUTH_008: 'the hub does not let this address in',
  GW_AUTH_009: 'the account of svcAcntId is not connected to this client',
};

export interface HubError {
  readonly code: string;
  readonly message: string;
}

/** The gateway's own error in a body, if it is one. */
export function errorIn(body: string | null): HubError | undefined {
  try {
    return errorSchema.safeParse(JSON.parse(body ?? '')).data;
  } catch {
    return undefined;
  }
}

/** An error as one line for a person. */
export function worded({ code, message }: HubError): string {
  const hint = HINTS[code];
  return `${code} ${message.slice(0, 120)}`.trim() + (hint === undefined ? '' : `: ${hint}`);
}

/** Why an answer is not the one that was asked for. */
export function explain(answer: Answered, what: string): { reason: string; retryAfterMs?: number } {
  const turnedAway = turnedAwayAt(answer);
  const error = errorIn(new TextDecoder().decode(answer.body));
  const words = error === undefined ? '' : ` (${worded(error)})`;
  const reason = `${what}: ${turnedAway?.reason ?? `HTTP ${answer.status}`}${words}`;
  const { retryAfterMs } = turnedAway ?? {};
  return { reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}
