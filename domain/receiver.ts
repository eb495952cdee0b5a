/** What of a receiver is compared, in the one form in which it is. */

/** Blanks and signs are typed this way one day and that way the next. */
export function plainName(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** How the seventeen 시도 are written at full length. */
const PROVINCES: readonly (readonly [RegExp, string])[] = [
  [/^(서울|부산|대구|인천|광주|대전|울산)(특별시|광역시|시)/u, '$1'],
  [/^세종(특별자치시|시)/u, '세종'],
  [/^(경기|강원|제주)(특별자치도|도)/u, '$1'],
  [/^전북특별자치도/u, '전북'],
  [/^(충청|전라|경상)(북|남)도/u, '$1$2'],
  [/^충청(북|남)/u, '충$1'],
  [/^전라(북|남)/u, '전$1'],
  [/^경상(북|남)/u, '경$1'],
];

/** What is written in brackets behind a road's address: its 법정동 and the building's name. */
const BEHIND_A_ROAD = /\([^)\d]*\)/gu;
const ROAD = /(로|길)\s*\d+/u;
/** 101동 1203호 is 101-1203; 역삼2동 is a name. */
const COUNTED = /(?<![\p{L}\d])(\d+)\s*(?:동|호수?|층|번지)(?!\p{L})/gu;

/** The words and numbers of an address, without what is only another way to write the same. */
export function addressWords(text: string): string[] {
  const typed = text.normalize('NFKC').toLowerCase().trim();
  const street = ROAD.test(typed) ? typed.replaceAll(BEHIND_A_ROAD, ' ') : typed;
  const short = PROVINCES.reduce((address, [full, name]) => address.replace(full, name), street);
  return short.replaceAll(COUNTED, '$1 ').match(/\p{L}+|\p{N}+/gu) ?? [];
}

/** Two numbers never run into one: 1-23 is not 12-3, whatever stands between them. */
export function plainAddress(text: string): string {
  return addressWords(text)
    .join(' ')
    .replaceAll(/(?<=\p{N}) (?=\p{N})/gu, '-')
    .replaceAll(' ', '');
}

/** Digits that a telephone number has at least. */
const SHORTEST_PHONE = 8;
/** 안심번호: another one for each order. */
const SAFE = /^050/u;

/** The numbers that say who somebody is, each as it is dialled at home. */
export function plainPhones(phones: readonly string[]): string[] {
  const numbers = phones
    .map((phone) =>
      phone
        .normalize('NFKC')
        .replaceAll(/\D/gu, '')
        .replace(/^(?:00)?82(?=[1-9]|0\d)0?/u, '0'),
    )
    .filter((phone) => phone.length >= SHORTEST_PHONE && !SAFE.test(phone));
  return [...new Set(numbers)].toSorted();
}
