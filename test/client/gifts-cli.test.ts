import { matchOrder } from '../../activities/match-order';
import { addGifts } from '../../client/cli/gifts';
import { auditOf } from '../../db/queries/audit';
import { giftsOf } from '../../db/queries/gifts';
import { saveMatch } from '../../db/queries/match-versions';
import { inTransaction } from '../../db/transaction';
import { boostaOf, commandsOf } from '../support/boosta';
import { orderOf } from '../support/deal-orders';
import { type House, openHouse } from '../support/house';

const groups = commandsOf({ gifts: addGifts });
const boosta = (...args: string[]) => boostaOf(groups, ['gifts', ...args]);
const json = async (...args: string[]) => JSON.parse((await boosta(...args, '--json')).out);
const WHY = ['--by', 'kim', '--reason', 'autumn campaign'];
const DEAL = { channel: 'coupang', deal: '김 세트', option: '1개' };
const PLACED = Date.parse('2026-11-16T03:00:00Z');

describe('boosta gifts', () => {
  let house: House;
  const orders: string[] = [];
  const before = { ...process.env };
  beforeAll(async () => {
    house = await openHouse();
    process.env['DATABASE_URL'] = house.database.url;
    const kim = { by: 'kim', reason: 'looked' };
    await inTransaction(house.database, (tx) => saveMatch(tx, DEAL, 'C-KIM-4', kim));
  });
  afterAll(async () => {
    process.env = before;
    await house.close();
  });
  const givenTo = async (key: string) =>
    (await giftsOf(house.database.db, key)).map(({ name, state }) => `${name} ${state}`);

  it('adds a rule, gives by another version of it, and tells who, when and why', async () => {
    const { id } = await json('add', '--name', '키링', '--give', 'C-KIM-1', '--first', '5', ...WHY);
    expect(await json('change', String(id), '--first', '2', '--once-per-receiver', ...WHY)).toEqual({
      id,
      version: 2,
    });
    const { rule, versions } = await json('show', String(id));
    expect(rule).toMatchObject({ name: '키링', firstN: 2, oncePerReceiver: true, given: 0 });
    expect(versions).toMatchObject([
      { version: 2, firstN: 2, madeBy: 'kim', reason: 'autumn campaign' },
      { version: 1, firstN: 5 },
    ]);
    const trail = await auditOf(house.database.db, `gift-rule/${id}`);
    expect(trail.map(({ action, actor }) => [action, actor])).toEqual([
      ['gift.add', 'kim'],
      ['gift.change', 'kim'],
    ]);
    expect((await boosta('list')).out).toContain('0 of 2');
  });

  it('refuses a rule that gives what there is not, or ends before it begins', async () => {
    const add = (...terms: string[]) => boosta('add', '--name', 'x', ...terms, ...WHY);
    expect((await add('--give', 'C-KIM-9')).err).toContain('There is no configuration C-KIM-9');
    expect((await add('--give', 'C-KIM-1', '--item', 'NONE')).err).toContain('There is no item NONE');
    const days = ['--from', '2026-11-20', '--to', '2026-11-19'];
    expect((await add('--give', 'C-KIM-1', ...days)).err).toContain('end before it begins');
  });

  it('says in a dry run what matching the same orders then gives, and writes nothing', async () => {
    for (const [index, name] of ['하나', '하나', '둘', '셋'].entries())
      orders.push(
        await orderOf(house.database, 'coupang', [{ ...DEAL, units: 1 }], new Date(PLACED + index), name),
      );
    for (const key of orders) await matchOrder(house.deps, key);
    const week = ['--since', '2026-11-16', '--until', '2026-11-22'];
    const tried = await json('try', ...week);
    expect(tried).toMatchObject({ orders: 4, undecided: 0 });
    expect(tried.rules).toMatchObject([
      {
        name: '키링',
        orders: 2,
        units: 2,
        notGiven: expect.arrayContaining([
          { why: 'receiver_has_it', orders: 1 },
          { why: 'all_given', orders: 1 },
        ]),
        examples: [orders[0], orders[2]],
      },
    ]);
    expect(await Promise.all(orders.map(givenTo))).toEqual([['키링 given'], [], ['키링 given'], []]);
    const draft = ['--draft', '--name', '컵', '--give', 'C-KIM-4', '--stacking', 'alone', '--priority', '1'];
    const withDraft = await json('try', ...week, ...draft, '--from', '2027-01-01');
    expect(withDraft.rules).toMatchObject([
      { id: 1, orders: 0, notGiven: [{ why: 'not_beside_another', orders: 4 }] },
      { id: null, orders: 4 },
    ]);
    expect(
      (await json('try', ...week, ...draft, '--from', '2027-01-01', '--keep-days')).rules[1],
    ).toMatchObject({
      orders: 0,
      notGiven: [{ why: 'before_first_day', orders: 4 }],
    });
    expect(await json('list')).toHaveLength(1);
    expect(await Promise.all(orders.map(givenTo))).toEqual([['키링 given'], [], ['키링 given'], []]);
  });

  it('says of an order what it has, and why it has not the rest', async () => {
    const [first = '', second = ''] = orders;
    expect(await json('explain', first)).toMatchObject({
      gifts: [{ name: '키링', state: 'given', quantity: 1, version: 2 }],
      rules: [{ name: '키링', whyNot: 'in_the_box_already' }],
    });
    expect(await json('explain', second)).toMatchObject({ gifts: [], rules: [{ whyNot: 'all_given' }] });
  });

  it('ends a rule, by which nothing more is given', async () => {
    await boosta('end', '1', ...WHY);
    const key = await orderOf(house.database, 'coupang', [{ ...DEAL, units: 1 }], new Date(), '넷');
    await matchOrder(house.deps, key);
    expect(await givenTo(key)).toEqual([]);
    expect((await boosta('change', '1', '--first', '9', ...WHY)).err).toContain('has ended');
  });

  it('takes terms away from a rule that are named as gone, and leaves the others', async () => {
    const limits = '--channel coupang --item MD-KIM-01 --from 2026-11-01 --to 2026-11-30'.split(' ');
    const { id } = await json('add', '--name', '컵', '--give', 'C-KIM-1', ...limits, '--first', '5', ...WHY);
    const gone = ['--anything', '--no-to', '--no-first'];
    await json('change', String(id), ...gone, '--once-per-receiver', ...WHY);
    const half = { channel: 'coupang', dayFrom: '2026-11-01', dayTo: null, firstN: null };
    const anything = { bought: 'anything', boughtCode: '' };
    const shown = async () => (await json('show', String(id))).rule;
    expect(await shown()).toMatchObject({ ...half, ...anything, oncePerReceiver: true });
    await json('change', String(id), '--no-channel', '--no-from', '--no-once-per-receiver', ...WHY);
    const open = { channel: '', dayFrom: null, dayTo: null, firstN: null, oncePerReceiver: false };
    expect(await shown()).toMatchObject({ ...open, ...anything, name: '컵' });
    const both = await boosta('change', String(id), '--anything', '--item', 'MD-KIM-01', ...WHY);
    expect(both.err).toContain("'--anything' cannot be used with option '--item <code>'");
  });
});
