import { crc32, deflateRawSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { FileThread } from '../../client/import/file-thread';
import type { FileRead } from '../../client/import/order-file';
import { guessColumns, type Template } from '../../client/import/template';
import { packPart, writeArchive } from '../../client/import/write-archive';
import { B2B, csv, fixture, HEADER, line, textRows, workbookOf } from '../support/order-files';

describe('a file of orders', () => {
  let thread: FileThread;
  beforeAll(() => {
    thread = new FileThread();
  });
  afterAll(() => thread.close());

  const given = (bytes: Buffer, templates: readonly Template[] = [B2B], sheet?: string) => ({
    bytes,
    name: 'orders.xlsx',
    templates,
    sheet,
    readAt: new Date(),
  });
  const read = (...args: Parameters<typeof given>): Promise<FileRead> => thread.ask('read', given(...args));
  const problemsOf = ({ problems }: FileRead) => problems.map(({ row, field }) => `${row} ${field}`);

  async function libreOffice(name: string): Promise<FileRead> {
    const bytes = fixture(name);
    const columns = guessColumns((await thread.ask('outline', given(bytes), false)).words, false);
    return read(bytes, [{ name: 'hanbit', channel: 'b2b', sample: false, columns }]);
  }

  it('by LibreOffice is read below its merged title, whatever has become of its numbers', async () => {
    const found = await libreOffice('libreoffice-orders.xlsx');
    expect(found).toMatchObject({ sheet: '발주', headerRow: 3, rows: 3, problems: [], rejectedRows: 0 });
    const [first, second] = await thread.ask('records', 0, 2);
    expect([first?.key, second?.key]).toEqual(['b2b/B2B-1001', 'b2b/20261120001']);
    expect(await rowsOfOrders()).toEqual([[4, 5], [6]]);
    expect(first?.orderedAt).toEqual(new Date('2026-11-20T10:30:00+09:00'));
    expect(second?.orderedAt).toEqual(new Date('2026-11-20T12:00:00+09:00'));
    expect(JSON.parse(Buffer.from(first?.body ?? []).toString()).rows[0].remarks).toEqual({
      담당자: '박담당',
    });
  });

  it('with problems has each named by row and column, and all of them at once', async () => {
    const found = await libreOffice('libreoffice-problems.xlsx');
    expect(problemsOf(found).sort()).toEqual(
      [
        '5 orderNumber',
        '6 orderedAt',
        '6 phone',
        '6 option',
        '6 quantity',
        '6 amount',
        '7 name',
        '7 postcode',
        '7 quantity',
      ].sort(),
    );
    expect(found.problems.find(({ row }) => row === 5)?.message).toMatch(/lost digits/);
    expect(found.problems.find(({ field }) => field === 'amount')?.message).toMatch(/formula/);
    expect(found.keys).toEqual(['b2b/B2B-1001']);
  });

  it('comes back with its problems marked and everything else as it was', async () => {
    await libreOffice('libreoffice-problems.xlsx');
    const marked = await thread.ask('mark', [
      { row: 7, columns: [2, 10], says: '수령인 is missing & <so on>' },
    ]);
    const { words } = await thread.ask('outline', given(Buffer.from(marked)), false);
    expect(words.at(-1)).toBe('오류');
    const again = await libreOfficeRows(Buffer.from(marked));
    expect(again.problems.map(({ row }) => row)).toEqual([5, 6, 6, 6, 6, 6, 7, 7, 7]);
  });

  it('that is mended in its marked copy keeps no words of what was wrong', async () => {
    const rows = textRows([HEADER, line(), line({ orderNumber: 'B2B-2' }), line({ orderNumber: 'B2B-3' })]);
    await read(await workbookOf({ 주문: rows }));
    const marks = [2, 3].map((row) => ({ row, columns: [], says: `${row} is wrong` }));
    await read(Buffer.from(await thread.ask('mark', marks)));
    const said = await bodies();
    expect(said.filter((body) => body.includes('wrong'))).toEqual([]);
    const again = Buffer.from(await thread.ask('mark', marks.slice(1)));
    const marksColumn = { header: '오류', field: 'lineNumber' as const };
    await read(again, [{ ...B2B, columns: [...B2B.columns, marksColumn] }]);
    const words = (await bodies()).map((body) => /\d is wrong/.exec(body)?.[0]);
    expect(words).toEqual([undefined, '3 is wrong', undefined]);
  });

  /** What would be stored of each order. */
  async function bodies(): Promise<string[]> {
    return (await thread.ask('records', 0, 9_999)).map(({ body }) => Buffer.from(body).toString());
  }

  async function libreOfficeRows(bytes: Buffer): Promise<FileRead> {
    const columns = guessColumns((await thread.ask('outline', given(bytes), false)).words, false);
    return read(bytes, [{ name: 'hanbit', channel: 'b2b', sample: false, columns }]);
  }

  it.each<[string, string | null, (bytes: Buffer) => Buffer]>([
    ['UTF-8', 'UTF-8', (bytes) => bytes],
    ['UTF-8 with a mark', 'UTF-8', (bytes) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes])],
    ['EUC-KR', 'EUC-KR', (bytes) => iconv.encode(bytes.toString(), 'euc-kr')],
    ['CP949', 'EUC-KR', (bytes) => iconv.encode(bytes.toString().replace('김하늘', '김뷁'), 'cp949')],
    [
      'what Excel calls Unicode',
      'UTF-16',
      (bytes) => Buffer.from(`\ufeff${bytes.toString().replaceAll(',', '\t')}`, 'utf16le'),
    ],
  ])('in CSV is read in %s', async (_, encoding, encode) => {
    const found = await read(encode(csv(line(), line({ orderNumber: 'B2B-2' }))));
    expect(found).toMatchObject({ sheet: null, encoding, rows: 2, problems: [] });
    expect(found.keys).toEqual(['b2b/B2B-1', 'b2b/B2B-2']);
  });

  async function rowsOfOrders(): Promise<number[][]> {
    return (await bodies()).map((body) => JSON.parse(body).rows.map(({ row }: { row: number }) => row));
  }

  it('in CSV is read whole wherever its pieces end', async () => {
    const address = '가나다 😀 '.repeat(30);
    const lines = Array.from({ length: 2_000 }, (_, n) => line({ orderNumber: `B2B-${n}`, address }));
    const found = await read(csv(...lines));
    expect(found).toMatchObject({ rows: 2_000, problems: [] });
    const whole = (await bodies()).filter((body) => body.includes(`"${address}"`));
    expect(whole).toHaveLength(2_000);
  });

  it('with fewer than no pieces is wrong in that only', async () => {
    const found = await read(csv(line({ quantity: '-3' })));
    expect(found.problems).toEqual([{ row: 2, field: 'quantity', message: 'must be at least 1' }]);
  });

  it('has the rows of one number in one order, wherever they stand', async () => {
    const lines = [line(), line({ orderNumber: 'B2B-2' }), line({ deal: '참기름' })];
    await read(csv(...lines));
    expect(await rowsOfOrders()).toEqual([[2, 4], [3]]);
  });

  it('without numbers gives those of one recipient a number that the same rows get again', async () => {
    const columns = B2B.columns.filter(({ field }) => field !== 'orderNumber');
    const lines = [line(), line({ deal: '참기름' }), line({ name: '이솔' })];
    const first = await read(csv(...lines), [{ ...B2B, columns }]);
    expect(await rowsOfOrders()).toEqual([[2, 3], [4]]);
    const second = await read(csv('', ...lines), [{ ...B2B, columns }]);
    expect(second.keys).toEqual(first.keys);
  });

  it('is recognised by its header, and the template with the most columns is meant', async () => {
    const small = { ...B2B, name: 'small', columns: B2B.columns.filter(({ field }) => field !== 'option') };
    expect((await read(csv(line()), [small, B2B])).template.name).toBe('b2b');
    await expect(read(csv(line()), [B2B, { ...B2B, name: 'other' }])).rejects.toThrow(
      'The templates b2b and other both fit the header in row 1: say which with --template.',
    );
    await expect(read(Buffer.from(`${HEADER.replace('수량', '개수')}\n${line()}\n`))).rejects.toThrow(
      'No template fits. Row 1 looks like the header of b2b, but lacks 수량; there are: b2b.',
    );
  });

  it('by Excel is read whichever of its sheets fits, unless several do', async () => {
    const rows = textRows([HEADER, line()]);
    expect((await read(await workbookOf({ 표지: textRows(['발주서']), 주문: rows }))).sheet).toBe('주문');
    const both = await workbookOf({ 주문: rows, 추가: rows });
    await expect(read(both)).rejects.toThrow(
      /The sheets 주문 and 추가 both have a fitting header: say which/,
    );
    expect((await read(both, [B2B], '추가')).sheet).toBe('추가');
    await expect(read(both, [B2B], '없음')).rejects.toThrow('no such sheet; there are: 주문, 추가');
  });

  it('with a comma that stands in no quotation marks is not read in the wrong columns', async () => {
    const found = await read(
      csv(line({ address: '서울특별시 강남구, 테헤란로 1' }), line({ orderNumber: 'B2B-2' })),
    );
    expect(found.problems).toContainEqual(
      expect.objectContaining({ row: 2, message: expect.stringContaining('more cells than the header') }),
    );
    expect(found.keys).toEqual(['b2b/B2B-2']);
  });

  it('whose sheets are not there to be read is refused with what there is', async () => {
    const rows = textRows([HEADER, line()]);
    const hidden = await workbookOf({ 주문: rows }, { state: 'hidden' });
    await expect(read(hidden)).rejects.toThrow(
      'All sheets of the file are hidden: say which is meant with --sheet; there are: 주문.',
    );
    expect((await read(hidden, [B2B], '주문')).rows).toBe(1);
    await expect(read(await workbookOf({}))).rejects.toThrow(/^The file has no sheet/);
    await expect(read(await workbookOf({ 주문: '' }))).rejects.toThrow(
      /^The first 30 rows of the file are empty/,
    );
  });

  it.each([
    ['whose writer broke off in a sheet', { end: '' }],
    ['in which a digit has turned into another', { crc: 1 }],
  ])('%s is refused, whatever rows are in it', async (_, odd) => {
    const rows = textRows([HEADER, line(), line({ orderNumber: 'B2B-2' })]);
    await expect(read(await workbookOf({ 주문: rows }, odd))).rejects.toThrow(
      /^The file is cut off or damaged/,
    );
  });

  const cutIn = (bytes: Buffer, share: number) => bytes.subarray(0, Math.floor(bytes.length * share));

  it('that is no file of orders is refused in a sentence', async () => {
    const whole = fixture('libreoffice-orders.xlsx');
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 60, 400);
    const cases: [Buffer, RegExp][] = [
      [Buffer.alloc(0), /^The file is empty\.$/],
      [cutIn(whole, 0.6), /^The file is cut off or damaged/],
      [damaged, /^The file is cut off or damaged/],
      [fixture('password.xlsx'), /^The file is protected by a password: save it without one\.$/],
      [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), /^The file is in the format of Excel 97/],
      [Buffer.from('<html><table>'), /^The file is a web page/],
      [Buffer.from('%PDF-1.7'), /^The file is a PDF/],
      [Buffer.from([0xff, 0xd8, 0xff, 0x00, 0x80]), /^The file is neither a workbook nor a CSV/],
      [writeArchive([await packPart('a.txt', ['a'])]), /^The file is a zip archive and no workbook/],
      [csv(), /^There is no order below the header in row 1\.$/],
      [
        Buffer.from(`${csv(line()).toString()}B2B-2,2026`),
        /^The file is cut off: its last row, 3, has 2 of 12/,
      ],
      [Buffer.from(`${csv(line()).toString()}"B2B-2,2026`), /^The file is cut off: a quotation mark/],
    ];
    for (const [bytes, says] of cases) await expect(read(bytes)).rejects.toThrow(says);
  });

  it('that unpacks to gigabytes is refused before it is, also where it hides that', async () => {
    const zeros = Buffer.alloc(64 * 1024 * 1024);
    const packed = deflateRawSync(zeros);
    const bomb = (bytes: number) => {
      const part = { name: 'xl/workbook.xml', method: 8, crc: crc32(zeros), bytes, packed };
      return writeArchive([part, { ...part, name: 'xl/_rels/workbook.xml.rels' }]);
    };
    await expect(read(bomb(1024 * 1024 * 1024))).rejects.toThrow(/^The file unpacks to 2048 MiB/);
    await expect(read(bomb(1_000))).rejects.toThrow(/^The file is cut off or damaged/);
  });

  it('with more beside its sheets than fits into the memory is refused before that is read', async () => {
    const rows = textRows([HEADER, line()]);
    const megabytes = (count: number) => workbookOf({ 주문: rows }, { padding: count * 1024 * 1024 });
    await expect(read(await megabytes(120))).rejects.toThrow(
      /^The file has 121 MiB beside its sheets; 100 MiB/,
    );
    expect((await read(await megabytes(1))).rows).toBe(1);
  });

  it('to be filled in has the header of its template', async () => {
    const empty = Buffer.from(await thread.ask('template', B2B));
    await expect(read(empty)).rejects.toThrow('There is no order below the header in row 1.');
  });
});
