import { addChannels } from '../../client/cli/channels';
import { auditOf } from '../../db/queries/audit';
import { boostaOf, commandsOf } from '../support/boosta';
import { type FreshDatabase, freshDatabase, given } from '../support/database';

const groups = commandsOf({ channels: addChannels });
const boosta = (...args: string[]) => boostaOf(groups, ['channels', ...args]);

describe('boosta channels', () => {
  let database: FreshDatabase;
  const before = { ...process.env };
  beforeAll(async () => {
    database = await freshDatabase();
    process.env['DATABASE_URL'] = database.url;
    process.env['TEMPORAL_ADDRESS'] = given('BOOSTA_TEST_TEMPORAL');
  });
  afterAll(async () => {
    process.env = before;
    await database.close();
  });

  it('sets what a channel expects, and says it; a price is trivial up to a tenth unless it says otherwise', async () => {
    const usual = ['--cut-off', '14:00', '--within', '2', '--by', 'kim', '--reason', 'their terms'];
    await boosta('set', 'coupang', ...usual, '--drift', '25');
    await boosta('set', 'kakao', ...usual, '--buffer', '3');
    const rule = { cutOffMinutes: 840, shipWithinDays: 2 };
    expect(JSON.parse((await boosta('list', '--json')).out)).toEqual([
      { channel: 'coupang', ...rule, stockBuffer: 0, driftPercent: 25 },
      { channel: 'kakao', ...rule, stockBuffer: 3, driftPercent: 10 },
    ]);
    expect((await boosta('list')).out).toMatch(/coupang\W+14:00\W+2\W+0\W+25 %/u);
    expect(await auditOf(database.db, 'channel/coupang')).toMatchObject([
      { actor: 'kim', action: 'channel.rule', detail: { driftPercent: 25 } },
    ]);
    await boosta('set', 'kakao', ...usual, '--drift', '15');
    await boosta('set', 'coupang', ...usual);
    expect(JSON.parse((await boosta('list', '--json')).out)).toMatchObject([
      { channel: 'coupang', stockBuffer: 0, driftPercent: 25 },
      { channel: 'kakao', stockBuffer: 3, driftPercent: 15 },
    ]);
    expect((await boosta('set', 'coupang', ...usual, '--drift', '5%')).err).toContain('whole percentage');
    expect((await boosta('set', 'coupang', '--cut-off', '25:00', '--within', '2')).err).toContain(
      'time of day',
    );
  });
});
