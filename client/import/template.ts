import { PRICE_FIELDS, UPLOAD_FIELDS, type UploadField } from '../../domain/upload-field';

/** How a kind of file is read: which header means what. */

export interface Column {
  readonly header: string;
  readonly field: UploadField;
}

export interface Template {
  readonly name: string;
  readonly channel: string;
  /** Its orders carry no revenue. */
  readonly sample: boolean;
  readonly columns: readonly Column[];
}

/**
 * What each field is called in a new template, first, and elsewhere: by marketplaces' and parcel services' own
 * lists. Compared as {@link plainHeader} writes it.
 */
export const HEADERS: Readonly<Record<UploadField, readonly [string, ...string[]]>> = {
  orderNumber: ['주문번호', '발주번호', '주문서번호', '주문관리번호'],
  lineNumber: ['상품주문번호', '주문순번', '라인번호'],
  orderedAt: ['주문일시', '주문일', '주문일자', '발주일', '발주일자', '발주일시', '결제일', '결제일시'],
  name: [
    '수령인',
    '수취인',
    '수령자',
    '받는분',
    '받는사람',
    '수취인명',
    '수령인명',
    '받는분성명',
    '받으시는분',
  ],
  phone: [
    '연락처',
    '휴대폰',
    '휴대전화',
    '핸드폰',
    '연락처1',
    '전화번호',
    '전화번호1',
    '수령인연락처',
    '수취인연락처',
    '수취인연락처1',
    '받는분연락처',
    '받는분전화번호',
    '받는분핸드폰',
  ],
  phone2: ['연락처2', '전화번호2', '기타연락처', '수취인연락처2', '받는분기타연락처'],
  postcode: ['우편번호', '수취인우편번호', '받는분우편번호'],
  address: [
    '주소',
    '기본주소',
    '배송지',
    '배송지주소',
    '수령인주소',
    '수취인주소',
    '받는분주소',
    '통합배송지',
  ],
  addressDetail: ['상세주소', '나머지주소', '주소상세', '상세배송지'],
  deliveryMessage: ['배송메시지', '배송메세지', '배송메모', '배송요청사항', '요청사항'],
  deal: ['상품명', '품목명', '제품명', '품명', '상품'],
  option: ['옵션', '옵션명', '옵션정보', '규격', '선택사항'],
  quantity: ['수량', '주문수량', '발주수량'],
  amount: ['금액', '합계금액', '총금액', '주문금액', '결제금액', '판매금액'],
  unitPrice: ['단가', '판매단가', '공급단가'],
  discount: ['할인', '할인금액', '할인액'],
  shippingFee: ['배송비', '택배비', '배송비합계'],
};

/** Without what people write differently from day to day: blanks, width, and marks that a column must be filled in. */
export function plainHeader(header: string): string {
  return header
    .normalize('NFKC')
    .replace(/\(필수\)|\[필수\]|[\s*]/gu, '')
    .toLowerCase();
}

const OWED: readonly UploadField[] = ['name', 'phone', 'postcode', 'address', 'deal', 'quantity'];

/** What a template lacks or has too much, in a sentence; undefined where it is well. */
export function flawOf({ sample, columns }: Pick<Template, 'sample' | 'columns'>): string | undefined {
  const fields = new Set(columns.map(({ field }) => field));
  const headers = new Set(columns.map(({ header }) => plainHeader(header)));
  if (fields.size < columns.length) return 'Two of its columns mean the same.';
  if (headers.size < columns.length) return 'Two of its columns are called the same.';
  const missing = OWED.filter((field) => !fields.has(field));
  if (missing.length > 0) return `It has no column for ${missing.join(', ')}.`;
  const priced = PRICE_FIELDS.filter((field) => fields.has(field));
  if (sample && priced.length > 0)
    return `Samples carry no revenue, so that it cannot have ${priced.join(', ')}.`;
  if (!sample && fields.has('amount') === fields.has('unitPrice'))
    return 'It needs either amount (of the whole line) or unitPrice: what the customer pays.';
  return undefined;
}

/** The columns of a new template, with the usual headers. */
export function usualColumns(sample: boolean): Column[] {
  const optional: readonly UploadField[] = ['lineNumber', 'phone2', 'addressDetail', 'unitPrice', 'discount'];
  return UPLOAD_FIELDS.filter(
    (field) => !optional.includes(field) && !(sample && PRICE_FIELDS.includes(field)),
  ).map((field) => ({ field, header: HEADERS[field][0] }));
}

/** What the headers of a file mean by the usual words; those that mean nothing are left out. */
export function guessColumns(headers: readonly string[], sample: boolean): Column[] {
  const fieldOf = new Map(
    UPLOAD_FIELDS.filter((field) => !(sample && PRICE_FIELDS.includes(field))).flatMap((field) =>
      HEADERS[field].map((word) => [word, field] as const),
    ),
  );
  const guessed = new Map<UploadField, Column>();
  for (const header of headers) {
    const field = fieldOf.get(plainHeader(header));
    if (field !== undefined && !guessed.has(field)) guessed.set(field, { header: header.trim(), field });
  }
  // Both are written in many files: what the whole line costs is what counts.
  if (guessed.has('amount')) guessed.delete('unitPrice');
  return [...guessed.values()];
}
