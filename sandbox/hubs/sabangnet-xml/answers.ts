import iconv from 'iconv-lite';
import type { StandInResponse } from '../../stand-in/message';
import { CLAIM_FIELDS, hubTime, OUTPUT_FIELDS, STATUS_CODES } from './fields';
import { AnswerForm, type HubRecord } from './hub-record';
import type { HubState } from './hub-state';
import { BadRequest, type HubRequest } from './request';
import type { HubSettings } from './settings';

export interface HubContext {
  readonly state: HubState;
  readonly settings: HubSettings;
  readonly companyId: string;
  readonly now: number;
}

/** The answer, and the records that were new until now: reading them is what confirms them. */
export function orderList(
  request: HubRequest,
  { state, settings, companyId, now }: HubContext,
): { response: StandInResponse; confirmed: string[] } {
  const [query] = request.data;
  if (!query || request.data.length > 1) throw new BadRequest('DATA 노드는 하나여야 합니다.');
  const form = new AnswerForm(fieldNames(query, 'ORD_FIELD', OUTPUT_FIELDS), query.LANG === 'UTF-8');
  const codes = settings.statusAs === 'code';
  const parts: Buffer[] = [];
  let count = 0;
  const confirmed: string[] = [];
  for (const record of state.collected(day(query, 'ORD_ST_DATE'), day(query, 'ORD_ED_DATE'), now)) {
    const status = record.status(now, settings.mallTakesInvoiceAfterMs);
    if (!isWanted(record, STATUS_CODES[status], query)) continue;
    count += 1;
    parts.push(...record.write(form, codes ? STATUS_CODES[status] : status));
    if (status === '신규주문') confirmed.push(record.idx);
  }
  return { response: list(form, companyId, now, count, parts), confirmed };
}

/** Claims by the day on which the hub learned of them; reading them changes nothing. */
export function claimList(
  request: HubRequest,
  { state, companyId, now }: Pick<HubContext, 'state' | 'companyId' | 'now'>,
): StandInResponse {
  const [query] = request.data;
  if (!query || request.data.length > 1) throw new BadRequest('DATA 노드는 하나여야 합니다.');
  const form = new AnswerForm(fieldNames(query, 'CLM_FIELD', CLAIM_FIELDS), query.LANG === 'UTF-8');
  const claims = state.claims(day(query, 'CLM_ST_DATE'), day(query, 'CLM_ED_DATE'), now);
  const parts = claims.map((claim) => claim.record.writeClaim(claim, form));
  return list(form, companyId, now, claims.length, parts);
}

function list(
  form: AnswerForm,
  companyId: string,
  now: number,
  count: number,
  parts: readonly Buffer[],
): StandInResponse {
  const head = `${declaration(form.utf8)}<SABANG_ORDER_LIST>\n${header(companyId, now, count)}`;
  const body = Buffer.concat([Buffer.from(head), ...parts, Buffer.from('</SABANG_ORDER_LIST>\n')]);
  return xml(body, form.utf8);
}

function fieldNames(
  query: Readonly<Record<string, string>>,
  field: 'ORD_FIELD' | 'CLM_FIELD',
  known: ReadonlySet<string>,
): string[] {
  const names = (query[field] ?? '').split('|').map((name) => name.trim());
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) throw new BadRequest(`${field} 에 없는 항목입니다: ${unknown}`);
  return names;
}

function day(query: Readonly<Record<string, string>>, name: string): string {
  const value = query[name] ?? '';
  if (!/^\d{8}$/.test(value)) throw new BadRequest(`${name} 형식이 올바르지 않습니다.`);
  return value;
}

function isWanted(record: HubRecord, code: string, query: Readonly<Record<string, string>>): boolean {
  if (query.ORDER_STATUS && query.ORDER_STATUS !== code) return false;
  return !query.ORDER_ID || query.ORDER_ID === record.fields.ORDER_ID;
}

export interface NewInvoice {
  readonly idx: string;
  readonly carrierCode: string;
  readonly invoice: string;
}

/** A result a row; the rows that succeed are to be kept. */
export function registerInvoices(
  request: HubRequest,
  { state, settings, companyId, now }: HubContext,
): { response: StandInResponse; accepted: NewInvoice[] } {
  const mayEdit = request.header.SEND_INV_EDIT_YN === 'Y';
  const accepted: NewInvoice[] = [];
  const rows = request.data.map((row) => {
    const { SABANGNET_IDX: idx = '', TAK_CODE: carrierCode = '', TAK_INVOICE: invoice = '' } = row;
    const refusal = refusalOf(state.byIdx.get(idx), { idx, carrierCode, invoice }, settings, mayEdit, now);
    if (refusal === null) accepted.push({ idx, carrierCode, invoice });
    return { idx, refusal };
  });
  const asXml = request.header.RESULT_TYPE === 'XML';
  return { response: asXml ? results(rows, companyId, now) : resultPage(rows), accepted };
}

function refusalOf(
  record: HubRecord | undefined,
  { carrierCode, invoice }: NewInvoice,
  settings: HubSettings,
  mayEdit: boolean,
  now: number,
): string | null {
  if (!record || record.collectedAt > now) return '사방넷 주문번호가 존재하지 않습니다.';
  if (!/^\d{3,4}$/.test(carrierCode)) return '택배사코드가 올바르지 않습니다.';
  if (!/^[0-9A-Za-z-]{6,20}$/.test(invoice)) return '송장번호가 올바르지 않습니다.';
  const status = record.status(now, settings.mallTakesInvoiceAfterMs);
  if (status === '주문확인') return null;
  if (status !== '출고대기' && status !== '출고완료') return `${status} 상태는 송장등록이 불가능합니다.`;
  const last = record.invoices.at(-1);
  const isSame = last?.carrierCode === carrierCode && last.invoice === invoice;
  if (status === '출고대기' && mayEdit && (!isSame || settings.sameInvoiceAgain === 'success')) return null;
  return isSame && settings.sameInvoiceAgain === 'success' ? null : '송장정보 수정이 불가능합니다.';
}

type Row = { readonly idx: string; readonly refusal: string | null };

function results(rows: readonly Row[], companyId: string, now: number): StandInResponse {
  const data = rows.map(({ idx, refusal }) => {
    const result = refusal === null ? 'SUCCESS' : 'FAIL';
    // RESULT_MSG: assumed from the hub's answers about products.
    const message = refusal === null ? '' : `<RESULT_MSG><![CDATA[${refusal}]]></RESULT_MSG>`;
    return `<DATA><RESULT>${result}</RESULT>${message}<SABANGNET_IDX>${idx}</SABANGNET_IDX></DATA>\n`;
  });
  const list = `${declaration(false)}<SABANG_RESULT>\n${header(companyId, now, rows.length)}${data.join('')}</SABANG_RESULT>\n`;
  return xml(iconv.encode(list, 'cp949'), false);
}

/** What the hub answers where no RESULT_TYPE is asked for. */
function resultPage(rows: readonly Row[]): StandInResponse {
  const lines = rows.map(({ idx, refusal }) => `[${idx}] ${refusal ?? '등록 완료'}<br>`);
  return html(`<html><body>${lines.join('\n')}</body></html>`);
}

export function errorAnswer(message: string, errorsAs: HubSettings['errorsAs']): StandInResponse {
  return html(
    errorsAs === 'html' ? `<html><body><script>alert("${message}")</script></body></html>` : message,
  );
}

export function html(text: string, status = 200): StandInResponse {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=euc-kr' },
    body: iconv.encode(text, 'cp949'),
  };
}

function xml(body: Buffer, utf8: boolean): StandInResponse {
  const charset = utf8 ? 'utf-8' : 'euc-kr';
  return { status: 200, headers: { 'content-type': `text/xml; charset=${charset}` }, body };
}

function declaration(utf8: boolean): string {
  return `<?xml version="1.0" encoding="${utf8 ? 'UTF-8' : 'EUC-KR'}"?>\n`;
}

function header(companyId: string, now: number, count: number): string {
  return `<HEADER><SEND_COMPAYNY_ID>${companyId}</SEND_COMPAYNY_ID><SEND_DATE>${hubTime(now).slice(0, 8)}</SEND_DATE><TOTAL_COUNT>${count}</TOTAL_COUNT></HEADER>\n`;
}
