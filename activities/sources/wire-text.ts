import iconv from 'iconv-lite';

/** The encodings that Korean systems write in, to the letter. */

export type WireEncoding = 'euc-kr' | 'utf-8';

export function encode(text: string, encoding: WireEncoding): Buffer {
  return encoding === 'utf-8' ? Buffer.from(text, 'utf8') : iconv.encode(text, 'cp949');
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text, or null when the bytes are not in the encoding. What calls itself EUC-KR is CP949 in truth; Node's
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
