import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares a secret or a signature in a time that tells nothing of it. */
export function isSameSecret(given: string | undefined, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return given !== undefined && timingSafeEqual(digest(given), digest(expected));
}
