import { matchOrder } from '../../activities/match-order';
import { normalizeOrder } from '../../activities/normalize-order';
import { auditOf } from '../../db/queries/audit';
import { linesOf } from '../../db/queries/orders';
import { dealKey } from '../../domain/deal';
import { knownMatches, newDeals } from '../../sandbox/catalogue';
import { type OpenedApi, openApi, type Visitor } from '../support/api';
import { orderOf } from '../support/deal-orders';
import { type House, openHouse } from '../support/house';

interface Deal {
  readonly dealKey: string;
  readonly channel: string;
  readonly deal: string;
  readonly option: string;
  readonly orders: number;
  readonly claim: { readonly claimedBy: string } | null;
}

describe('matching', () => {
  let house: House;
  let api: OpenedApi;
  let kim: Visitor;

  beforeAll(async () => {
    house = await openHouse();
    api = await openApi({ database: house.database });
    kim = await api.signedIn('operator', 'kim');
    // So that there are many deals that nobody has decided.
    await house.database.pool.query(
      `DELETE m, v FROM deal_match m JOIN deal_match_version v USING (deal_key) WHERE m.channel = 'coupang'`,
    );
    for (const key of await house.collectDay(120, 5_711)) {
      await normalizeOrder(house.deps, key);
      await matchOrder(house.deps, key);
    }
  });
  afterAll(async () => {
    await api.close();
    await house.close();
  });

  const queue = async (): Promise<Deal[]> => (await kim.ask('GET', '/api/matching/waiting')).body.rows;
  const firstOf = async (): Promise<Deal> => {
    const [deal] = await queue();
    if (deal === undefined) throw new Error('The day has too few new deals');
    return deal;
  };
  const configurationOf = (deal: Deal) =>
    [...knownMatches, ...newDeals].find((one) => dealKey(one) === deal.dealKey)?.configurationCode ?? '';
  const decide = (visitor: Visitor, deal: Deal, version: number, configuration = configurationOf(deal)) =>
    visitor.ask('POST', `/api/matching/deals/${deal.dealKey}`, {
      configuration,
      version,
      reason: 'as the wording says',
    });

  it('queues the deals that nobody has decided, with the orders that wait and since when', async () => {
    const deals = await queue();
    expect(deals.length).toBeGreaterThan(2);
    expect(deals[0]).toMatchObject({ orders: expect.any(Number), firstSeen: expect.stringMatching(/^20/) });
    expect(deals.map(({ orders }) => orders)).toEqual(
      deals.map(({ orders }) => orders).toSorted((a, b) => b - a),
    );
  });

  it('suggests what a deal may stand for, each with its score and reason, and takes none by itself', async () => {
    const deal = await firstOf();
    const { body } = await kim.ask('GET', `/api/matching/deals/${deal.dealKey}`);
    expect(body).toMatchObject({ channel: deal.channel, version: 0, history: [] });
    expect(body.lines.length).toBeGreaterThan(0);
    expect(body.candidates.map((one: { configuration: string }) => one.configuration)).toContain(
      configurationOf(deal),
    );
    expect((await queue()).map(({ dealKey }) => dealKey)).toContain(deal.dealKey);
  });

  it('lets the waiting orders go on with a decision, which then is no longer in the queue', async () => {
    const deal = await firstOf();
    const { body } = await kim.ask('GET', `/api/matching/deals/${deal.dealKey}`);
    const [{ orderKey }] = body.lines;
    const decided = await decide(kim, deal, 0);
    expect(decided.body).toMatchObject({ version: 1, before: null, counts: { 'goes-on': deal.orders } });
    const job = await kim.ask('GET', `/api/bulk-jobs/${decided.body.jobId}`);
    expect(job.body).toMatchObject({ command: 'save-match', total: deal.orders, madeBy: 'kim' });
    expect((await queue()).map(({ dealKey }) => dealKey)).not.toContain(deal.dealKey);
    expect((await matchOrder(house.deps, orderKey)).stage).toBe('matched');
    const [audited] = await auditOf(house.database.db, `deal/${deal.dealKey}`);
    expect(audited).toMatchObject({ actor: 'kim', action: 'match.save', reason: 'as the wording says' });
  });

  it('tells the second of two people on one deal, and keeps what the first has decided', async () => {
    const lee = await api.signedIn('operator', 'lee');
    const deal = await firstOf();
    const other = newDeals.find((one) => one.configurationCode !== configurationOf(deal))?.configurationCode;
    expect((await decide(kim, deal, 0)).status).toBe(200);
    const second = await decide(lee, deal, 0, other);
    expect(second.status).toBe(409);
    expect(second.body.detail).toContain(`kim has decided this deal meanwhile: ${configurationOf(deal)}`);
    const { body } = await lee.ask('GET', `/api/matching/deals/${deal.dealKey}`);
    expect(body.history).toMatchObject([{ version: 1, configuration: configurationOf(deal), madeBy: 'kim' }]);
    const changed = await decide(lee, deal, body.version, other);
    expect(changed.body).toMatchObject({ version: 2, before: configurationOf(deal) });
    expect((await decide(kim, deal, 1)).status).toBe(409);
  });

  it('lets one of two win who decide at the same moment', async () => {
    const deal = await firstOf();
    const both = await Promise.all([decide(kim, deal, 0), decide(kim, deal, 0)]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });

  it('decides one line of one order, once, and the deal stays in the queue for the others', async () => {
    const deal = (await queue()).find(({ orders }) => orders > 1);
    if (deal === undefined) throw new Error('The day has no deal that two orders wait for');
    const { body } = await kim.ask('GET', `/api/matching/deals/${deal.dealKey}`);
    const { orderKey, line } = body.lines[0];
    const once = { orderKey, line, configuration: configurationOf(deal), reason: 'a gift' };
    expect((await kim.ask('POST', '/api/matching/once', once)).status).toBe(200);
    const again = await kim.ask('POST', '/api/matching/once', once);
    expect(again.body.detail).toContain('Somebody has decided this line meanwhile');
    const lines = await linesOf(house.database.db, orderKey);
    if (lines.length === 1) expect((await matchOrder(house.deps, orderKey)).stage).toBe('matched');
    expect(await queue()).toContainEqual(
      expect.objectContaining({ dealKey: deal.dealKey, orders: deal.orders - 1 }),
    );
  });

  it('lists the decisions in force page by page, the newest first, and finds them by a part of them', async () => {
    const newest = await kim.ask('GET', '/api/matching/matches?limit=2');
    expect(newest.body.rows[0].madeBy).not.toBe('sandbox');
    const seen = new Set(newest.body.rows.map((row: Deal) => row.dealKey));
    for (let { next } = newest.body; next !== null; ) {
      const { body } = await kim.ask(
        'GET',
        `/api/matching/matches?limit=100&cursor=${encodeURIComponent(next)}`,
      );
      for (const { dealKey } of body.rows) {
        expect(seen).not.toContain(dealKey);
        seen.add(dealKey);
      }
      ({ next } = body);
    }
    const [[counted]] = (await house.database.pool.query(
      'SELECT count(*) AS n FROM deal_match',
    )) as unknown as [[{ n: string }]];
    expect(seen.size).toBe(Number(counted.n));
    const { configuration } = newest.body.rows[0];
    const found = await kim.ask('GET', `/api/matching/matches?q=${configuration}`);
    expect(found.body.rows.length).toBeGreaterThan(0);
  });

  it('previews a decision and its undoing, and both do what was said', async () => {
    const deal = await firstOf();
    const path = `/api/matching/deals/${deal.dealKey}`;
    const configuration = configurationOf(deal);
    const preview = await kim.ask('POST', `${path}/preview`, { configuration });
    expect(preview.body.counts).toMatchObject({ 'goes-on': deal.orders, rematched: 0, shipped: 0 });
    expect(preview.body.orders).toHaveLength(deal.orders);
    expect((await decide(kim, deal, 0)).body.counts).toEqual(preview.body.counts);
    const back = await kim.ask('GET', `${path}/undo`);
    const undone = await kim.ask('POST', `${path}/undo`, { version: back.body.version, reason: 'misread' });
    expect(undone.body).toMatchObject({ version: 0, before: configuration, counts: back.body.counts });
    const { body } = await kim.ask('GET', path);
    expect(body).toMatchObject({
      version: 0,
      history: [{ version: 1, undoneBy: 'kim', undoneReason: 'misread' }],
    });
    expect((await kim.ask('POST', `${path}/undo`, { version: 1, reason: 'misread' })).status).toBe(409);
    expect((await queue()).map(({ dealKey }) => dealKey)).toContain(deal.dealKey);
  });

  it('keeps others off a deal that one has taken up, until it is let go, handed over or taken over', async () => {
    const park = await api.signedIn('operator', 'park');
    const deal = await firstOf();
    const path = `/api/matching/deals/${deal.dealKey}`;
    const claimOf = async () => (await kim.ask('GET', path)).body.claim;
    expect((await kim.ask('POST', `${path}/claim`, {})).status).toBe(200);
    expect((await queue()).find(({ dealKey }) => dealKey === deal.dealKey)).toMatchObject({
      claim: { claimedBy: 'kim', handedBy: null },
    });
    for (const [to, body] of [
      ['/claim', {}],
      ['/let-go', undefined],
      ['/hand-over', { to: 'park', reason: 'mine' }],
      ['', { configuration: configurationOf(deal), version: 0, reason: 'mine' }],
    ] as const) {
      const refused = await park.ask('POST', `${path}${to}`, body);
      expect(refused.status).toBe(409);
      expect(refused.body.detail).toContain('kim is at work on this deal');
    }
    expect((await kim.ask('POST', `${path}/let-go`)).status).toBe(200);
    expect((await park.ask('POST', `${path}/claim`, {})).status).toBe(200);
    expect((await kim.ask('POST', `${path}/claim`, { takesOver: true })).status).toBe(200);
    expect((await kim.ask('GET', '/api/matching/people')).body.names).toEqual(['kim', 'lee', 'park']);
    const nobody = await kim.ask('POST', `${path}/hand-over`, { to: 'nobody', reason: 'x' });
    expect(nobody.body.detail).toContain('nobody is nobody who may decide deals');
    await kim.ask('POST', `${path}/hand-over`, { to: 'park', reason: 'look at the option' });
    expect(await claimOf()).toMatchObject({
      claimedBy: 'park',
      handedBy: 'kim',
      note: 'look at the option',
    });
    expect((await decide(kim, deal, 0)).status).toBe(409);
    expect((await decide(park, deal, 0)).status).toBe(200);
    expect(await claimOf()).toBeNull();
    const actions = (await auditOf(house.database.db, `deal/${deal.dealKey}`)).map(({ action }) => action);
    expect(actions.filter((action) => action.startsWith('deal.'))).toEqual([
      'deal.claim',
      'deal.let-go',
      'deal.claim',
      'deal.claim',
      'deal.hand-over',
    ]);
  });

  it('gives a deal to one of two who take it up at the same moment', async () => {
    const deal = await firstOf();
    const choi = await api.signedIn('operator', 'choi');
    const both = await Promise.all(
      [kim, choi].map((visitor) => visitor.ask('POST', `/api/matching/deals/${deal.dealKey}/claim`, {})),
    );
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    await kim.ask('POST', `/api/matching/deals/${deal.dealKey}/claim`, { takesOver: true });
  });

  it('gives out the queue one deal after the other: nobody gets what another is at, and what is skipped waits on', async () => {
    const [first, second] = [await api.signedIn('operator', 'oh'), await api.signedIn('operator', 'nam')];
    const next = async (who: Visitor, skips?: true): Promise<string> =>
      (await who.ask('POST', '/api/matching/next', { skips })).body.dealKey;
    const free = (await queue()).filter(({ claim }) => claim === null).map(({ dealKey }) => dealKey);
    expect(free.length).toBeGreaterThan(3);
    const both = await Promise.all([first, second].map((who) => next(who)));
    expect(both.toSorted()).toEqual(free.slice(0, 2).toSorted());
    expect(await next(first)).toBe(both[0]);
    expect(await next(first, true)).toBe(free[2]);
    expect(await next(first, true)).toBe(free[3]);
    const claims = new Map((await queue()).map(({ dealKey, claim }) => [dealKey, claim]));
    expect(free.slice(0, 4).map((key) => claims.get(key)?.claimedBy ?? null)).toEqual(
      both[1] === free[0] ? ['nam', null, null, 'oh'] : [null, 'nam', null, 'oh'],
    );
    for (const _ of free.slice(4)) await next(first, true);
    expect(await next(first, true)).toBe(both[0]);
  });

  it('leaves a deal to anybody that was taken up and left lying, but for one that was handed over', async () => {
    const deal = await firstOf();
    const path = `/api/matching/deals/${deal.dealKey}`;
    const age = () =>
      house.database.pool.query('UPDATE deal_claim SET claimed_at = claimed_at - INTERVAL 31 MINUTE');
    await kim.ask('POST', `${path}/claim`, { takesOver: true });
    await age();
    expect((await kim.ask('GET', path)).body.claim).toBeNull();
    await kim.ask('POST', `${path}/hand-over`, { to: 'lee', reason: 'until tomorrow' });
    await age();
    expect((await kim.ask('GET', path)).body.claim).toMatchObject({ claimedBy: 'lee' });
    await kim.ask('POST', `${path}/claim`, { takesOver: true });
  });

  it('shows a deal that the channel has changed beside how it was decided, and confirms it as it was seen', async () => {
    const line = { deal: '모담뜰 새 육개장', option: '', units: 1 };
    const waitingAt = async (price: bigint) => {
      const key = await orderOf(house.database, 'b2b', [{ ...line, price }]);
      return (await matchOrder(house.deps, key)).waiting;
    };
    const path = `/api/matching/deals/${dealKey({ channel: 'b2b', ...line })}`;
    const first = await orderOf(house.database, 'b2b', [{ ...line, price: 10_000n }]);
    await matchOrder(house.deps, first);
    await kim.ask('POST', path, { configuration: 'C-SUP-Y5', version: 0, reason: 'as the wording says' });
    await matchOrder(house.deps, first);
    expect(await waitingAt(20_000n)).toBe('deal_changed');
    const { body } = await kim.ask('GET', path);
    expect(body).toMatchObject({
      version: 1,
      prices: { from: '20000', to: '20000' },
      change: { differs: ['price'], configuration: 'C-SUP-Y5', decided: { prices: { to: '10000' } } },
      history: [{ priceFrom: '10000' }],
    });
    expect(await queue()).toContainEqual(expect.objectContaining({ change: body.change }));
    // One that comes while the page is open is not confirmed with the others.
    expect(await waitingAt(90_000n)).toBe('deal_changed');
    const confirmation = { version: 1, prices: body.prices, reason: 'a bigger pack' };
    expect((await kim.ask('POST', `${path}/confirm`, confirmation)).body).toMatchObject({ version: 2 });
    expect((await kim.ask('POST', `${path}/confirm`, confirmation)).status).toBe(409);
    expect(await waitingAt(20_000n)).toBeUndefined();
    expect(await waitingAt(90_000n)).toBe('deal_changed');
  });

  it('lets a viewer look, and not decide', async () => {
    const viewer = await api.signedIn('viewer');
    const deal = await firstOf();
    expect((await viewer.ask('GET', `/api/matching/deals/${deal.dealKey}`)).status).toBe(200);
    expect((await decide(viewer, deal, 0)).status).toBe(403);
  });

  it('knows no deal of another key, and no configuration that there is not', async () => {
    expect((await kim.ask('GET', `/api/matching/deals/${'0'.repeat(64)}`)).status).toBe(404);
    expect((await decide(kim, await firstOf(), 0, 'C-NOTHING')).status).toBe(409);
  });
});
