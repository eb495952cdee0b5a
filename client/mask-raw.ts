/**
 * Personal data in a raw record, whose form only its adapter knows: the values of fields that may name a
 * person are masked, and so is everything that stands in no field, since a broken record may have it anywhere.
 */

const PERSONAL =
  /name|tel|cel|phone|mobile|addr|street|zip|post|email|mail|msg|message|memo|remark|user|buyer|receiv|recipient|orderer|customer|personal|birth|account|수취|수령|받는|주문자|구매자|이름|성명|전화|휴대|연락|주소|우편|메모|메시지|요청|통관/iu;
const HARMLESS =
  /^(product_?name|p_product_name|mall_?name|item_?name|goods_?name|option_?name|sku.*|상품명|옵션명?)$/iu;

/** Letters and digits go, the shape stays: one still sees that there is something, and how long it is. */
export function maskShape(text: string): string {
  return text.replace(/[\p{L}\p{N}]/gu, '*');
}

const PHONE = /(?<!\d)0\d{1,3}[-. ]?\d{3,4}[-. ]?\d{4}(?!\d)/gu;

function isPersonal(field: string): boolean {
  return PERSONAL.test(field) && !HARMLESS.test(field);
}

function maskField(field: string, value: string): string {
  if (isPersonal(field)) return maskShape(value);
  return value.replace(PHONE, (phone) => `***${phone.slice(-4)}`);
}

/** What somebody may see of a raw record who has not asked for the personal data in it. */
export function maskRaw(text: string): string {
  const json = parseJson(text);
  return json === undefined ? maskMarkup(text) : JSON.stringify(json, maskJsonField, 2);
}

function parseJson(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function maskJsonField(field: string, value: unknown): unknown {
  if (isPersonal(field)) return maskDeep(value);
  return typeof value === 'string' ? maskField(field, value) : value;
}

/** What stands under a personal name is personal all the way down. */
function maskDeep(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'number') return maskShape(String(value));
  if (Array.isArray(value)) return value.map(maskDeep);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, maskDeep(inner)]));
}

/**
 * An element that holds text only, an opening, closing or empty tag, or text. The content is limited, so that
 * a record that opens a thousand sections and closes none is read in no time; longer content is masked whole.
 */
const TOKEN =
  /<([\p{L}_][\p{L}\p{N}_.:-]*)>(<!\[CDATA\[[^\]]{0,2000}\]\]>|[^<]*)<\/\1>|<\/?[\p{L}_][\p{L}\p{N}_.:-]*\/?>|[^<]+|</gu;

function maskMarkup(text: string): string {
  /** The personal element we are in, whose inner elements are personal, too. */
  let within: string | undefined;
  return text.replace(TOKEN, (token, field: string | undefined, value: string | undefined) => {
    if (field !== undefined && value !== undefined)
      return `<${field}>${within === undefined ? maskContent(field, value) : maskShape(value)}</${field}>`;
    if (token.length === 1 || !token.startsWith('<')) return maskShape(token);
    const name = token.replace(/[<>/]/gu, '');
    if (within === name && token.startsWith('</')) within = undefined;
    else if (within === undefined && isPersonal(name) && /^<[^/]*>$/u.test(token)) within = name;
    return token;
  });
}

function maskContent(field: string, value: string): string {
  const cdata = /^<!\[CDATA\[([\s\S]*)\]\]>$/u.exec(value);
  return cdata === null ? maskField(field, value) : `<![CDATA[${maskField(field, cdata[1] ?? '')}]]>`;
}
