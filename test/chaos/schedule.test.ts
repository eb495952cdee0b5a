import { planFaults } from './schedule';

const KINDS = ['kill', 'stop', 'lose'];

describe('the plan of faults', () => {
  it('is the same for the same seed, and another for another', () => {
    const plan = (seed: number) => planFaults({ seed, minutes: 5, kinds: KINDS, each: 7 });
    expect(plan(3)).toEqual(plan(3));
    expect(plan(3)).not.toEqual(plan(4));
  });

  it('has every kind as often as it is told, spread over the time, the earliest first', () => {
    const plan = planFaults({ seed: 1, minutes: 2, kinds: KINDS, each: 5 });
    for (const kind of KINDS) expect(plan.filter((fault) => fault.kind === kind)).toHaveLength(5);
    const times = plan.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeLessThanOrEqual(120_000);
    for (const third of [0, 1, 2])
      expect(new Set(plan.slice(third * 3, third * 3 + 3).map(({ kind }) => kind)).size).toBe(3);
  });
});
