import { upload } from '../../activities/sources/upload/adapter';
import { momentOf, phoneOf, piecesOf, postcodeOf } from '../../activities/sources/upload/read-cell';
import { readRows } from '../../activities/sources/upload/read-rows';
import { type UploadRecord, type UploadRow, writeRecord } from '../../activities/sources/upload/record';
import { UndecodableRecord } from '../../domain/errors';
import { toolsOfOne } from '../support/source-tools';
import { orderTold } from '../support/told';

const CELLS: UploadRow['cells'] = {
  orderNumber: 'B2B-1',
  orderedAt: { date: '2026-11-20T10:30:00' },
  name: '김하늘',
  phone: 1_012_345_678,
  postcode: 6_236,
  address: '서울특별시 강남구 테헤란로 1',
  addressDetail: '101동 202호',
  deal: '모담뜰 들기름 도시락김',
  option: '16봉 x 2박스',
  quantity: 2,
  amount: '39,600원',
  shippingFee: 3_000,
};

function recordOf(rows: Partial<UploadRow['cells']>[], more: Partial<UploadRecord> = {}): UploadRecord {
  return {
    file: 'orders.xlsx',
    template: 'b2b',
    channel: 'b2b',
    sample: false,
    readAt: '2026-11-21T00:00:00.000Z',
    rows: rows.map((cells, index) => ({ row: index + 5, cells, remarks: { 담당자: '박담당' } })),
    ...more,
  };
}

async function decoded(record: UploadRecord) {
  const source = await upload.connect({}, toolsOfOne());
  return orderTold(source, Buffer.from(writeRecord(record)));
}

describe('a record of an uploaded file', () => {
  it('is an order in the standard form, with what the spreadsheet dropped', async () => {
    expect(
      await decoded(
        recordOf([CELLS, { orderNumber: 'B2B-1', deal: '참기름', quantity: '3개', amount: 45_000 }]),
      ),
    ).toEqual({
      channel: 'b2b',
      orderNumber: 'B2B-1',
      orderedAt: new Date('2026-11-20T10:30:00+09:00'),
      recipient: {
        name: '김하늘',
        phone: '01012345678',
        phone2: null,
        postcode: '06236',
        address: '서울특별시 강남구 테헤란로 1 101동 202호',
        deliveryMessage: null,
      },
      shippingFee: 3_000n,
      shipBy: null,
      lines: [
        {
          lineNumber: '1',
          deal: '모담뜰 들기름 도시락김',
          option: '16봉 x 2박스',
          quantity: 2,
          cancelledQuantity: 0,
          amount: 39_600n,
          discount: 0n,
          listing: null,
        },
        {
          lineNumber: '2',
          deal: '참기름',
          option: '',
          quantity: 3,
          cancelledQuantity: 0,
          amount: 45_000n,
          discount: 0n,
          listing: null,
        },
      ],
    });
  });

  it('of a sample has no revenue, whatever its rows say, and the time of reading where they say none', async () => {
    const { orderedAt: _, ...cells } = CELLS;
    const sample = await decoded(recordOf([{ ...cells, discount: 100 }], { sample: true }));
    expect(sample.orderedAt).toEqual(new Date('2026-11-21T00:00:00Z'));
    expect(sample.shippingFee).toBe(0n);
    expect(sample.lines).toMatchObject([{ amount: 0n, discount: 0n }]);
  });

  it('is priced by the piece where the file says what one costs', async () => {
    const { amount: _, ...cells } = CELLS;
    expect((await decoded(recordOf([{ ...cells, unitPrice: 19_800 }]))).lines).toMatchObject([
      { amount: 39_600n },
    ]);
  });

  it.each<[Partial<UploadRow['cells']>, string, RegExp]>([
    [{ orderNumber: 1.23e15 }, 'orderNumber', /lost digits/],
    [{ orderNumber: '1.23E+15' }, 'orderNumber', /lost digits/],
    [{ quantity: 0 }, 'quantity', /at least 1/],
    [{ quantity: 1.5 }, 'quantity', /whole number/],
    [{ quantity: '두 개' }, 'quantity', /whole number/],
    [{ amount: -1 }, 'amount', /must not be negative/],
    [{ amount: '' }, 'amount', /is missing/],
    [{ amount: { formula: true } }, 'amount', /is a formula/],
    [{ deal: '=A1&B1' }, 'deal', /is a formula/],
    [{ deal: '#REF!' }, 'deal', /holds the error/],
    [{ option: { date: '2026-03-04T00:00:00' } }, 'option', /is a date/],
    [{ orderedAt: '지난주' }, 'orderedAt', /is no date and time/],
    [{ orderedAt: '2026-02-31' }, 'orderedAt', /is no date and time/],
    [{ name: '  ' }, 'name', /is missing/],
    [{ phone: '없음' }, 'phone', /not a telephone number/],
    [{ postcode: 62 }, 'postcode', /not a postcode/],
  ])('cannot be read where %j, and names the field', async (cells, field, message) => {
    const record = recordOf([{ ...CELLS, ...cells }]);
    expect(readRows(record).problems).toEqual([{ row: 5, field, message: expect.stringMatching(message) }]);
    await expect(decoded(record)).rejects.toThrow(UndecodableRecord);
  });

  it('says all that is wrong with it at once', () => {
    const bad = { ...CELLS, quantity: 'x', postcode: 1, name: '' };
    expect(readRows(recordOf([CELLS, bad])).problems.map(({ row, field }) => `${row} ${field}`)).toEqual([
      '6 quantity',
      '6 postcode',
    ]);
    expect(
      readRows(recordOf([bad]))
        .problems.map(({ field }) => field)
        .sort(),
    ).toEqual(['name', 'postcode', 'quantity']);
  });

  it('is of one recipient, and its lines have numbers of their own', () => {
    const other = { ...CELLS, name: '이솔' };
    expect(readRows(recordOf([CELLS, other])).problems).toEqual([
      { row: 6, field: 'name', message: 'differs from row 5 of the same order' },
    ]);
    const twice = { ...CELLS, lineNumber: '7' };
    expect(readRows(recordOf([twice, twice])).problems).toEqual([
      { row: 6, field: 'lineNumber', message: 'is that of row 5 of the same order' },
    ]);
  });

  it('that is none is refused by naming something of it', async () => {
    const source = await upload.connect({}, toolsOfOne());
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('{'),
      Buffer.from([0xb1, 0xff]),
      Buffer.from('{"rows":[]}'),
    ])
      expect(() => source.decode(bytes)).toThrow(UndecodableRecord);
  });
});

describe('a cell', () => {
  const at = (text: string) => new Date(`${text}+09:00`);

  it.each([
    [46_346.4375, at('2026-11-20T10:30:00')],
    ['46346.4375', at('2026-11-20T10:30:00')],
    ['2026-11-20', at('2026-11-20T00:00:00')],
    ['2026. 11. 20.', at('2026-11-20T00:00:00')],
    ['2026/1/2 3:04', at('2026-01-02T03:04:00')],
    ['2026년 1월 2일', at('2026-01-02T00:00:00')],
    ['2026-11-20 오후 3:05:06', at('2026-11-20T15:05:06')],
    ['2026-11-20 12:05 AM', at('2026-11-20T00:05:00')],
    ['20261120', at('2026-11-20T00:00:00')],
    ['20261120103000', at('2026-11-20T10:30:00')],
    ['2026-11-20T01:30:00Z', at('2026-11-20T10:30:00')],
    ['２０２６-11-20', at('2026-11-20T00:00:00')],
  ])('is a time in Seoul: %j', (cell, time) => {
    expect(momentOf(cell, false)).toEqual(time);
  });

  it('of an old Mac counts its days from 1904', () => {
    expect(momentOf(46_346 - 1_462, true)).toEqual(at('2026-11-20T00:00:00'));
  });

  it.each([
    [1_012_345_678, '01012345678'],
    ['10-1234-5678', '010-1234-5678'],
    [212_345_678, '0212345678'],
    [50_412_345_678, '050412345678'],
    ['="01012345678"', '01012345678'],
    ['+82 10-1234-5678', '+82 10-1234-5678'],
    ['1588-1234', '1588-1234'],
    ['010-1234-5678', '010-1234-5678'],
  ])('is a telephone number, with the zero that it lost: %j', (cell, phone) => {
    expect(phoneOf(cell)).toBe(phone);
  });

  it('is a postcode, or a number of pieces, however it is written', () => {
    expect([postcodeOf(6_236), postcodeOf('06236'), postcodeOf('135-080')]).toEqual([
      '06236',
      '06236',
      '135-080',
    ]);
    expect([piecesOf('1,200 개'), piecesOf('３'), piecesOf(2.000_000_000_1)]).toEqual([1_200, 3, 2]);
  });
});
