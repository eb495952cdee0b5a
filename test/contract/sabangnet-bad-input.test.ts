import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import iconv from 'iconv-lite';
import { OutsideUnavailable } from '../../activities/outcome';
import { element } from '../../activities/sources/sabangnet-xml/wire';
import type { FetchedRecord } from '../../activities/sources/source';
import { encode } from '../../activities/sources/wire-text';
import { readFields } from '../../activities/sources/xml-fields';
import { UndecodableRecord } from '../../domain/errors';
import type { OrderPart } from '../../domain/order';
import { generateBadRecords } from '../../sandbox/generator/bad-records';
import { orderTold } from '../support/told';
import { FixedServer, SabangnetSetup, undecodable } from './sabangnet-setup';
import { tell } from './sources/marketplace-fixture';

const sabangnet = SabangnetSetup.forEachTest();

describe('bad input', () => {
  const bad = generateBadRecords(5);
  const records = new Map<string, FetchedRecord>();
  let all: FetchedRecord[];

  beforeEach(async () => {
    const { idx } = await tell<{ idx: string[] }>(sabangnet.hub, '/admin/records', {
      records: bad.map(({ record }) => record),
    });
    await tell(sabangnet.hub, '/admin/days', { seed: 2, orders: 20, date: '2026-11-19' });
    all = await sabangnet.collectOrders();
    for (const [index, { name }] of bad.entries()) {
      const record = all.find(({ recordId }) => recordId === idx[index]);
      if (record) records.set(name, record);
    }
  });

  test('holds up no other order', () => {
    const good = all.filter((record) => ![...records.values()].includes(record));
    const numbers = good.map(({ body }) => orderTold(sabangnet.source, body).orderNumber);
    expect(new Set(numbers).size).toBe(20);
  });

  test('is kept and named by its field, or read where it is good; people are not quoted', () => {
    const told = bad.map(({ name, field }) => {
      const { body } = records.get(name) ?? { body: Buffer.alloc(0) };
      if (field === null) return [name, orderTold(sabangnet.source, body) && null];
      const error = undecodable(() => orderTold(sabangnet.source, body));
      if (/^(RECEIVE_|USER_|DELV_MSG)/.test(error.field)) expect(error.message).not.toMatch(/got|["“]/);
      return [name, error.field];
    });
    expect(told).toEqual(bad.map(({ name, field }) => [name, field]));
  });

  test('says what would be right', () => {
    const { body } = records.get('quantity 0') ?? { body: Buffer.alloc(0) };
    expect(undecodable(() => orderTold(sabangnet.source, body)).message).toBe(
      'SALE_CNT: must be a whole number between 1 and 9999, got "0"',
    );
  });

  test.each([
    ['a script in a name', (part: OrderPart) => part.recipient.name, '<script>alert("가")</script>'],
    [
      'markup in a product',
      (part: OrderPart) => part.lines[0]?.deal,
      '모담뜰 ]]></PRODUCT_NAME></DATA><DATA> & 김',
    ],
    [
      'syllables that only CP949 has',
      (part: OrderPart) => part.lines[0]?.deal,
      '모담뜰 똠방각하 펲시콜라 힣',
    ],
    ['an order number beyond 2^53', (part: OrderPart) => part.orderNumber, '642538970006401429'],
  ])('%s survives as text', (name, read, expected) => {
    const { body } = records.get(name) ?? { body: Buffer.alloc(0) };
    expect(read(orderTold(sabangnet.source, body))).toBe(expected);
  });

  test('that is no record at all is kept as one, and holds up no other', async () => {
    const before = (await sabangnet.collectOrders()).map(({ recordId }) => recordId);
    const whole = Buffer.from('<DATUM><IDX>1</IDX></DATUM>').toString('base64');
    await tell(sabangnet.hub, '/admin/records', { records: [{ whole }] });
    const after = (await sabangnet.collectOrders()).map(({ recordId }) => recordId);
    expect(after).toEqual([expect.stringMatching(/^response-/), ...before]);
  });
});

describe('answers of the hub', () => {
  const fixed = FixedServer.forEachTest();

  beforeEach(() => sabangnet.connect({ baseUrl: fixed.url, readsClaims: false }));

  const list = (header: string, body: string) =>
    `<?xml version="1.0" encoding="EUC-KR"?><SABANG_ORDER_LIST><HEADER>${header}</HEADER>${body}</SABANG_ORDER_LIST>`;

  test.each([
    ['nothing', ''],
    ['a page of HTML', '<html><body>점검중</body></html>'],
    ['a sentence', 'auth key is wrong'],
    [
      'a list that ends early',
      '<SABANG_ORDER_LIST><HEADER><TOTAL_COUNT>1</TOTAL_COUNT></HEADER><DATA><IDX>1</IDX></DATA>',
    ],
    ['fewer records than announced', list('<TOTAL_COUNT>2</TOTAL_COUNT>', '<DATA><IDX>1</IDX></DATA>')],
    ['neither records nor a count', list('', '')],
    ['another encoding', list('<TOTAL_COUNT>0</TOTAL_COUNT>', '').replace('EUC-KR', 'UTF-8')],
  ])('%s is to be read again', async (_name, body) => {
    fixed.answer = body;
    await expect(sabangnet.collect()).rejects.toThrow(OutsideUnavailable);
  });

  test('an empty list is empty', async () => {
    fixed.answer = list('<TOTAL_COUNT>0</TOTAL_COUNT>', '');
    expect(await sabangnet.collect()).toEqual([]);
  });

  test('a typed-in end of a record ends nothing, and begins no other', async () => {
    const evil =
      '<DATA><IDX>1</IDX><DELV_MSG><![CDATA[</DELV_MSG></DATA><DATA><IDX>2</IDX>]]></DELV_MSG></DATA>';
    fixed.answer = list('<TOTAL_COUNT>1</TOTAL_COUNT>', evil);
    expect((await sabangnet.collect()).map(({ recordId }) => recordId)).toEqual(['1']);
  });

  test('a CDATA section that does not end spoils its own record only', async () => {
    const broken = '<DATA><IDX>1</IDX><A><![CDATA[x</A></DATA>';
    fixed.answer = list(
      '<TOTAL_COUNT>3</TOTAL_COUNT>',
      `${broken}<DATA><IDX>2</IDX><A><![CDATA[y]]></A></DATA><DATA><IDX>3</IDX></DATA>`,
    );
    expect((await sabangnet.collect()).map(({ recordId }) => recordId)).toEqual(['1', '2', '3']);
  });

  test('what stands between records is kept as a record, under the same name at every reading', async () => {
    fixed.answer = list('<TOTAL_COUNT>1</TOTAL_COUNT>', '<DATA><IDX>1</IDX></DATA><DATUM>?</DATUM>');
    const [, leftover] = await sabangnet.collect();
    expect(leftover?.recordId).toMatch(/^response-[0-9a-f]{32}$/);
    expect(Buffer.from(leftover?.body ?? []).toString()).toBe('<DATUM>?</DATUM>');
    expect((await sabangnet.collect())[1]?.recordId).toBe(leftover?.recordId);
  });

  test('the same record keeps its hash when reading and shipping move it on, not when it is cancelled', async () => {
    const hashes: (string | undefined)[] = [];
    for (const status of ['신규주문', '주문확인', '출고완료', '취소접수']) {
      const body = `<DATA><IDX>1</IDX><ORDER_STATUS><![CDATA[${status}]]></ORDER_STATUS></DATA>`;
      fixed.answer = iconv.encode(list('<TOTAL_COUNT>1</TOTAL_COUNT>', body), 'cp949');
      hashes.push((await sabangnet.collect())[0]?.contentHash);
    }
    expect(new Set(hashes.slice(0, 3)).size).toBe(1);
    expect(hashes[3]).not.toBe(hashes[0]);
  });
});

describe('the reader of fields', () => {
  const parser = new XMLParser({ parseTagValue: false, processEntities: true, ignoreAttributes: true });
  const text = fc.string({ unit: fc.constantFrom(...Array.from('가힣똠 <>&";]a[!-/1')) });
  const field = fc.record({ text, isCdata: fc.boolean() });

  test('reads what a general parser reads, of every text', () => {
    fc.assert(
      fc.property(fc.array(field, { minLength: 1, maxLength: 5 }), (fields) => {
        const xml = fields.map(({ text, isCdata }, index) =>
          isCdata ? element(`F${index}`, text) : `<F${index}>${escaped(text)}</F${index}>`,
        );
        const document = `<DATA>${xml.join('\n')}</DATA>`;
        const read = Object.fromEntries(readFields(encode(document, 'euc-kr'), 'DATA', 'euc-kr'));
        expect(read).toEqual(Object.fromEntries(fields.map(({ text }, index) => [`F${index}`, text.trim()])));
        if (!document.includes('<![CDATA[')) expect(read).toEqual(parser.parse(document).DATA);
      }),
    );
  });

  test('reads or names a field, and does nothing else, whatever it is given', () => {
    const bytes = fc.array(
      fc.constantFrom('<A>', '</A>', '<DATA>', ']]>', '<![CDATA[', '&lt;', '&', '<', '가', 'x'),
    );
    fc.assert(
      fc.property(bytes, (parts) => {
        try {
          readFields(encode(`<DATA>${parts.join('')}</DATA>`, 'euc-kr'), 'DATA', 'euc-kr');
        } catch (error) {
          expect(error).toBeInstanceOf(UndecodableRecord);
        }
      }),
    );
  });

  function escaped(plain: string): string {
    return plain
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;');
  }
});
