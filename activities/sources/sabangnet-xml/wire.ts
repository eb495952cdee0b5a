import iconv from 'iconv-lite';
import { seoulDay } from '../../../domain/seoul';

/** What all documents of the Sabangnet XML hub have in common. */

export type WireEncoding = 'euc-kr' | 'utf-8';

export function encode(text: string, encoding: WireEncoding): Buffer {
  return encoding === 'utf-8' ? Buffer.from(text, 'utf8') : iconv.encode(text, 'cp949');
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text, or null when the bytes are not in the encoding. The hub's EUC-KR is CP949 in truth; Node's
 * own decoder refuses or mangles its 8,822 further syllables (똠, 펲, 힣), so that it is not used here.
 */
export function decodeBytes(bytes: Uint8Array, encoding: WireEncoding): string | null {
  if (encoding === 'euc-kr') {
    const text = iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 'cp949');
    // CP949 has no U+FFFD: the decoder put it where the bytes mean nothing.
    return text.includes('\ufffd') ? null : text;
  }
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return null;
  }
}

/** `<NAME><![CDATA[…]]></NAME>`; the name is ours, the text may be anything. */
export function element(name: string, text: string): string {
  return `<${name}><![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`;
}

/** `yyyymmdd` in Korea. */
export function hubDay(at: Date): string {
  return seoulDay(at).replaceAll('-', '');
}

/** @returns an invalid Date unless the text is `yyyymmdd[hhmm[ss]]`, with or without separators, in Korea. */
export function hubTime(text: string): Date {
  const matched = /^(\d{4})[-./]?(\d\d)[-./]?(\d\d)(?:[ T]?(\d\d):?(\d\d)(?::?(\d\d))?)?$/.exec(text);
  if (!matched) return new Date(Number.NaN);
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = matched;
  // Date rolls 30 February over to March.
  const isADay = new Date(`${year}-${month}-${day}T00:00:00Z`).getUTCDate() === Number(day);
  return new Date(isADay ? `${year}-${month}-${day}T${hour}:${minute}:${second}+09:00` : Number.NaN);
}
