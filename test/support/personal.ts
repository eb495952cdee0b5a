import type { Recipient } from '../../domain/order';

/** In as many forms as it may be written in: whichever of these is found somewhere names a person. */
export function personalOf({ name, phone, phone2, address, deliveryMessage }: Recipient): string[] {
  const phones = [phone, phone2].filter((number) => number !== null).flatMap(formsOfPhone);
  // Province and district name nobody.
  const house = address.split(/\s+/u).slice(2).join(' ');
  return [name, ...phones, house, ...(deliveryMessage === null ? [] : [deliveryMessage])].filter(
    (text) => text.length > 1,
  );
}

const LAST_DIGITS = 8;

function formsOfPhone(phone: string): string[] {
  const digits = phone.replace(/\D/gu, '');
  const last = digits.slice(-LAST_DIGITS);
  return [phone, digits, last, `${last.slice(0, -4)}-${last.slice(-4)}`];
}

/** Whether a text has it, though not as digits of a longer number, which come by chance. */
export function mentions(text: string, personal: string): boolean {
  if (!text.includes(personal)) return false;
  return !/^[\d-]+$/u.test(personal) || new RegExp(`(?<!\\d)${personal}(?!\\d)`, 'u').test(text);
}
