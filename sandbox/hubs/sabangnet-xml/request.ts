import { XMLParser, XMLValidator } from 'fast-xml-parser';
import iconv from 'iconv-lite';

/** What the hub refuses; its wording is assumed. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
}

export interface HubRequest {
  readonly header: Readonly<Record<string, string>>;
  readonly data: readonly Readonly<Record<string, string>>[];
}

export interface HubAccount {
  readonly companyId: string;
  readonly authKey: string;
}

interface Expected {
  readonly root: string;
  /** Beside company, key and date. */
  readonly header: readonly string[];
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const words = (list: string) => list.split(' ');

export const ORDER_REQUEST: Expected = {
  root: 'SABANG_ORDER_LIST',
  header: [],
  required: ['ORD_ST_DATE', 'ORD_ED_DATE', 'ORD_FIELD'],
  optional: words(
    'JUNG_CHK_YN2 ORDER_ID MALL_ID ORDER_STATUS LANG PARTNER_ID MALL_USER_ID DPARTNER_ID ACNT_REGS_SRNO',
  ),
};

export const CLAIM_REQUEST: Expected = {
  root: 'SABANG_ORDER_LIST',
  header: [],
  required: ['CLM_ST_DATE', 'CLM_ED_DATE', 'CLM_FIELD'],
  optional: ['LANG'],
};

export const INVOICE_REQUEST: Expected = {
  root: 'SABANG_INV_REGI',
  header: ['SEND_INV_EDIT_YN', 'RESULT_TYPE'],
  required: ['SABANGNET_IDX', 'TAK_CODE', 'TAK_INVOICE'],
  optional: ['DELV_HOPE_DATE'],
};

const FETCH_TIMEOUT_MS = 10_000;

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: true,
  isArray: (name) => name === 'DATA',
});

/**
 * Fetches the request document from its sender and reads it.
 *
 * @throws BadRequest in the hub's words.
 */
export async function fetchRequest(
  xmlUrl: string | null,
  expected: Expected,
  account: HubAccount,
): Promise<HubRequest> {
  const bytes = await fetchDocument(xmlUrl);
  const declared = /encoding=["']utf-8["']/i.test(bytes.toString('latin1', 0, 100));
  const text = declared ? bytes.toString('utf8') : iconv.decode(bytes, 'cp949');
  if (/<!DOCTYPE/i.test(text) || XMLValidator.validate(text) !== true)
    throw new BadRequest('XML 형식이 올바르지 않습니다.');
  const document: unknown = parser.parse(text);
  const root = childOf(document, expected.root);
  if (!root) throw new BadRequest(`${expected.root} 노드가 없습니다.`);
  const header = leaves(childOf(root, 'HEADER'));
  checkHeader(header, expected, account);
  const rows: unknown = root.DATA;
  const data = (Array.isArray(rows) ? rows : []).map(leaves);
  for (const row of data) checkNames(row, expected.required, expected.optional);
  return { header, data };
}

async function fetchDocument(xmlUrl: string | null): Promise<Buffer> {
  if (!xmlUrl || !/^https?:\/\//.test(xmlUrl)) throw new BadRequest('xml_url 이 없습니다.');
  try {
    const response = await fetch(xmlUrl, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  } catch {
    throw new BadRequest('XML 파일을 읽을 수 없습니다.');
  }
}

function checkHeader(header: Record<string, string>, expected: Expected, account: HubAccount): void {
  checkNames(header, ['SEND_COMPAYNY_ID', 'SEND_AUTH_KEY', 'SEND_DATE'], expected.header);
  if (header.SEND_COMPAYNY_ID !== account.companyId || header.SEND_AUTH_KEY !== account.authKey)
    throw new BadRequest('인증키가 올바르지 않습니다.');
  if (!/^\d{8}$/.test(header.SEND_DATE ?? '')) throw new BadRequest('SEND_DATE 형식이 올바르지 않습니다.');
}

function checkNames(
  row: Readonly<Record<string, string>>,
  required: readonly string[],
  optional: readonly string[],
): void {
  const missing = required.find((name) => !row[name]);
  if (missing) throw new BadRequest(`${missing} 값이 없습니다.`);
  const unknown = Object.keys(row).find((name) => !required.includes(name) && !optional.includes(name));
  if (unknown) throw new BadRequest(`${unknown} 은(는) 없는 항목입니다.`);
}

function childOf(node: unknown, name: string): Record<string, unknown> | undefined {
  const child = isRecord(node) ? node[name] : undefined;
  return isRecord(child) ? child : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function leaves(node: unknown): Record<string, string> {
  if (!isRecord(node)) return {};
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, String(value).trim()]));
}
