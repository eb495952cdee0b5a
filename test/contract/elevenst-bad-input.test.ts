import iconv from 'iconv-lite';
import { OutsideUnavailable } from '../../activities/outcome';
import { UndecodableRecord } from '../../domain/errors';
import type { OrderPart } from '../../domain/order';
import { orderTold } from '../support/told';
import { ElevenstSetup } from './elevenst-setup';
import { FixedServer, undecodable } from './sabangnet-setup';

const eleven = ElevenstSetup.forEachTest();

const ROOT = '<ns2:orders xmlns:ns2="http://skt.tmall.business.openapi.spring.service.client.domain/">';
const DECLARATION = '<?xml version="1.0" encoding="euc-kr" standalone="yes"?>';
const list = (content: string) => iconv.encode(`${DECLARATION}${ROOT}${content}</ns2:orders>`, 'cp949');
const result = (code: string, text: string) =>
  list(`<ns2:result_code>${code}</ns2:result_code><ns2:result_text>${text}</ns2:result_text>`);
const row = (fields: Record<string, string>) =>
  `<ns2:order>${Object.entries(fields)
    .map(([name, text]) => `<${name}>${text}</${name}>`)
    .join('')}</ns2:order>`;

describe('answers of 11st', () => {
  const fixed = FixedServer.forEachTest();

  beforeEach(() => eleven.connect({ baseUrl: fixed.url }));

  test.each([
    ['nothing', ''],
    ['a page of HTML', '<html><body>점검중</body></html>'],
    ['a list that ends early', list(row({ ordNo: '1' })).subarray(0, -14)],
    ['a result that ends early', result('0', '조회된 결과가 없습니다.').subarray(0, -20)],
    ['a list without rows and without a result', list('')],
    ['another encoding', `<?xml version="1.0" encoding="UTF-8"?>${ROOT}</ns2:orders>`],
    ['an error of its own', result('-997', '등록된 API 정보가 존재하지 않습니다.')],
    ['a key that it does not know', result('-1', 'OpenAPI Key 에 해당하는 유저가 없습니다.')],
    ['a window too long', result('-3305', '최대 조회기간은 일주일 입니다.')],
  ])('%s is to be read again', async (_name, body) => {
    fixed.answer = body;
    await expect(eleven.collect()).rejects.toThrow(OutsideUnavailable);
  });

  test.each([
    ['orders', result('0', '조회된 결과가 없습니다.')],
    ['claims', result('-1', '해당 건이 없습니다.')],
  ])('that there are no %s is empty', async (_name, body) => {
    fixed.answer = body;
    expect(await eleven.collect()).toEqual([]);
  });

  test('hold up no row for another that is none, and keep that, too', async () => {
    fixed.answer = list(`${row({ ordNo: '1', ordPrdSeq: '1', dlvNo: '7' })}<ns2:ordr>?</ns2:ordr>`);
    const records = await eleven.collect();
    expect(new Set(records.map(({ recordId }) => recordId.replace(/[0-9a-f]{32}$/, '…')))).toEqual(
      new Set(['1-1-7-single-N-null', 'response-…']),
    );
  });

  test('do not repeat our key in a message', async () => {
    fixed.answer = result('-1', 'ERROR sandbox-key-5b21');
    await expect(eleven.collect()).rejects.toThrow('11st: -1 ERROR ***');
  });
});

describe('a line', () => {
  let body: Buffer;

  beforeEach(async () => {
    await eleven.emit(20);
    const [record] = await eleven.linesOf(eleven.order(({ lines }) => lines.length === 1));
    body = Buffer.from(record?.body ?? []);
  });

  /** The same with a field of its first row that reads otherwise. */
  function withField(field: string, text: string): Buffer {
    const written = iconv.encode(text, 'cp949').toString('latin1');
    const known = new RegExp(`<${field}>[\\s\\S]*?</${field}>`);
    const latin = body.toString('latin1');
    const element = `<${field}>${written}</${field}>`;
    const changed = known.test(latin)
      ? latin.replace(known, () => element)
      : latin.replace('<ns2:order>', () => `<ns2:order>${element}`);
    return Buffer.from(changed, 'latin1');
  }
  const told = (field: string, text: string): OrderPart => orderTold(eleven.source, withField(field, text));

  test.each([
    ['ordNo', ''],
    ['ordNo', 'null'],
    ['ordDt', '2026-13-45 00:00:00'],
    ['ordQty', '0'],
    ['ordQty', '1000000000'],
    ['ordQty', '9999'],
    ['ordAmt', '-5'],
    ['ordAmt', '1.5'],
    ['lstSellerDscPrc', '99999999'],
    ['dlvCst', 'x'],
    ['rcvrNm', ''],
    ['rcvrPrtblNo', '전화 없음'],
    ['rcvrMailNo', '1234'],
    ['rcvrBaseAddr', '가'.repeat(301)],
    ['prdNm', ''],
    ['dlvSndDue', 'tomorrow'],
    ['visitDlvYn', 'Y'],
    ['use11stRetailYn', 'Y'],
    ['rcvrNm', '<b>이름</b>'],
    ['ordDlvReqCont', '&xxe;'],
  ])('whose %s is "%s" is refused by that name', (field, text) => {
    if (field === 'dlvCst') body = withField('dlvCstType', '01');
    expect(undecodable(() => told(field, text)).field).toBe(field);
  });

  test('that 11st says nothing more of is refused, since nobody knows how many were ordered', () => {
    const [first = ''] = body.toString('latin1').split(/(?<=<\/ns2:order>)/);
    const error = undecodable(() => orderTold(eleven.source, Buffer.from(first, 'latin1')));
    expect(error.message).toBe('orderlistall: tells nothing of this line');
  });

  test('that is no XML that 11st writes is refused, and nothing in it expands', () => {
    const bomb = '<ns2:order><!DOCTYPE x [<!ENTITY a "aa">]><ordNo>&a;</ordNo></ns2:order>';
    expect(() => eleven.source.decode(Buffer.from(bomb))).toThrow(UndecodableRecord);
  });

  test.each([
    ['rcvrNm', '&lt;script&gt;alert("가")&lt;/script&gt;', '<script>alert("가")</script>'],
    ['rcvrNm', '홍길동&#128512;', '홍길동😀'],
    ['rcvrNm', '똠방각하', '똠방각하'],
  ])('whose %s is %s is read as it was meant', (field, text, name) => {
    expect(told(field, text).recipient.name).toBe(name);
  });

  test.each([
    ['색상/사이즈:아이보리/100cm-1개', '색상/사이즈:아이보리/100cm'],
    ['선택:3-10개 세트-12개', '선택:3-10개 세트'],
    ['1개', ''],
    ['2개입', '2개입'],
    ['null', ''],
  ])('whose option is %s has "%s" by its own wording', (text, option) => {
    expect(told('slctPrdOptNm', text).lines[0]?.option).toBe(option);
  });

  test.each([
    ['01', 3_000n],
    ['02', 0n],
    ['03', 0n],
  ])('whose fee is paid as %s brings %s KRW with it', (type, fee) => {
    body = withField('dlvCst', '3000');
    expect(told('dlvCstType', type).shippingFee).toBe(fee);
  });

  test('to an island brings the fee for that, too', () => {
    body = withField('dlvCstType', '03');
    body = withField('bmDlvCstType', '01');
    expect(told('bmDlvCst', '4500').shippingFee).toBe(4_500n);
  });

  test('is due when the customer was told, where that is later than was promised', () => {
    expect(told('delaySendDt', '2026-11-30 00:00:00').shipBy).toEqual(new Date('2026-11-30T23:59:59+09:00'));
  });
});

describe('a claim', () => {
  const cancellation = {
    ordNo: '1',
    ordPrdSeq: '1',
    ordPrdCnSeq: '8',
    ordCnQty: '1',
    createDt: '2026-11-20 10:00:00',
  };
  const other = { ordNo: '1', ordPrdSeq: '1', clmReqSeq: '8', clmReqQty: '1', reqDt: '2026-11-20 10:00:00' };
  const decode = (fields: Record<string, string>) => eleven.source.decode(Buffer.from(row(fields)));

  test.each([
    ['ordCnStatCd', { ...cancellation, ordCnStatCd: '77' }],
    ['ordCnQty', { ...cancellation, ordCnStatCd: '01', ordCnQty: '0' }],
    ['createDt', { ...cancellation, ordCnStatCd: '01', createDt: 'now' }],
    ['clmStat', { ...other, clmStat: '301' }],
    ['ordPrdSeq', { ...other, clmStat: '105', ordPrdSeq: '' }],
    ['ordNo', { ...other, clmStat: '105', ordNo: '' }],
  ])('whose %s does not fit is refused by that name', (field, fields) => {
    const refused = () => {
      decode(fields);
    };
    expect(refused).toThrow(UndecodableRecord);
    expect(refused).toThrow(new RegExp(`^${field}:`));
  });

  test.each([
    ['105', 'return', 'requested'],
    ['109', 'return', 'requested'],
    ['106', 'return', 'done'],
    ['107', 'return', 'withdrawn'],
    ['212', 'exchange', 'requested'],
    ['221', 'exchange', 'done'],
    ['232', 'exchange', 'withdrawn'],
  ])('in state %s is a %s that is %s', (clmStat, kind, state) => {
    expect(decode({ ...other, clmStat })).toMatchObject({ kind, state, claimId: '8-1' });
  });
});
