import { matchOrder } from '../../activities/match-order';
import { saveMatch } from '../../db/queries/match-versions';
import { inTransaction } from '../../db/transaction';
import { type OpenedApi, openApi, type Visitor } from '../support/api';
import { orderOf } from '../support/deal-orders';
import { type House, openHouse } from '../support/house';

describe('gift rules over the API', () => {
  let house: House;
  let api: OpenedApi;
  let manager: Visitor;
  let operator: Visitor;
  beforeAll(async () => {
    house = await openHouse();
    api = await openApi({ database: house.database });
    manager = await api.signedIn('manager', 'han');
    operator = await api.signedIn('operator', 'lee');
  });
  afterAll(async () => {
    await api.close();
    await house.close();
  });

  const terms = {
    name: '키링',
    priority: 100,
    stacking: 'with_others',
    channel: '',
    bought: 'anything',
    boughtCode: '',
    amountFrom: '50000',
    quantityFrom: 1,
    dayFrom: '2026-11-20',
    dayTo: null,
    firstN: 100,
    oncePerReceiver: true,
    configuration: 'C-KIM-1',
    quantity: 1,
    whenShort: 'wait',
  };
  const reason = 'autumn campaign';

  it('are added, changed as they were seen, and ended, by who may', async () => {
    expect((await operator.ask('POST', '/api/gifts/rules', { ...terms, reason })).status).toBe(403);
    const { body } = await manager.ask('POST', '/api/gifts/rules', { ...terms, reason });
    const rule = `/api/gifts/rules/${body.id}`;
    const more = { ...terms, firstN: 200, reason, version: 1 };
    expect((await manager.ask('PUT', rule, more)).body).toEqual({ version: 2 });
    expect((await manager.ask('PUT', rule, more)).status).toBe(409);
    expect((await operator.ask('GET', '/api/gifts/rules')).body.rules).toMatchObject([
      { ...terms, firstN: 200, version: 2, madeBy: 'han', given: 0, endedAt: null },
    ]);
    expect((await operator.ask('GET', rule)).body.versions).toMatchObject([{ firstN: 200 }, { firstN: 100 }]);
    expect((await manager.ask('POST', `${rule}/end`, { version: 2, reason })).status).toBe(200);
    expect((await operator.ask('GET', '/api/gifts/rules')).body.rules).toMatchObject([{ endedBy: 'han' }]);
  });

  it('are tried without being saved', async () => {
    const stretch = { from: '2026-11-16T00:00:00+09:00', to: '2026-11-23T00:00:00+09:00' };
    const tried = await operator.ask('POST', '/api/gifts/try', { ...stretch, draft: { id: null, terms } });
    expect(tried.body).toMatchObject({ orders: 0, rules: [{ id: null, name: '키링', orders: 0 }] });
    expect((await operator.ask('GET', '/api/gifts/rules')).body.rules).toHaveLength(1);
    const long = { ...stretch, to: '2027-11-23T00:00:00+09:00' };
    expect((await operator.ask('POST', '/api/gifts/try', long)).body.detail).toContain('31 days at most');
  });

  it('are explained for an order: what it has, what each says, and what is not decided yet', async () => {
    const { body: rule } = await manager.ask('POST', '/api/gifts/rules', { ...terms, dayFrom: null, reason });
    const deal = { channel: 'coupang', deal: '김 세트', option: '' };
    const key = await orderOf(house.database, deal.channel, [{ ...deal, units: 1 }]);
    const explained = async () => (await operator.ask('GET', `/api/gifts/of-order?key=${key}`)).body;
    expect(await explained()).toMatchObject({ gifts: [], isUndecided: true });
    await inTransaction(house.database, (tx) => saveMatch(tx, deal, 'C-KIM-4', { by: 'han', reason }));
    await matchOrder(house.deps, key);
    const rules = [{ id: rule.id, name: '키링', whyNot: 'amount_too_small' }];
    expect(await explained()).toEqual({ gifts: [], isUndecided: false, rules });
    expect((await operator.ask('GET', '/api/gifts/of-order?key=coupang/none')).status).toBe(404);
  });
});
