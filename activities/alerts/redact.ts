import type { Recipient } from '../../domain/order';

/** A phone number as it is written in Korea, not a part of a longer number. */
const PHONE = /(?<!\d)(?:\+?82[-. ]?|0)\d{1,2}[-. )]{0,2}\d{3,4}[-. ]?\d{4}(?!\d)/gu;
const MAIL = /[^\s<>@]+@[^\s<>@]+/gu;
/** A shorter one would take letters out of every other word. */
const SHORTEST = 2;

/** A reason without what it may quote of a person: a WMS names in its refusal what it does not like. */
export function redact(reason: string, recipient: Recipient | undefined): string {
  const { name, phone, phone2, address, deliveryMessage } = recipient ?? {};
  const known = [name, phone, phone2, address, deliveryMessage].filter(
    (value): value is string => typeof value === 'string' && value.trim().length >= SHORTEST,
  );
  const withoutKnown = known.reduce((text, value) => text.replaceAll(value, '***'), reason);
  return withoutKnown.replaceAll(PHONE, '***').replaceAll(MAIL, '***');
}
