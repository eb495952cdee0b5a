import { UndecodableRecord } from '../../domain/errors';
import { decodeBytes, type WireEncoding } from './wire-text';

/** Far above any record: what is longer is not looked at. */
const RECORD_MAX_BYTES = 256 * 1024;

const START_TAG = /\s*<([A-Za-z_][A-Za-z0-9_]*)\s*(\/?)>/y;
const CDATA_START = '<![CDATA[';
const CDATA_END = ']]>';
const ENTITY = /&([^;&\s]{0,12};?)/g;
const STANDARD_ENTITIES: Readonly<Record<string, string>> = {
  'amp;': '&',
  'lt;': '<',
  'gt;': '>',
  'quot;': '"',
  'apos;': "'",
};

/**
 * The fields of one record, trimmed. The grammar is all that the Korean hubs and marketplaces use: one level of
 * elements with text or CDATA. What else XML allows (declarations, entities of one's own, comments,
 * attributes, nesting) is refused rather than parsed: nothing can expand, the field is always known, and
 * it costs a tenth of a general parser, of which the validator lets a DOCTYPE inside an element pass.
 *
 * @param element the record's own name, with its prefix.
 * @throws UndecodableRecord naming the field, or the element where none can be named.
 */
export function readFields(
  record: Uint8Array,
  element: string,
  encoding: WireEncoding,
): ReadonlyMap<string, string> {
  if (record.byteLength > RECORD_MAX_BYTES)
    throw new UndecodableRecord(element, `has more than ${RECORD_MAX_BYTES} bytes`);
  const text = decodeBytes(record, encoding)?.trim();
  if (text === undefined)
    throw new UndecodableRecord(brokenField(record, element, encoding), `is not ${encoding}`);
  const [open, close] = [`<${element}>`, `</${element}>`];
  if (!text.startsWith(open) || !text.endsWith(close))
    throw new UndecodableRecord(element, `is not one ${open} element`);
  return fieldsOf(text.slice(open.length, -close.length), element);
}

function fieldsOf(text: string, element: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (let from = 0; from < text.length; ) {
    START_TAG.lastIndex = from;
    const tag = START_TAG.exec(text);
    if (!tag && text.slice(from).trim() === '') break;
    if (!tag) throw new UndecodableRecord(element, 'contains something else than fields');
    const [, name = '', empty] = tag;
    if (fields.has(name)) throw new UndecodableRecord(name, 'appears twice');
    const start = START_TAG.lastIndex;
    const content = empty ? { read: '', end: start } : contentAt(text, start, name);
    fields.set(name, content.read.trim());
    from = content.end;
  }
  return fields;
}

/** The text from `start` to the closing tag of `name`. */
function contentAt(text: string, start: number, name: string): { read: string; end: number } {
  const closing = `</${name}>`;
  let read = '';
  for (let at = start; ; ) {
    const tag = text.indexOf('<', at);
    if (tag === -1) throw new UndecodableRecord(name, 'is not closed');
    read += unescape(name, text.slice(at, tag));
    if (text.startsWith(closing, tag)) return { read, end: tag + closing.length };
    if (!text.startsWith(CDATA_START, tag))
      throw new UndecodableRecord(name, 'is not closed, or contains something else than text');
    const end = text.indexOf(CDATA_END, tag);
    if (end === -1) throw new UndecodableRecord(name, 'has a CDATA section that does not end');
    read += text.slice(tag + CDATA_START.length, end);
    at = end + CDATA_END.length;
  }
}

function unescape(name: string, text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(ENTITY, (_whole, reference: string) => {
    const character = STANDARD_ENTITIES[reference] ?? numericReference(reference);
    if (character === null) throw new UndecodableRecord(name, 'contains an entity that XML does not define');
    return character;
  });
}

/** `#44032;` or `#xAC00;`: how characters that EUC-KR lacks are written. */
function numericReference(reference: string): string | null {
  const matched = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}));$/.exec(reference);
  if (!matched) return null;
  const point = matched[1] === undefined ? Number(matched[2]) : Number.parseInt(matched[1], 16);
  const surrogate = point >= 0xd800 && point <= 0xdfff;
  return point > 0x10ffff || surrogate ? null : String.fromCodePoint(point);
}

/** The first field whose bytes are not text. Tags are ASCII, which no part of a Korean character imitates. */
function brokenField(record: Uint8Array, element: string, encoding: WireEncoding): string {
  const latin = Buffer.from(record).toString('latin1').replace(`<${element}>`, '');
  for (const matched of latin.matchAll(/<([A-Za-z_][A-Za-z0-9_]*)>([\s\S]*?)<\/\1>/g)) {
    const [, name = element, content = ''] = matched;
    if (decodeBytes(Buffer.from(content, 'latin1'), encoding) === null) return name;
  }
  return element;
}
