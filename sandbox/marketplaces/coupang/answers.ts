import { randomUUID } from 'node:crypto';
import { parse, stringify } from 'lossless-json';
import type { StandInRequest, StandInResponse } from '../../stand-in/message';

/** Stands where bytes are to be that no text in UTF-8 has. */
export const BROKEN = 'broken-bytes';
const NO_UTF8 = Buffer.from([0xb1, 0xff]);

/** An error that Coupang answers with, by itself or by its gateway. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** `{code, message, data, …}`; bigints are numbers of as many digits. */
export function success(data: unknown, more: Readonly<Record<string, unknown>> = {}): StandInResponse {
  return message(200, { code: 200, message: 'OK', data, ...more });
}

export function failure({ status, message: words }: Refusal): StandInResponse {
  // 400 and 404 come from the API itself, the others from its gateway.
  const code = status === 400 || status === 404 ? status : 'ERROR';
  return message(status, { code, message: words, transactionId: randomUUID() });
}

export function message(status: number, content: unknown): StandInResponse {
  const [first = '', ...others] = (stringify(content) ?? '').split(BROKEN);
  return {
    status,
    headers: { 'content-type': 'application/json;charset=UTF-8' },
    body: Buffer.concat([Buffer.from(first), ...others.flatMap((text) => [NO_UTF8, Buffer.from(text)])]),
  };
}

/** Akamai's page, by which its gateway shuts out who causes many errors. */
export function accessDenied(target: string): StandInResponse {
  return {
    status: 403,
    headers: { 'content-type': 'text/html' },
    body: `<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\nYou don't have permission to access "${target}" on this server.\n</BODY>\n</HTML>\n`,
  };
}

/** The body with every number as a bigint; `undefined` where it is no JSON. */
export function losslessBody({ body }: StandInRequest): unknown {
  try {
    return parse(body.toString('utf8'), undefined, (digits) => BigInt(digits));
  } catch {
    return undefined;
  }
}
