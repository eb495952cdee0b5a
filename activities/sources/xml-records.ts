import { OutsideUnavailable } from '../outcome';
import type { WireEncoding } from './wire-text';

/**
 * Cuts a list in XML into its records without decoding it, so that each is kept as it came and one that
 * is broken does not spoil the others. Searching bytes is safe: in CP949 the second byte of a character
 * is 41–5A, 61–7A or 81–FE, in UTF-8 80–BF, so that `<`, `>`, `/`, `!`, `[` and `]` are always themselves,
 * and letters between two of them are not part of a Korean character either.
 */

const CDATA_OPEN = '<![CDATA[';
const CDATA_CLOSE = ']]>';
const NONE = Number.MAX_SAFE_INTEGER;

/** Bytes, and the same as one character a byte: positions are the same in both. */
export interface XmlBytes {
  readonly bytes: Buffer;
  readonly latin: string;
}

/** From `start` up to `end`. */
export interface Slice {
  readonly start: number;
  readonly end: number;
}

export function xmlBytes(body: Uint8Array): XmlBytes {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return { bytes, latin: bytes.toString('latin1') };
}

/**
 * The elements of a name within a slice, one after the other.
 *
 * @param name with its prefix, as it stands in tags without attributes.
 * @param respectCdata whether an end tag that somebody typed into a CDATA section ends nothing.
 */
export function elementsIn({ latin }: XmlBytes, name: string, within: Slice, respectCdata = true): Slice[] {
  const [open, close] = [`<${name}>`, `</${name}>`];
  const slices: Slice[] = [];
  // Looked for once, however many elements stand before it: a long list may have none.
  let cdata = respectCdata ? indexOf(latin, CDATA_OPEN, within.start) : NONE;
  for (let start = indexOf(latin, open, within.start); start < within.end; ) {
    let end = indexOf(latin, close, start);
    if (cdata < start) cdata = indexOf(latin, CDATA_OPEN, start);
    while (cdata < end) {
      const closed = indexOf(latin, CDATA_CLOSE, cdata);
      if (closed > end) end = indexOf(latin, close, closed);
      cdata = indexOf(latin, CDATA_OPEN, closed);
    }
    if (end > within.end) break;
    slices.push({ start, end: end + close.length });
    start = indexOf(latin, open, end + close.length);
  }
  return slices;
}

/** What stands between elements and is none of them, without the space around it. */
export function leftoversIn({ latin }: XmlBytes, within: Slice, elements: readonly Slice[]): Slice[] {
  const starts = [within.start, ...elements.map(({ end }) => end)];
  const ends = [...elements.map(({ start }) => start), within.end];
  return starts.flatMap((from, index) => {
    const text = latin.slice(from, ends[index]);
    const start = from + text.length - text.trimStart().length;
    return text.trim() === '' ? [] : [{ start, end: start + text.trim().length }];
  });
}

/** @throws OutsideUnavailable when a document declares another encoding than the connection expects. */
export function checkEncoding(system: string, { latin }: XmlBytes, encoding: WireEncoding): void {
  const declared = /^\s*<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(latin.slice(0, 200))?.[1]?.toLowerCase();
  if (declared !== undefined && declared !== encoding)
    throw new OutsideUnavailable(`${system} answered in ${declared}, the connection expects ${encoding}`);
}

export function indexOf(text: string, sought: string, from: number): number {
  const found = text.indexOf(sought, from);
  return found === -1 ? NONE : found;
}
