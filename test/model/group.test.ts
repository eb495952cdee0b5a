import { type Exploration, exploreModel } from './explore';
import { type GroupInvariant, INVARIANTS, isSettled } from './group/invariants';
import { peopleSteps } from './group/people';
import { senderSteps } from './group/senders';
import { type GroupSetting, type Guard, setting } from './group/setting';
import { warehouseSteps } from './group/warehouse';
import { BEGINNINGS, type GroupWorld, keyOf } from './group/world';

type Found = Exploration<GroupWorld, GroupInvariant>;

function explore(
  from: keyof typeof BEGINNINGS,
  run: GroupSetting,
  options: Parameters<typeof exploreModel<GroupWorld, GroupInvariant>>[1] = {},
): Found {
  return exploreModel(
    {
      beginning: BEGINNINGS[from],
      *steps(world) {
        yield* senderSteps(world, run);
        yield* warehouseSteps(world, run);
        yield* peopleSteps(world, run);
      },
      keyOf,
      invariants: INVARIANTS,
      isSettled,
    },
    options,
  );
}

describe('two orders, packed together and apart and one of them cancelled while they are sent,', () => {
  it.each(['apart', 'together'] as const)(
    'ship once each, or not at all where that was confirmed, and can always come to rest: %s at first',
    (from) => {
      const { counterexamples, states } = explore(from, setting());
      expect(counterexamples).toEqual([]);
      expect(states).toBeGreaterThan(100_000);
    },
  );

  it.each([
    ['lock', 'apart', 'once'],
    ['unsent', 'apart', 'once'],
    ['final', 'together', 'once'],
    ['left-out', 'together', 'gone'],
  ] as const satisfies readonly (readonly [Guard, keyof typeof BEGINNINGS, GroupInvariant])[])(
    'do not without %s',
    (without, from, breaks) => {
      const { counterexamples } = explore(from, setting(without), { firstOnly: true, only: [breaks] });
      expect(counterexamples).toMatchObject([{ breaks }]);
    },
  );

  it('do not where a cancellation counts as final while a request may be on its way', () => {
    const run = setting(null, { cancellationIsFinal: () => true });
    const { counterexamples } = explore('together', run, { firstOnly: true, only: ['once'] });
    expect(counterexamples).toMatchObject([{ breaks: 'once' }]);
  });
});
