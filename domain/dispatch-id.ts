import { createHash } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

function base32(bytes: Uint8Array): string {
  let bits = 0;
  let value = 0;
  let text = '';
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(value >>> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return text;
}

/**
 * The id of an order's n-th dispatch, 26 characters. It follows from the order key, not from a counter
 * of the database: should the database be lost and the order be collected again, the WMS still knows it.
 */
export function dispatchId(leadOrderKey: string, sequence: number): string {
  const digest = createHash('sha256').update(`${leadOrderKey}#${sequence}`).digest();
  return base32(digest.subarray(0, 17)).slice(0, 26);
}

/**
 * The caller key that a WMS sees: always 28 ASCII characters, so that no code is the beginning of
 * another (ShipStation's look-up is "starts with").
 */
export function wmsOrderCode(id: string): string {
  return `BO${id.toUpperCase()}`;
}

/** The inverse of {@link wmsOrderCode}; undefined for a code that is not of this form. */
export function dispatchIdOf(code: string): string | undefined {
  return /^BO[A-Z2-7]{26}$/.test(code) ? code.slice(2).toLowerCase() : undefined;
}
