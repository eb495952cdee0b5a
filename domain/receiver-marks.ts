import { createHmac } from 'node:crypto';
import type { Recipient } from './order';
import { plainAddress, plainName, plainPhones } from './receiver';

/** The name of the secret that digests are keyed with. */
export const RECEIVER_KEY = 'receiver';

/** What a receiver is compared by: keyed digests, so that who has only the rows cannot try names against them. */
export interface ReceiverMarks {
  readonly name: string;
  readonly address: string;
  /** Null: there is no number but safe ones, so that it says nothing of who it is. */
  readonly phones: string | null;
}

/** Everything by which two receivers are told apart, in the one form in which it is compared. */
export function receiverMarks(
  key: string,
  { name, phone, phone2, postcode, address }: Recipient,
): ReceiverMarks {
  const digest = (text: string) => createHmac('sha256', key).update(text).digest('hex');
  const phones = plainPhones([phone, phone2 ?? '']);
  return {
    name: digest(plainName(name)),
    address: digest(`${plainName(postcode)}\n${plainAddress(address)}`),
    phones: phones.length === 0 ? null : digest(phones.join('\n')),
  };
}

/**
 * Whether two orders go to the same person, by name and address alone: a gift that is given once to a receiver is not
 * given again to another of their telephones.
 */
export function receiverDigest(key: string, { name, postcode, address }: Recipient): string {
  const person = [plainName(name), plainName(postcode), plainAddress(address)].join('\n');
  return createHmac('sha256', key).update(person).digest('hex');
}
