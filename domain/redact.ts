import type { Recipient } from './order';

/** A phone number as it is written in Korea, not a part of a longer number. */
const PHONE = /(?<!\d)(?:\+?82[-. ]?|0)\d{1,2}[-. )]{0,2}\d{3,4}[-. ]?\d{4}(?!\d)/gu;
const MAIL = /[^\s<>@]+@[^\s<>@]+/gu;
/** A shorter one would take letters out of every other word. */
const SHORTEST = 2;
/** Province and district, which say nothing of a person. */
const COARSE_WORDS = 2;

/** A reason without what it may quote of people: a WMS names in its refusal what it does not like. */
export function redact(reason: string, people: readonly Partial<Recipient>[]): string {
  const known = people.flatMap(quotable).toSorted((a, b) => b.length - a.length);
  const withoutKnown = known.reduce((text, value) => text.replaceAll(value, '***'), reason);
  return withoutKnown.replaceAll(PHONE, '***').replaceAll(MAIL, '***');
}

/** What a text may quote of somebody, also of their address the part that names the house. */
function quotable({ name, phone, phone2, address, deliveryMessage }: Partial<Recipient>): string[] {
  const house = address?.split(/\s+/u).slice(COARSE_WORDS).join(' ');
  return [name, phone, phone2, address, house, deliveryMessage].filter(
    (value): value is string => typeof value === 'string' && value.trim().length >= SHORTEST,
  );
}
