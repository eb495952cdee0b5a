import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from '../../client/import/template';
import { packPart, writeArchive } from '../../client/import/write-archive';

export function fixture(name: string): Buffer {
  return readFileSync(join(__dirname, '../fixtures/import', name));
}

const HEADERS = [
  ['orderNumber', '주문번호'],
  ['orderedAt', '주문일시'],
  ['name', '수령인'],
  ['phone', '연락처'],
  ['postcode', '우편번호'],
  ['address', '주소'],
  ['deliveryMessage', '배송메시지'],
  ['deal', '상품명'],
  ['option', '옵션'],
  ['quantity', '수량'],
  ['amount', '금액'],
  ['shippingFee', '배송비'],
] as const;

export const B2B: Template = {
  name: 'b2b',
  channel: 'b2b',
  sample: false,
  columns: HEADERS.map(([field, header]) => ({ field, header })),
};

export const HEADER = HEADERS.map(([, header]) => header).join(',');

/** A line of a CSV under {@link HEADER}, with what differs. */
export function line(given: Partial<Record<(typeof HEADERS)[number][0], string>> = {}): string {
  const usual = {
    orderNumber: 'B2B-1',
    orderedAt: '2026-11-20 10:30',
    name: '김하늘',
    phone: '010-1234-5678',
    postcode: '06236',
    address: '서울특별시 강남구 테헤란로 1',
    deliveryMessage: '',
    deal: '모담뜰 들기름 도시락김',
    option: '16봉 x 2박스',
    quantity: '1',
    amount: '19800',
    shippingFee: '0',
    ...given,
  };
  return HEADERS.map(([field]) => usual[field]).join(',');
}

export function csv(...lines: string[]): Buffer {
  return Buffer.from([HEADER, ...lines, ''].join('\r\n'));
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** What is unusual in a workbook. */
interface Oddities {
  readonly workbookPr?: string;
  /** Of all sheets: hidden. */
  readonly state?: string;
  /** Where a writer broke off. */
  readonly end?: string;
  /** Spaces in what is read at once, under a name of its own. */
  readonly padding?: number;
  /** Of all sheets, where they are not as they were packed. */
  readonly crc?: number;
}

/** A workbook by its parts, as Excel lays them out. */
export async function workbookOf(
  sheets: Readonly<Record<string, string>>,
  { workbookPr = '', state = 'visible', end = '</sheetData></worksheet>', padding = 0, crc }: Oddities = {},
) {
  const names = Object.keys(sheets);
  const tags = names.map(
    (name, n) => `<sheet name="${name}" sheetId="${n + 1}" state="${state}" r:id="rId${n + 1}"/>`,
  );
  const links = names.map(
    (_, n) =>
      `<Relationship Id="rId${n + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${n + 1}.xml"/>`,
  );
  links.push(`<Relationship Id="strings" Type="${RELATIONS}/sharedStrings" Target="../strings.xml"/>`);
  const office = `<Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/>`;
  const relationships = (inner: string) =>
    `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`;
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    '_rels/.rels': relationships(office),
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}">${workbookPr}<sheets>${tags.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships(links.join('')),
    'strings.xml': `<sst xmlns="${MAIN}">${' '.repeat(padding)}</sst>`,
  };
  for (const [n, name] of names.entries())
    parts[`xl/worksheets/sheet${n + 1}.xml`] =
      `${XML}<worksheet xmlns="${MAIN}"><sheetData>${sheets[name]}${end}`;
  const packed = await Promise.all(Object.entries(parts).map(([name, text]) => packPart(name, [text])));
  const isSheet = (name: string) => name.startsWith('xl/worksheets/');
  return writeArchive(
    packed.map((part) => (crc !== undefined && isSheet(part.name) ? { ...part, crc } : part)),
  );
}

const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;

/** A sheet's rows in which every cell is text, from the first row on. */
export function textRows(lines: readonly string[]): string {
  return lines.map((one, n) => `<row r="${n + 1}">${one.split(',').map(text).join('')}</row>`).join('');
}
