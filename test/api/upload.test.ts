import { saveTemplate } from '../../client/use-cases/import-templates';
import { auditOf } from '../../db/queries/audit';
import { findOrder } from '../../db/queries/orders';
import { recordsOfOrder } from '../../db/queries/raw-records';
import { dropExpiredDrafts } from '../../db/queries/upload-drafts';
import { uploadDraft, uploadDraftPiece } from '../../db/schema';
import { journeyId } from '../../domain/order-key';
import { type OpenedApi, openApi, type Visitor } from '../support/api';
import { type FreshDatabase, freshDatabase } from '../support/database';
import { csv, fixture, line } from '../support/order-files';

describe('uploading a file of orders', () => {
  let database: FreshDatabase;
  let api: OpenedApi;
  let operator: Visitor;

  beforeAll(async () => {
    database = await freshDatabase();
    api = await openApi({ database });
    operator = await api.signedIn('operator');
    const template = { name: 'b2b', channel: 'b2b', sample: false, columns: [] };
    await saveTemplate(database, template, { by: 'kim', reason: 'test' });
  });
  afterAll(async () => {
    await api.close();
    await database.close();
  });

  const check = (bytes: Uint8Array, fileName = 'orders.csv', visitor = operator) =>
    visitor.ask('POST', `/api/uploads/drafts?fileName=${encodeURIComponent(fileName)}`, bytes);

  async function terminate(...keys: string[]): Promise<void> {
    for (const key of keys) await api.temporal.client.workflow.getHandle(journeyId(key)).terminate();
  }

  it('shows what is wrong, takes what is mended in its cells, and then takes in all of it', async () => {
    const bytes = csv(
      line({ orderNumber: 'U-1' }),
      line({ orderNumber: 'U-2', quantity: '둘', postcode: '' }),
      line({ orderNumber: 'U-3', deliveryMessage: '문 앞' }),
    );
    const checked = await check(bytes, '한빛 발주서.csv');
    expect(checked.status).toBe(200);
    const { id, version, found } = checked.body;
    expect(found).toMatchObject({ template: 'b2b', rows: 3, orders: 2, rejectedRows: 1, problemCount: 2 });
    expect(
      found.problems.map((p: { row: number; column: string; field: string }) => [p.row, p.column, p.field]),
    ).toEqual([
      [3, 'E', 'postcode'],
      [3, 'J', 'quantity'],
    ]);
    expect(found.badRows).toEqual([{ row: 3, cells: expect.arrayContaining(['U-2', '둘']) }]);
    expect(found.columns[9]).toEqual({ column: 'J', header: '수량', field: 'quantity' });

    const early = await operator.ask('POST', `/api/uploads/drafts/${id}/commit`, {
      version,
      validRowsOnly: false,
    });
    expect(early.status).toBe(409);
    expect(early.body.detail).toMatch(/Nothing was taken in: 2 problems in 1 rows/);
    expect(await findOrder(database.db, 'b2b/U-1')).toBeUndefined();

    const corrections = [
      { row: 3, column: 'J', value: '2' },
      { row: 3, column: 'E', value: '06236' },
    ];
    const body = { version, template: null, sheet: null, corrections };
    const mended = await operator.ask('PUT', `/api/uploads/drafts/${id}`, body);
    expect(mended.body).toMatchObject({
      version: version + 1,
      corrections,
      found: { problemCount: 0, orders: 3 },
    });
    const overtaken = await operator.ask('PUT', `/api/uploads/drafts/${id}`, body);
    expect(overtaken.body.detail).toMatch(/mended in another window/);

    const commit = { version: version + 1, validRowsOnly: false };
    const done = await operator.ask('POST', `/api/uploads/drafts/${id}/commit`, commit);
    expect(done.body).toMatchObject({ orders: 3, rejectedRows: 0, started: 3 });
    const { uploadId } = done.body;
    const orders = await operator.ask('GET', `/api/uploads/${uploadId}/orders?limit=2`);
    const rest = await operator.ask(
      'GET',
      `/api/uploads/${uploadId}/orders?limit=2&cursor=${orders.body.next}`,
    );
    expect([...orders.body.rows, ...rest.body.rows].map(({ orderKey }) => orderKey)).toEqual([
      'b2b/U-1',
      'b2b/U-2',
      'b2b/U-3',
    ]);
    const [record] = await recordsOfOrder(database.db, 'b2b/U-2');
    expect(JSON.parse(String(record?.body)).rows[0].cells).toMatchObject({
      quantity: '2',
      postcode: '06236',
    });
    const [audited] = await auditOf(database.db, `upload/${uploadId}`);
    expect(audited).toMatchObject({ actor: 'operator', detail: { orders: 3, mendedCells: 2 } });
    const history = await operator.ask('GET', '/api/uploads');
    expect(history.body.rows).toMatchObject([
      { id: uploadId, fileName: '한빛 발주서.csv', madeBy: 'operator' },
    ]);
    await terminate('b2b/U-1', 'b2b/U-2', 'b2b/U-3');
  });

  it('keeps nothing of a file once it is taken in, and refuses the same file again, naming who and when', async () => {
    const bytes = csv(line({ orderNumber: 'A-1' }));
    const { body } = await check(bytes);
    await operator.ask('POST', `/api/uploads/drafts/${body.id}/commit`, { version: 1, validRowsOnly: false });
    expect(await database.db.select().from(uploadDraftPiece)).toEqual([]);
    expect((await operator.ask('GET', `/api/uploads/drafts/${body.id}`)).status).toBe(404);
    const again = await check(bytes, 'another-name.csv');
    expect(again.status).toBe(409);
    expect(again.body.detail).toMatch(/taken in before: upload \d+, orders.csv, by operator on .*, 1 orders/);
    await terminate('b2b/A-1');
  });

  it('names an order number that is there already, and leaves it out where only the valid rows are wanted', async () => {
    const { body } = await check(csv(line({ orderNumber: 'A-1' }), line({ orderNumber: 'A-2' })));
    expect(body.found).toMatchObject({ orders: 1, knownOrders: 1 });
    expect(body.found.problems[0]).toMatchObject({
      row: 2,
      says: expect.stringMatching(/the order b2b\/A-1/),
    });
    const commit = { version: 1, validRowsOnly: true };
    const done = await operator.ask('POST', `/api/uploads/drafts/${body.id}/commit`, commit);
    expect(done.body).toMatchObject({ orders: 1, rejectedRows: 1 });
    await terminate('b2b/A-2');
  });

  it('offers the columns of a file that no template fits, and reads it once they are said', async () => {
    const header = '발주번호,받는분,핸드폰,우편번호,주소,물건,발주수량,단가';
    const row = 'H-1,김하늘,010-1234-5678,06236,서울특별시 강남구 테헤란로 1,들기름 도시락김,2,9900';
    const { body } = await check(Buffer.from(`한빛상사 발주서\n${header}\n${row}\n`));
    expect(body.found).toBeNull();
    expect(body.outline.headerRow).toBe(2);
    expect(body.outline.examples).toEqual([row.split(',')]);
    const { columns } = body.outline;
    expect(columns[1]).toEqual({ column: 'B', header: '받는분', suggested: 'name' });
    expect(columns[5]).toEqual({ column: 'F', header: '물건', suggested: null });
    const said = columns.map(({ header: word, suggested }: { header: string; suggested: string | null }) => ({
      header: word,
      field: suggested ?? 'deal',
    }));
    const template = {
      channel: 'b2b',
      sample: false,
      columns: said,
      replaces: null,
      reason: 'a new customer',
    };
    expect((await operator.ask('PUT', '/api/uploads/templates/hanbit', template)).status).toBe(200);
    const second = await operator.ask('PUT', '/api/uploads/templates/hanbit', template);
    expect(second.body.detail).toMatch(/Somebody else has saved the template hanbit/);
    const mend = { version: 1, template: 'hanbit', sheet: null, corrections: [] };
    const read = await operator.ask('PUT', `/api/uploads/drafts/${body.id}`, mend);
    expect(read.body.found).toMatchObject({ template: 'hanbit', orders: 1, problemCount: 0 });
  });

  it.each([
    ['a workbook behind a password', 'password.xlsx', /protected by a password/],
    ['a PDF', Buffer.from('%PDF-1.7\n'), /is a PDF/],
    ['nothing', Buffer.from(' '), /columns|header|template/],
    ['a web page', Buffer.from('<html><table></table></html>'), /web page/],
  ])('refuses %s in one sentence, and keeps nothing of it', async (_, file, says) => {
    const before = await database.db.select({ id: uploadDraft.id }).from(uploadDraft);
    const { status, body } = await check(typeof file === 'string' ? fixture(file) : file);
    expect(status).toBe(409);
    expect(body.detail).toMatch(says);
    expect(await database.db.select({ id: uploadDraft.id }).from(uploadDraft)).toEqual(before);
  });

  it('takes no larger file than its limit, and no other body for a file', async () => {
    const large = await check(Buffer.alloc(51 * 1024 * 1024));
    expect(large.status).toBe(413);
    const json = await operator.ask('POST', '/api/uploads/drafts?fileName=a.csv', { a: 1 });
    expect(json.status).toBe(415);
  });

  it('takes a cell that was written beyond the end of its row, also of the header', async () => {
    const { body } = await check(csv(line({ orderNumber: 'W-1', quantity: 'x' })));
    const corrections = [
      { row: 1, column: 'P', value: '비고' },
      { row: 2, column: 'P', value: '덧붙임' },
    ];
    const mend = { version: 1, template: null, sheet: null, corrections };
    const { status, body: mended } = await operator.ask('PUT', `/api/uploads/drafts/${body.id}`, mend);
    expect(status).toBe(200);
    expect(mended.found.badRows).toMatchObject([
      { row: 2, cells: expect.arrayContaining(['W-1', '덧붙임']) },
    ]);
  });

  it('hands out the marked copy with what was mended in it, and an empty file for a template', async () => {
    const { body } = await check(csv(line({ orderNumber: 'M-1', quantity: 'x', postcode: '' })));
    const corrections = [{ row: 2, column: 'J', value: '3' }];
    await operator.ask('PUT', `/api/uploads/drafts/${body.id}`, {
      version: 1,
      template: null,
      sheet: null,
      corrections,
    });
    const marked = await operator.ask('GET', `/api/uploads/drafts/${body.id}/marked`);
    expect(marked.headers.get('content-disposition')).toContain("UTF-8''orders.marked.xlsx");
    const empty = await operator.ask('GET', '/api/uploads/templates/b2b/file');
    expect(empty.status).toBe(200);
    expect((await operator.ask('GET', '/api/uploads/templates/none/file')).status).toBe(404);
  });

  it('lets nobody else see a file, drops it when asked to, and after its day', async () => {
    const { body } = await check(csv(line({ orderNumber: 'P-1' })));
    const other = await api.signedIn('administrator');
    expect((await other.ask('GET', `/api/uploads/drafts/${body.id}`)).status).toBe(404);
    expect((await operator.ask('DELETE', `/api/uploads/drafts/${body.id}`)).status).toBe(200);
    expect((await operator.ask('GET', `/api/uploads/drafts/${body.id}`)).status).toBe(404);
    await check(csv(line({ orderNumber: 'P-2' })));
    await database.db.update(uploadDraft).set({ expiresAt: new Date(0) });
    await dropExpiredDrafts(database.db);
    expect(await database.db.select().from(uploadDraftPiece)).toEqual([]);
  });

  it('refuses a viewer, who may look at what was taken in', async () => {
    const viewer = await api.signedIn('viewer');
    expect((await check(csv(line()), 'orders.csv', viewer)).status).toBe(403);
    expect((await viewer.ask('GET', '/api/uploads')).status).toBe(200);
    expect((await viewer.ask('GET', '/api/uploads/templates')).status).toBe(200);
  });
});
