import iconv from 'iconv-lite';
import type { StandInResponse } from '../../stand-in/message';

/** A row's fields, in 11st's spelling; a Buffer stands as it is, for rows that nobody can read. */
export type Row = Readonly<Record<string, string | number | bigint | Buffer>>;

const NAMESPACE = 'http://skt.tmall.business.openapi.spring.service.client.domain/';
const DECLARATION = '<?xml version="1.0" encoding="euc-kr" standalone="yes"?>\n';

export function orderList(rows: readonly Row[]): StandInResponse {
  const elements = rows.flatMap((row) => [encode('<ns2:order>'), ...fields(row), encode('</ns2:order>')]);
  return xml([encode(`<ns2:orders xmlns:ns2="${NAMESPACE}">`), ...elements, encode('</ns2:orders>')]);
}

/** What a list has in place of rows. */
export function listResult(code: string, text: string): StandInResponse {
  const result = `<ns2:result_code>${code}</ns2:result_code><ns2:result_text>${escape(text)}</ns2:result_text>`;
  return xml([encode(`<ns2:orders xmlns:ns2="${NAMESPACE}">${result}</ns2:orders>`)]);
}

/** The answer to a call that changes an order or a claim. */
export function writeResult(code: string, text: string): StandInResponse {
  const mall = '<openMallID>11ST</openMallID><open_11st_mall></open_11st_mall>';
  const result = `<result_code>${code}</result_code><result_text>${escape(text)}</result_text>`;
  return xml([encode(`<ResultOrder>${mall}${result}</ResultOrder>`)]);
}

/** The answer to a call about a product. */
export function productMessage(code: string, text: string, productNo = ''): StandInResponse {
  const message = { productNo, message: text, resultCode: code };
  return xml([encode('<ClientMessage>'), ...fields(message), encode('</ClientMessage>')]);
}

export function productStocks(row: Row): StandInResponse {
  return xml([
    encode(`<ns2:ProductStocks xmlns:ns2="${NAMESPACE}"><ns2:ProductStock>`),
    ...fields(row),
    encode('</ns2:ProductStock></ns2:ProductStocks>'),
  ]);
}

function fields(row: Row): Buffer[] {
  return Object.entries(row).flatMap(([name, value]) => [
    encode(`<${name}>`),
    Buffer.isBuffer(value) ? value : encode(escape(String(value))),
    encode(`</${name}>`),
  ]);
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What CP949 lacks is written by its number. */
function encode(text: string): Buffer {
  if (/^[\x20-\x7e]*$/.test(text)) return Buffer.from(text, 'latin1');
  const plain = iconv.encode(text, 'cp949');
  if (iconv.decode(plain, 'cp949') === text) return plain;
  const written = Array.from(text, (char) =>
    iconv.decode(iconv.encode(char, 'cp949'), 'cp949') === char ? char : `&#${char.codePointAt(0)};`,
  );
  return iconv.encode(written.join(''), 'cp949');
}

function xml(parts: readonly Buffer[]): StandInResponse {
  return {
    status: 200,
    headers: { 'content-type': 'text/xml;charset=euc-kr' },
    body: Buffer.concat([encode(DECLARATION), ...parts]),
  };
}
