import type { Recipient } from '../domain/order';

/** Personal data as people see it who need not see it all. */

/** 김하늘 → 김*늘, 김솔 → 김*, Ana Lee → A*****e. */
export function maskName(name: string): string {
  const [first = '', ...rest] = name.trim();
  if (rest.length === 0) return first === '' ? '' : '*';
  const last = rest.length > 1 ? (rest.at(-1) ?? '') : '';
  return first + '*'.repeat(rest.length - last.length) + last;
}

/** The last four digits stay. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/gu, '');
  return digits.length <= 4 ? '****' : `***-****-${digits.slice(-4)}`;
}

/** Province and district stay: 서울특별시 강남구 ***. */
export function maskAddress(address: string): string {
  const parts = address.trim().split(/\s+/u);
  return parts.length > 2 ? `${parts.slice(0, 2).join(' ')} ***` : '***';
}

/** A recipient of whom nobody can be told. */
export function maskRecipient(recipient: Recipient): Recipient {
  return {
    name: maskName(recipient.name),
    phone: maskPhone(recipient.phone),
    phone2: recipient.phone2 === null ? null : maskPhone(recipient.phone2),
    postcode: `${recipient.postcode.slice(0, 2)}***`,
    address: maskAddress(recipient.address),
    deliveryMessage: recipient.deliveryMessage === null ? null : '***',
  };
}
