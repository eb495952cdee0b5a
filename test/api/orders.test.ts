import { dispatchOrder } from '../../activities/dispatch-order';
import { normalizeOrder } from '../../activities/normalize-order';
import { auditOf } from '../../db/queries/audit';
import { recipientOf } from '../../db/queries/orders';
import { type OpenedApi, openApi, type Visitor } from '../support/api';
import { type House, openHouse } from '../support/house';

interface Row {
  readonly key: string;
  readonly orderedAt: string;
}

describe('orders over the API', () => {
  let house: House;
  let api: OpenedApi;
  let viewer: Visitor;
  let operator: Visitor;
  let keys: string[];
  let key: string;

  beforeAll(async () => {
    house = await openHouse();
    keys = await house.matchedOrders(30);
    key = keys[0] ?? '';
    api = await openApi({ database: house.database });
    viewer = await api.signedIn('viewer');
    operator = await api.signedIn('operator');
  });
  afterAll(async () => {
    await api.close();
    await house.close();
  });

  const list = async (query: Record<string, string>): Promise<{ rows: Row[]; next: string | null }> => {
    const search = new URLSearchParams(query);
    const { status, body } = await viewer.ask('GET', `/api/orders?${search.toString()}`);
    expect(status).toBe(200);
    return body;
  };
  const keysOf = ({ rows }: { rows: Row[] }) => rows.map((row) => row.key);

  it('come newest first, page by page, each once', async () => {
    const all = await list({ limit: '200' });
    const times = all.rows.map(({ orderedAt }) => orderedAt);
    expect(times).toEqual([...times].sort().reverse());
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await list({ limit: '7', ...(cursor === '' ? {} : { cursor }) });
      paged.push(...keysOf(page));
      cursor = page.next;
    }
    expect(paged).toEqual(keysOf(all));
  });

  it('are found by number, key, name, beginning of the name and last four digits', async () => {
    const person = await recipientOf(house.database.db, key);
    const { body } = await viewer.ask('GET', `/api/orders/${key}`);
    const name = person?.name ?? '';
    const texts = [key, body.orderNumber, name, name.slice(0, 2), person?.phone.slice(-4), person?.phone];
    for (const q of texts) expect(keysOf(await list({ q, limit: '200' }))).toContain(key);
    expect(keysOf(await list({ q: 'nobody-has-this' }))).toEqual([]);
  });

  it('are narrowed by stage and channel, also while one searches', async () => {
    const channel = key.slice(0, key.indexOf('/'));
    const { rows } = await list({ stage: 'matched', channel, limit: '200' });
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => row.key.startsWith(`${channel}/`))).toBe(true);
    expect(keysOf(await list({ q: key, stage: 'done' }))).toEqual([]);
    expect(keysOf(await list({ q: key, stage: 'matched' }))).toEqual([key]);
  });

  it('tell no name, phone or address that is not masked', async () => {
    const person = await recipientOf(house.database.db, key);
    const listed = await list({ q: key });
    const { body } = await viewer.ask('GET', `/api/orders/${key}`);
    for (const secret of [person?.name, person?.phone, person?.address])
      expect(JSON.stringify([listed, body])).not.toContain(secret);
  });

  it('refuse a cursor that no list has given', async () => {
    expect((await viewer.ask('GET', '/api/orders?cursor=made-up')).status).toBe(400);
  });

  it('that do not exist are answered with 404', async () => {
    expect((await viewer.ask('GET', '/api/orders/kakao/none')).status).toBe(404);
  });

  it('show the recipient to an operator with a reason, which the audit trail keeps', async () => {
    const body = { reason: 'the customer calls' };
    expect((await viewer.ask('POST', `/api/orders/${key}/reveal`, body)).status).toBe(403);
    expect((await operator.ask('POST', `/api/orders/${key}/reveal`, {})).status).toBe(400);
    const seen = await operator.ask('POST', `/api/orders/${key}/reveal`, body);
    expect(seen.body).toMatchObject({ name: (await recipientOf(house.database.db, key))?.name });
    expect(await auditOf(house.database.db, key)).toEqual([
      expect.objectContaining({ actor: 'operator', action: 'order.reveal', reason: body.reason }),
    ]);
  });

  it('say beforehand what a command would do, and what hinders it', async () => {
    const preview = async (of: string, command: string) =>
      (await viewer.ask('GET', `/api/orders/${of}/preview/${command}`)).body;
    const sent = keys[1] ?? '';
    await dispatchOrder(house.deps, sent);
    expect(await preview(key, 'hold')).toMatchObject({
      outlook: { possible: true, effect: 'stays-in-house' },
    });
    expect(await preview(sent, 'hold')).toMatchObject({
      outlook: { possible: false, hindrance: 'wms-has-it' },
    });
    expect(await preview(sent, 'cancel')).toMatchObject({
      outlook: { possible: true, effect: 'wms-is-asked' },
      withWms: [{ state: 'accepted' }],
      givenBack: expect.arrayContaining([expect.objectContaining({ pieces: expect.any(Number) })]),
    });
    expect(await preview(sent, 'resend-tracking')).toMatchObject({
      outlook: { possible: false, hindrance: 'nothing-to-tell' },
    });
  });

  it('take commands of an operator only, and say why one cannot be done', async () => {
    const body = { reason: 'asked by the customer' };
    expect((await viewer.ask('POST', `/api/orders/${key}/hold`, body)).status).toBe(403);
    const { status, body: problem } = await operator.ask('POST', `/api/orders/${key}/hold`, body);
    expect([status, problem.detail]).toEqual([409, expect.stringContaining('no open journey')]);
  });

  it('are entered by hand once, and by an operator only', async () => {
    const body = {
      channel: 'b2b',
      recipient: { name: '김하늘', phone: '010-1234-5678', postcode: '06236', address: '서울시 강남구 1' },
      lines: [{ deal: '시험 상품', quantity: 2, amount: '10000' }],
      reason: 'ordered by phone',
    };
    expect((await viewer.ask('POST', '/api/orders', body)).status).toBe(403);
    const entered = await operator.ask('POST', '/api/orders', body);
    expect(entered.status).toBe(200);
    expect((await operator.ask('POST', '/api/orders', body)).status).toBe(409);
    expect((await normalizeOrder(house.deps, entered.body.key)).stage).toBe('normalized');
    expect(keysOf(await list({ q: 'ㄱㅎㄴ' }))).toContain(entered.body.key);
    expect(keysOf(await list({ q: 'ㄱㅎㄴ', channel: 'b2b' }))).toEqual([entered.body.key]);
    expect(keysOf(await list({ q: 'ㄱㅎㄴ', channel: 'b2' }))).toEqual([]);
    const wrong = { ...body, recipient: { ...body.recipient, phone: '1' } };
    expect((await operator.ask('POST', '/api/orders', wrong)).status).toBe(409);
  });

  it('leave as a workbook with personal data masked, which the audit trail keeps', async () => {
    expect((await viewer.ask('GET', '/api/orders/export')).status).toBe(403);
    const { status, headers } = await operator.ask('GET', '/api/orders/export?stage=matched');
    expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('spreadsheetml')]);
    expect(await auditOf(house.database.db, 'orders')).toEqual([
      expect.objectContaining({ action: 'orders.export', detail: { stage: 'matched' } }),
    ]);
  });

  it('are counted before a bulk action, which is refused to a viewer and stored with a row for each', async () => {
    const selection = { filters: { stage: 'matched' } };
    const preview = await operator.ask('POST', '/api/bulk-jobs/preview', { selection });
    expect(preview.body.orders).toBe((await list({ stage: 'matched', limit: '200' })).rows.length);
    const body = {
      command: 'hold',
      selection: { ...selection, asOf: preview.body.asOf },
      reason: 'recalled',
    };
    expect((await viewer.ask('POST', '/api/bulk-jobs', body)).status).toBe(403);
    const job = await operator.ask('POST', '/api/bulk-jobs', body);
    expect(job.body).toMatchObject({ total: preview.body.orders, command: 'hold' });
    const rows = await viewer.ask('GET', `/api/bulk-jobs/${job.body.id}/rows?state=pending&limit=1`);
    expect(rows.body.rows).toHaveLength(1);
  });
});
