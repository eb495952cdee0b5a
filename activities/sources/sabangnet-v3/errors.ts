import { z } from 'zod';
import type { HttpReply } from '../../http';
import { type JsonAnswer, judge } from '../../json-call';
import type { NotReceived, Unknown } from '../../outcome';
import { parseLossless } from '../json-records';

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

/** An answer of the gateway's own, with its bytes as they came. */
export interface HubAnswer extends JsonAnswer {
  readonly bytes: Uint8Array;
}

/** What an exchange means, with the gateway's own words in the reason where it has given any. */
export function meaningOf(reply: HttpReply): HubAnswer | NotReceived | Unknown {
  if (reply.result.kind !== 'answered') return reply.result;
  const bytes = reply.result.body;
  const { result } = judge(reply, parseLossless);
  if (result.kind === 'answered') return { ...result, bytes };
  return { ...result, reason: result.reason + wordsIn(valueOf(bytes)) };
}

/** The code of an error, or of a success. */
export function codeIn(body: unknown): string | undefined {
  return errorSchema.safeParse(body).data?.code;
}

/** The gateway's own error in a body, as a few words for a person; nothing where there is none. */
export function wordsIn(body: unknown): string {
  const error = errorSchema.safeParse(body).data;
  if (error === undefined) return '';
  const hint = HINTS[error.code];
  const words = `${error.code} ${error.message.slice(0, 120)}`.trim();
  return ` (${words}${hint === undefined ? '' : `: ${hint}`})`;
}

function valueOf(body: Uint8Array): unknown {
  try {
    return parseLossless(body);
  } catch {
    return undefined;
  }
}
