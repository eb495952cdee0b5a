import type { HandMade } from '../hubs/sabangnet-xml/entries';
import { fieldsOf, type HubFields } from '../hubs/sabangnet-xml/fields';
import { generateDay } from './generate-day';

/** A record as the Sabangnet hub could send it, for its `POST /admin/records`. */
export interface BadRecord {
  readonly name: string;
  readonly record: Partial<HandMade>;
  /** The field that the error has to name; null where the record is good after all. */
  readonly field: string | null;
}

type Mutation = (fields: HubFields) => Omit<BadRecord, 'name'>;

function set(field: string, value: string): Mutation {
  return (fields) => ({ record: { fields: { ...fields, [field]: value } }, field });
}

function leaveOut(field: string): Mutation {
  return ({ [field]: _left, ...fields }) => ({ record: { fields }, field });
}

function bytes(field: string, content: readonly number[]): Mutation {
  return (fields) => ({
    record: { fields, bytes: { [field]: Buffer.from(content).toString('base64') } },
    field,
  });
}

function xml(field: string, content: string): Mutation {
  return (fields) => ({ record: { fields, xml: { [field]: content } }, field });
}

/** A thousand million `ha` from a few lines, for a parser that expands what it is told to. */
const BOMB = [
  '<!DOCTYPE DATA [<!ENTITY a "ha">',
  ...'bcdefghij'
    .split('')
    .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefghij'[index]};`.repeat(10)}">`),
  ']>',
].join('');

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'bytes that are not EUC-KR': bytes('RECEIVE_NAME', [0xb1, 0xe8, 0xff, 0x31]),
  'half a character at the end': bytes('DELV_MSG', [0xb9, 0xae, 0xb0]),
  'UTF-8 in an EUC-KR answer': bytes('RECEIVE_ADDR', [0xec, 0x84, 0x9c, 0xec, 0x9a]),
  'no recipient': leaveOut('RECEIVE_NAME'),
  'no product': leaveOut('PRODUCT_NAME'),
  'no quantity': leaveOut('SALE_CNT'),
  'no price': leaveOut('TOTAL_COST'),
  'no mall': leaveOut('MALL_ID'),
  'no status': set('ORDER_STATUS', ''),
  'no order number': set('ORDER_ID', ''),
  'an order number of blanks': set('ORDER_ID', '   '),
  'quantity 0': set('SALE_CNT', '0'),
  'quantity -1': set('SALE_CNT', '-1'),
  'quantity 1000000000': set('SALE_CNT', '1000000000'),
  'quantity 1e9': set('SALE_CNT', '1e9'),
  'quantity abc': set('SALE_CNT', 'abc'),
  'quantity 1.5': set('SALE_CNT', '1.5'),
  'a price beyond 2^53': set('TOTAL_COST', '9007199254740993'),
  'a price with a comma': set('TOTAL_COST', '12,900'),
  'more paid than it cost': set('PAY_COST', '999999999'),
  'a time that does not exist': set('ORDER_DATE', '20260230101500'),
  'an unknown mall': set('MALL_ID', '처음보는몰'),
  'an unknown status': set('ORDER_STATUS', '우주배송'),
  'a telephone number of letters': set('RECEIVE_CEL', '전화주지마세요'),
  'a postcode of four digits': set('RECEIVE_ZIPCODE', '4123'),
  'control characters': set('RECEIVE_ADDR', '달맞이뜰로 1\u0000\u001b[31m'),
  'writing turned around': xml('PRODUCT_NAME', '모담뜰 &#x202e;김'),
  'a name of ten thousand letters': set('RECEIVE_NAME', '가'.repeat(10_000)),
  'an XML bomb': (fields) => ({
    record: { fields, xml: { DELV_MSG: `${BOMB}&j;` } },
    field: 'DELV_MSG',
  }),
  'an entity of a file': xml('RECEIVE_NAME', '&passwd;'),
  'a field that is not closed': xml('RECEIVE_NAME', '<b>굵게'),
  'a field twice': xml('SALE_CNT', '1</SALE_CNT><SALE_CNT>2'),
  'a script in a name': (fields) => ({
    record: { fields: { ...fields, RECEIVE_NAME: '<script>alert("가")</script>' } },
    field: null,
  }),
  'markup in a product': (fields) => ({
    record: { fields: { ...fields, PRODUCT_NAME: '모담뜰 ]]></PRODUCT_NAME></DATA><DATA> & 김' } },
    field: null,
  }),
  'syllables that only CP949 has': (fields) => ({
    record: { fields: { ...fields, RECEIVE_NAME: '똠펲', PRODUCT_NAME: '모담뜰 똠방각하 펲시콜라 힣' } },
    field: null,
  }),
  'an order number beyond 2^53': (fields) => ({
    record: { fields: { ...fields, ORDER_ID: '642538970006401429' } },
    field: null,
  }),
};

/** One record for each way in which a payload can be bad, and some that only look so; the same for the same seed. */
export function generateBadRecords(seed: number): BadRecord[] {
  const names = Object.entries(MUTATIONS);
  const orders = generateDay({ seed, orders: names.length, date: '2026-11-20' });
  return names.flatMap(([name, mutate], index) => {
    const order = orders[index];
    const [line] = order?.lines ?? [];
    return order && line ? [{ name, ...mutate(fieldsOf(order, line)) }] : [];
  });
}
