import { OutsideUnavailable } from '../../outcome';
import type { Reply } from '../source';
import { decodeBytes, type WireEncoding } from '../wire-text';

/**
 * What 11st says of a call, in an HTTP 200 whatever it is: to a list 0 is "no rows", to a write "done", which calls about
 * products say as 200.
 */
export interface Message {
  readonly code: string;
  readonly text: string;
}

const COMPLETE = /<\/(?:\w+:)?(?:ResultOrder|ClientMessage|orders)>\s*$/;
const CODE = /<(?:\w+:)?(?:result_code|resultCode)>\s*(-?\d+)\s*</;
const TEXT =
  /<(?:\w+:)?(?:result_text|message)>\s*(?:<!\[CDATA\[)?([\s\S]*?)(?:\]\]>)?\s*<\/(?:\w+:)?(?:result_text|message)>/;

/** Undefined where the body is none, or not all of one. */
export function readMessage(body: Uint8Array, encoding: WireEncoding): Message | undefined {
  const text = decodeBytes(body, encoding);
  const code = text !== null && COMPLETE.test(text) ? CODE.exec(text)?.[1] : undefined;
  if (code === undefined) return undefined;
  const words = TEXT.exec(text ?? '')?.[1] ?? '';
  return { code, text: words.replace(/\s+/g, ' ').trim().slice(0, 200) };
}

/** 서버 점검중: Friday nights, for a while. */
const MAINTENANCE = '-1000';
const MAINTENANCE_WAIT_MS = 10 * 60_000;
/** The guide: trouble of the system's own, to be looked at and tried again. */
const TROUBLE = new Set(['-3207', '-3311', '-23008']);

/** A write's answer, as far as it is the same for all of them. */
export function outcomeOf({ code, text }: Message): Reply['outcome'] {
  const reason = `11st: ${code} ${text}`.trim();
  if (code === '0' || code === '200') return { kind: 'done' };
  if (code === MAINTENANCE) return { kind: 'not-received', reason, retryAfterMs: MAINTENANCE_WAIT_MS };
  if (isWrongKey(text)) return { kind: 'not-received', reason };
  return TROUBLE.has(code) ? { kind: 'unknown', reason } : { kind: 'refused', reason };
}

/** @throws OutsideUnavailable unless the message is that a list has no rows. */
export function expectNoRows({ code, text }: Message): void {
  if (code === '0') return;
  // The guide's example of a list of claims without rows; any other -1 is an error.
  if (code === '-1' && text.startsWith('해당 건이 없습니다')) return;
  throw new OutsideUnavailable(
    `11st: ${code} ${text}`.trim(),
    code === MAINTENANCE ? MAINTENANCE_WAIT_MS : undefined,
  );
}

function isWrongKey(text: string): boolean {
  return /OpenAPI\s*Key/i.test(text);
}
