import { orderTold } from '../support/told';
import { authKey, FixedServer, HOUR, SabangnetSetup, undecodable } from './sabangnet-setup';
import { ledgerOf } from './sources/fixtures';
import { tell } from './sources/marketplace-fixture';

const sabangnet = SabangnetSetup.forEachTest();

describe('the hub and its reader', () => {
  test('agree on days: a window covers the days in Korea that it touches', async () => {
    sabangnet.now = Date.parse('2026-11-20T14:59:00Z'); // 23:59 in Korea
    await tell(sabangnet.hub, '/admin/days', { seed: 1, orders: 3, date: '2026-11-19' });
    sabangnet.now = Date.parse('2026-11-20T15:01:00Z'); // 00:01 of the 21st
    await tell(sabangnet.hub, '/admin/days', { seed: 2, orders: 4, date: '2026-11-19' });
    const midnight = Date.parse('2026-11-20T15:00:00Z');
    await sabangnet.connect({ lookBackDays: 0 });
    const ordersOf = async (from: number, to: number) =>
      new Set(
        (await sabangnet.collectOrders(from, to)).map(
          ({ body }) => orderTold(sabangnet.source, body).orderNumber,
        ),
      ).size;
    expect(await ordersOf(midnight - HOUR, midnight)).toBe(3);
    expect(await ordersOf(midnight, midnight + HOUR)).toBe(4);
    expect(await ordersOf(midnight - HOUR, midnight + 1)).toBe(7);
  });

  test('see what was cancelled after the day has changed', async () => {
    sabangnet.now = Date.parse('2026-11-20T14:59:00Z'); // 23:59 in Korea
    await tell(sabangnet.hub, '/admin/days', { seed: 1, orders: 1, date: '2026-11-19' });
    const [record] = await sabangnet.collect(sabangnet.now, sabangnet.now + 1);
    sabangnet.now += 10 * 60_000;
    await tell(sabangnet.hub, '/admin/cancellations', { idx: [record?.recordId] });
    const [cancelled] = await sabangnet.collect(sabangnet.now, sabangnet.now + 1);
    const [line] = orderTold(sabangnet.source, cancelled?.body ?? Buffer.alloc(0)).lines;
    expect(line?.cancelledQuantity).toBe(line?.quantity);
  });

  test('speak UTF-8 where the connection is set to it', async () => {
    await tell(sabangnet.hub, '/admin/days', { seed: 1, orders: 5, date: '2026-11-19' });
    const korean = (await sabangnet.collectOrders()).map(({ body }) => orderTold(sabangnet.source, body));
    await sabangnet.connect({ encoding: 'utf-8' });
    expect((await sabangnet.collectOrders()).map(({ body }) => orderTold(sabangnet.source, body))).toEqual(
      korean,
    );
  });

  test('confirm by reading: what was read is no longer new, and is still there', async () => {
    await tell(sabangnet.hub, '/admin/days', { seed: 1, orders: 5, date: '2026-11-19' });
    const { entries: before } = await ledgerOf(sabangnet.hub);
    expect(new Set(before.flatMap(({ lines }) => lines.map(({ status }) => status)))).toContain('신규주문');
    const first = await sabangnet.collect();
    const { entries: after } = await ledgerOf(sabangnet.hub);
    expect(after.flatMap(({ lines }) => lines.map(({ status }) => status))).not.toContain('신규주문');
    expect((await sabangnet.collect()).length).toBe(first.length);
  });

  test('leave no request document behind', async () => {
    const urls: string[] = [];
    const spy = jest.spyOn(globalThis, 'fetch').mockImplementation(async (url) => {
      urls.push(typeof url === 'string' ? url : 'not a string');
      throw new Error('unreachable');
    });
    await expect(sabangnet.collect()).rejects.toThrow('XML 파일을 읽을 수 없습니다');
    spy.mockRestore();
    expect(urls[0]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\.xml$/);
    expect((await fetch(urls[0] ?? '')).status).toBe(404);
  });

  test('know who never fetched the request: nothing can have been registered', async () => {
    const spy = jest.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('unreachable'));
    const [reply] = await sabangnet.source.uploadTracking([
      { recordIds: ['1'], carrier: 'cj', trackingNumber: '600000000001', shippedAt: new Date() },
    ]);
    spy.mockRestore();
    expect(reply?.outcome.kind).toBe('not-received');
  });

  test('keep to the limit of calls: each takes a permit', async () => {
    await sabangnet.collect();
    expect(sabangnet.permits).toBe(2);
    await sabangnet.source.uploadTracking([
      { recordIds: ['1'], carrier: 'cj', trackingNumber: '600000000001', shippedAt: new Date() },
    ]);
    expect(sabangnet.permits).toBe(3);
  });

  test('refuse what has shipped before it was first read', async () => {
    await tell(sabangnet.hub, '/admin/days', { seed: 1, orders: 1, date: '2026-11-19' });
    const [record] = await sabangnet.collect();
    await sabangnet.source.uploadTracking([
      {
        recordIds: [record?.recordId ?? ''],
        carrier: 'lotte',
        trackingNumber: '600000000001',
        shippedAt: new Date(),
      },
    ]);
    const [again] = await sabangnet.collect();
    expect(again?.contentHash).toBe(record?.contentHash);
    expect(undecodable(() => orderTold(sabangnet.source, again?.body ?? Buffer.alloc(0))).field).toBe(
      'ORDER_STATUS',
    );
  });

  test('cancel what is not shipped yet', async () => {
    await tell(sabangnet.hub, '/admin/days', { seed: 1, orders: 1, date: '2026-11-19' });
    const [record] = await sabangnet.collect();
    await tell(sabangnet.hub, '/admin/cancellations', { idx: [record?.recordId] });
    const [again] = await sabangnet.collect();
    expect(again?.contentHash).not.toBe(record?.contentHash);
    const [line] = orderTold(sabangnet.source, again?.body ?? Buffer.alloc(0)).lines;
    expect(line?.cancelledQuantity).toBe(line?.quantity);
    const [reply] = await sabangnet.source.uploadTracking([
      {
        recordIds: [record?.recordId ?? ''],
        carrier: 'cj',
        trackingNumber: '600000000001',
        shippedAt: new Date(),
      },
    ]);
    expect(reply?.outcome).toMatchObject({ kind: 'refused', reason: expect.stringContaining('취소접수') });
  });
});

describe('a day of the hub', () => {
  test('comes bit by bit, once, and goes on after a restart', async () => {
    const day = { seed: 4, orders: 100, overSeconds: 100, date: '2026-11-19' };
    await tell(sabangnet.hub, '/admin/days', day);
    await tell(sabangnet.hub, '/admin/days', day);
    const offered = async () => new Set((await ledgerOf(sabangnet.hub)).entries.map(({ key }) => key));
    sabangnet.now += 49_500;
    expect((await offered()).size).toBe(50);
    await sabangnet.collect();
    await sabangnet.restartHub();
    expect((await offered()).size).toBe(50);
    const statuses = (await ledgerOf(sabangnet.hub)).entries.flatMap(({ lines }) =>
      lines.map(({ status }) => status),
    );
    expect(statuses).not.toContain('신규주문');
    sabangnet.now += 60_000;
    expect((await offered()).size).toBe(100);
    await tell(sabangnet.hub, '/admin/days', { ...day, orders: 130, overSeconds: 0 });
    expect((await offered()).size).toBe(130);
  });
});

describe('the hub as it is documented', () => {
  const fixed = FixedServer.forEachTest();

  async function ask(endpoint: string): Promise<string> {
    const xmlUrl = encodeURIComponent(`${fixed.url}/x.xml`);
    const response = await fetch(`${sabangnet.hub.url}/RTL_API/${endpoint}?xml_url=${xmlUrl}`);
    return new TextDecoder('euc-kr').decode(await response.arrayBuffer());
  }

  const header = `<HEADER><SEND_COMPAYNY_ID>modamtteul</SEND_COMPAYNY_ID><SEND_AUTH_KEY>${authKey}</SEND_AUTH_KEY><SEND_DATE>20261120</SEND_DATE></HEADER>`;
  const orders = (data: string) => `<SABANG_ORDER_LIST>${header}<DATA>${data}</DATA></SABANG_ORDER_LIST>`;
  const dates = '<ORD_ST_DATE>20261120</ORD_ST_DATE><ORD_ED_DATE>20261120</ORD_ED_DATE>';

  test('sends only the fields asked for, in its own order', async () => {
    await tell(sabangnet.hub, '/admin/days', { seed: 1, orders: 1, date: '2026-11-19' });
    fixed.answer = orders(`${dates}<ORD_FIELD><![CDATA[IDX|SALE_CNT]]></ORD_FIELD>`);
    expect(await ask('xml_order_info.html')).toMatch(/<DATA><IDX>.*<\/IDX><SALE_CNT>.*<\/SALE_CNT><\/DATA>/);
  });

  test('filters by status, by number', async () => {
    await tell(sabangnet.hub, '/admin/days', { seed: 1, orders: 10, date: '2026-11-19' });
    fixed.answer = orders(`${dates}<ORD_FIELD>IDX</ORD_FIELD><ORDER_STATUS>001</ORDER_STATUS>`);
    expect(await ask('xml_order_info.html')).not.toContain('<TOTAL_COUNT>0</TOTAL_COUNT>');
    expect(await ask('xml_order_info.html')).toContain('<TOTAL_COUNT>0</TOTAL_COUNT>');
  });

  test("tells the cancellations of a day as claims, in the mall's words", async () => {
    await tell(sabangnet.hub, '/admin/days', { seed: 1, orders: 3, date: '2026-11-19' });
    const idx = (await ledgerOf(sabangnet.hub)).entries[0]?.lines[0]?.idx;
    await tell(sabangnet.hub, '/admin/cancellations', { idx: [idx] });
    const claims = (from: string) =>
      orders(
        `<CLM_ST_DATE>${from}</CLM_ST_DATE><CLM_ED_DATE>20261130</CLM_ED_DATE><CLM_FIELD>IDX|CLAME_STATUS_GUBUN</CLM_FIELD>`,
      );
    fixed.answer = claims('20261120');
    expect(await ask('xml_clm_info.html')).toContain(
      `<DATA><IDX><![CDATA[${idx}]]></IDX><CLAME_STATUS_GUBUN>`,
    );
    fixed.answer = claims('20261121');
    expect(await ask('xml_clm_info.html')).toContain('<TOTAL_COUNT>0</TOTAL_COUNT>');
  });

  test.each([
    ['SEND_COMPANY_ID', () => orders(`${dates}<ORD_FIELD>IDX</ORD_FIELD>`).replaceAll('COMPAYNY', 'COMPANY')],
    ['ORD_END_DATE', () => orders(`${dates}<ORD_FIELD>IDX</ORD_FIELD>`).replaceAll('ED_DATE', 'END_DATE')],
    ['an unknown output field', () => orders(`${dates}<ORD_FIELD>IDX|NAME</ORD_FIELD>`)],
    [
      'another root',
      () => orders(`${dates}<ORD_FIELD>IDX</ORD_FIELD>`).replaceAll('SABANG_ORDER_LIST', 'ORDERS'),
    ],
  ])('refuses %s', async (_name, write) => {
    fixed.answer = write();
    expect(await ask('xml_order_info.html')).not.toContain('<');
  });
});
