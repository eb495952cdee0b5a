import { SOURCE_STAND_INS } from '../../sandbox/stand-ins';
import { runChaos } from './campaign-process';
import { FAULTS } from './faults';

describe('a campaign', () => {
  it('finds nothing lost, doubled, oversold, booked or told wrong, with a fault of every kind', async () => {
    const ended = await runChaos('--orders', '120', '--minutes', '1.2', '--each', '1', '--seed', '7');
    const { code, summary, log } = ended;
    expect({ log, ...summary }).toMatchObject({
      seed: 7,
      emitted: 120,
      lost: 0,
      duplicated: 0,
      oversold: 0,
      shippedWrong: 0,
      salesDifferenceKRW: 0,
      secondRuns: 0,
      moving: 0,
    });
    expect(summary.shipped + summary.cancelled).toBe(120);
    const ledgers = Object.values(summary.ledgers);
    expect(ledgers).toHaveLength(SOURCE_STAND_INS.length);
    expect(ledgers.filter(({ orders, differences }) => orders === 0 || differences > 0)).toEqual([]);
    expect(summary.faults).toEqual(Object.fromEntries(FAULTS.map(({ kind }) => [kind, 1])));
    expect(log.startsWith('seed 7\n')).toBe(true);
    expect(code).toBe(0);
  }, 600_000);
});
