import { matchOrder } from '../../activities/match-order';
import { addMatches } from '../../client/cli/match';
import { addUser } from '../../db/queries/users';
import { boostaOf, commandsOf } from '../support/boosta';
import { given } from '../support/database';
import { orderOf } from '../support/deal-orders';
import { type House, openHouse } from '../support/house';

const groups = commandsOf({ match: addMatches });
const boosta = (...args: string[]) => boostaOf(groups, ['match', ...args]);

describe('boosta match', () => {
  let house: House;
  let order: string;
  const before = { ...process.env };
  beforeAll(async () => {
    house = await openHouse();
    process.env['DATABASE_URL'] = house.database.url;
    process.env['TEMPORAL_ADDRESS'] = given('BOOSTA_TEST_TEMPORAL');
    for (const name of ['kim', 'lee'])
      await addUser(house.database.db, { name, role: 'operator', email: null, passwordHash: '' });
    const lines = [{ deal: '[오늘만] 모담뜰 육개장 5팩', option: '', units: 1, price: 20_000n }];
    order = await orderOf(house.database, 'b2b', lines);
    await matchOrder(house.deps, order);
  });
  afterAll(async () => {
    process.env = before;
    await house.close();
  });

  it('shows what a deal may stand for, with score, reason and price, and what waits for it', async () => {
    const shown = JSON.parse((await boosta('show', '--order', order, '--json')).out);
    expect(shown).toMatchObject({ version: 0, prices: { from: '20000', to: '20000' }, claim: null });
    expect(shown.candidates[0]).toMatchObject({ score: expect.any(Number), price: expect.any(String) });
    expect(shown.lines).toMatchObject([{ orderKey: order, units: 1 }]);
    expect((await boosta('show', '--order', order)).out).toContain(shown.candidates[0].configuration);
  });

  it('lets one take a deal up, hand it over and let it go, and keeps the others off it meanwhile', async () => {
    expect((await boosta('claim', '--order', order, '--by', 'kim')).out).toContain('is yours');
    const refused = await boosta('claim', '--order', order, '--by', 'lee');
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('kim is at work on this deal') });
    const decision = ['--order', order, '--configuration', 'C-SUP-Y5', '--by', 'lee'];
    expect((await boosta('add', ...decision)).err).toContain('kim is at work on this deal');
    expect((await boosta('list')).out).toContain('kim since');
    const to = ['--to', 'lee', '--reason', 'a gift set?', '--by', 'kim'];
    await boosta('hand-over', '--order', order, ...to);
    expect((await boosta('show', '--order', order)).out).toContain('from kim: a gift set?');
    await boosta('claim', '--order', order, '--take-over', '--by', 'kim');
    expect((await boosta('let-go', '--order', order, '--by', 'kim')).out).toContain('is free again');
    expect(JSON.parse((await boosta('list', '--json')).out).unknown).toMatchObject([{ claim: null }]);
  });

  it('takes up the next deal, and leaves it for the one after it', async () => {
    const other = { deal: '새 모담뜰 곰탕', option: '', units: 1 };
    await matchOrder(house.deps, await orderOf(house.database, 'b2b', [other]));
    const next = async (...args: string[]): Promise<string> =>
      JSON.parse((await boosta('next', '--by', 'kim', '--json', ...args)).out)?.deal;
    const first = await next();
    expect(await next()).toBe(first);
    const second = await next('--skip');
    expect([first, second].toSorted()).toEqual(['[오늘만] 모담뜰 육개장 5팩', other.deal]);
    expect(await next('--skip')).toBe(first);
    await boosta('let-go', '--channel', 'b2b', '--deal', first, '--by', 'kim');
    await boosta('claim', '--channel', 'b2b', '--deal', second, '--by', 'lee');
    await boosta('claim', '--channel', 'b2b', '--deal', first, '--by', 'lee');
    expect((await boosta('next', '--by', 'kim')).out).toContain('No deal waits that nobody is at.');
    for (const deal of [first, second])
      await boosta('let-go', '--channel', 'b2b', '--deal', deal, '--by', 'lee');
  });

  it('shows what the channel has changed of a deal, and confirms that it stands for the same', async () => {
    const because = ['--by', 'kim', '--reason', 'looked at the page'];
    await boosta('add', '--order', order, '--configuration', 'C-SUP-Y5', ...because);
    const lines = [{ deal: '[오늘만] 모담뜰 육개장 5팩', option: '', units: 1, price: 40_000n }];
    const dearer = await orderOf(house.database, 'b2b', lines);
    await matchOrder(house.deps, dearer);
    const says = 'price was 20,000원, is 40,000원';
    expect((await boosta('list')).out).toContain(says);
    expect((await boosta('show', '--order', dearer)).out).toContain(says);
    const confirmed = await boosta('confirm', '--order', dearer, '--json', ...because);
    expect(JSON.parse(confirmed.out)).toMatchObject({ version: 2, before: 'C-SUP-Y5' });
    const again = await boosta('confirm', '--order', order, ...because);
    expect(again.err).toContain('has changed nothing of this deal');
  });
});
