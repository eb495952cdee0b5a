import { createHmac } from 'node:crypto';
import type { Recipient } from './order';

/** The name of the secret that digests are keyed with. */
export const RECEIVER_KEY = 'receiver';

/**
 * Whether two orders go to the same person, told by a keyed digest of name and address: who has only the database's
 * rows cannot try names against it. Phones are left out, since safe numbers (050) differ from order to order.
 */
export function receiverDigest(key: string, { name, postcode, address }: Recipient): string {
  const person = [name, postcode, address].map(plain).join('\n');
  return createHmac('sha256', key).update(person).digest('hex');
}

/** Blanks and signs are typed this way one day and that way the next. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}
