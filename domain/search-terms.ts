import { getChoseong } from 'es-hangul';

/** What an order's people can be found by. Kept for each order, so that a look-up is one look into an index. */

/** As wide as the column they are kept in. */
export const TERM_MAX = 40;
const DIGITS_OF_A_PHONE = 4;
const CHOSEONG = /^[ㄱ-ㅎ]{2,}$/u;
/** Fewer characters are in too many names to find anybody. */
const SHORTEST_NAME = 2;
/** The beginnings of a name that are terms of their own. */
const BEGINNINGS = 4;

/** A text in the one form in which terms are compared. */
function plain(text: string): string {
  const letters = Array.from(text.normalize('NFC').toLowerCase().replace(/\s+/gu, ''));
  return letters.slice(0, TERM_MAX).join('');
}

const isLong = (term: string) => Array.from(term).length >= SHORTEST_NAME;

/** The last four digits of the phones, the name, its beginnings and its 초성. */
export function termsOf(recipient: {
  readonly name: string;
  readonly phone: string;
  readonly phone2: string | null;
}): string[] {
  const phones = [recipient.phone, recipient.phone2 ?? ''].map((phone) => phone.replace(/\D/gu, ''));
  const digits = phones
    .filter((phone) => phone.length >= DIGITS_OF_A_PHONE)
    .map((phone) => phone.slice(-DIGITS_OF_A_PHONE));
  const name = plain(recipient.name);
  const letters = Array.from(name);
  const beginnings = [2, 3, BEGINNINGS].map((length) => letters.slice(0, length).join(''));
  const terms = [...digits, name, ...beginnings, choseongOf(name)];
  return [...new Set(terms.filter(isLong))];
}

/** Empty where the name is not Korean. */
function choseongOf(name: string): string {
  const choseong = getChoseong(name).replace(/\s+/gu, '');
  return CHOSEONG.test(choseong) ? choseong : '';
}

/** What a person has typed, as a term; undefined where it can be none. */
export function termSearched(text: string): string | undefined {
  const term = plain(text.replace(/^(?:\+?\d[\d -]*\d)$/u, (phone) => lastDigits(phone)));
  return isLong(term) ? term : undefined;
}

/** A whole telephone number is searched for by its end, since that is all that is kept. */
function lastDigits(text: string): string {
  const digits = text.replace(/\D/gu, '');
  const isPhone = /^(?:0\d{8,11}|82\d{8,10})$/u.test(digits);
  return isPhone ? digits.slice(-DIGITS_OF_A_PHONE) : text;
}
