import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BROKEN_RULES } from './broken-rules';
import { explore } from './explore';
import { reconcileFinds } from './invariants';
import { CLASSES, type ClassName, GUARDS, type Guard, setting } from './setting';
import { concerns, judge, type Verdict } from './verdict';

const NAMES = Object.keys(CLASSES) as ClassName[];
const ROWS = ['every guard', ...(Object.keys(GUARDS) as Guard[])] as const;
type Row = (typeof ROWS)[number];

/** A column a class, in the order of CLASSES; `same`: the guard does not concern it. */
type Cell = Verdict | 'same';
type Table = Readonly<Partial<Record<Row, readonly Cell[]>>>;

const ONE_GENERATION: Table = {
  'every guard': ['holds', 'if late', 'holds', 'if late', 'holds', 'if late', 'holds'],
  lock: ['breaks', 'breaks', 'breaks', 'breaks', 'breaks', 'breaks', 'breaks'],
  lease: ['holds', 'breaks', 'holds', 'breaks', 'holds', 'breaks', 'holds'],
  fence: ['breaks', 'breaks', 'breaks', 'breaks', 'breaks', 'breaks', 'breaks'],
  'wms-key': ['breaks', 'breaks', 'same', 'same', 'same', 'same', 'same'],
  doubt: ['breaks', 'breaks', 'holds', 'if late', 'holds', 'if late', 'holds'],
  settling: ['holds', 'breaks', 'same', 'breaks', 'same', 'if late', 'same'],
  attestation: ['same', 'same', 'same', 'same', 'same', 'same', 'same'],
  'lookup-filter': ['breaks', 'breaks', 'breaks', 'breaks', 'breaks', 'breaks', 'same'],
};

const SENT_ANEW: Table = {
  'every guard': ['if late', 'if late', 'if late', 'if late', 'if late', 'if late', 'if late'],
  lock: ['breaks', 'breaks', 'breaks', 'breaks', 'breaks', 'breaks', 'breaks'],
  lease: ['breaks', 'breaks', 'breaks', 'breaks', 'breaks', 'breaks', 'breaks'],
  fence: ['breaks', 'breaks', 'breaks', 'breaks', 'breaks', 'breaks', 'breaks'],
  'wms-key': ['breaks', 'breaks', 'same', 'same', 'same', 'same', 'same'],
  doubt: ['breaks', 'breaks', 'if late', 'if late', 'if late', 'if late', 'if late'],
  settling: ['breaks', 'breaks', 'breaks', 'breaks', 'breaks', 'breaks', 'breaks'],
  attestation: ['breaks', 'breaks', 'breaks', 'breaks', 'breaks', 'breaks', 'breaks'],
  'lookup-filter': ['breaks', 'breaks', 'breaks', 'breaks', 'breaks', 'breaks', 'same'],
};

/** Of one invariant alone: at most one live order. */
const NEVER_TWO: Table = {
  'every guard': ['holds', 'holds', 'holds', 'if late', 'holds', 'if late', 'holds'],
  lease: ['holds', 'holds', 'holds', 'breaks', 'holds', 'breaks', 'holds'],
  'wms-key': ['breaks', 'breaks', 'same', 'same', 'same', 'same', 'same'],
};

const DOCS = readFileSync(join(__dirname, '../../docs/model.md'), 'utf8');

describe.each([
  { title: 'within one generation', expected: ONE_GENERATION, anew: false, only: undefined },
  { title: 'where an order may be sent anew', expected: SENT_ANEW, anew: true, only: undefined },
  {
    title: 'within one generation, of two live orders alone',
    expected: NEVER_TWO,
    anew: false,
    only: ['one-order'],
  },
] as const)('$title', ({ expected, anew, only }) => {
  it.each(rowsOf(expected))('every class keeps the invariants, or not, as told: %s', (row) => {
    const without = row === 'every guard' ? null : row;
    const told = NAMES.map((name): Cell => {
      if (without !== null && !concerns(without, name, anew)) return 'same';
      return judge({ name, anew, without, ...(only === undefined ? {} : { only }) }).verdict;
    });
    expect(told).toEqual(expected[row]);
  });

  it('is what the docs say', () => {
    expect(DOCS).toContain(inMarkdown(expected));
  });
});

function rowsOf(table: Table): Row[] {
  return ROWS.filter((row) => table[row] !== undefined);
}

function inMarkdown(table: Table): string {
  const rows = rowsOf(table).map((row) => [
    row === 'every guard' ? row : `without ${row}`,
    ...(table[row] ?? []),
  ]);
  return [['class', ...NAMES], ['---', ...NAMES.map(() => '---')], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

it.each(NAMES)('an order at a WMS of class %s can always come to rest', (name) => {
  const { counterexamples, states } = explore(setting(name, { time: 'bounded', anew: true }));
  expect(counterexamples).toEqual([]);
  expect(states).toBeGreaterThan(1_000);
});

it.each([
  { name: 'reject', anew: false },
  { name: 'lookup-resend', anew: false },
  { name: 'lookup-ask', anew: true },
  { name: 'lag-ask', anew: true },
  { name: 'neither', anew: true },
] as const)('reconcile finds whatever a late request does at a WMS of class $name', ({ name, anew }) => {
  const { broken } = explore(setting(name, { time: 'unbounded', anew }));
  expect(broken.length).toBeGreaterThan(0);
  expect(broken.filter((world) => !reconcileFinds(world))).toEqual([]);
});

it.each(NAMES.filter((name) => CLASSES[name].promises.onRepeat === 'not-promised'))(
  'without the lock alone, a WMS of class %s gets two live orders',
  (name) => {
    const run = setting(name, { time: 'bounded', anew: false, without: 'lock' });
    const { counterexamples } = explore(run, { firstOnly: true, only: ['one-order'] });
    expect(counterexamples).toMatchObject([{ breaks: 'one-order' }]);
  },
);

it('a counterexample reads as a story, and is a shortest one', () => {
  const { counterexample } = judge({ name: 'neither', anew: true, without: 'settling' });
  expect(counterexample?.steps).toEqual([
    'Sender 1 claims generation 1',
    'Sender 1 hands its request for generation 1 over',
    'The lease of generation 1 ends',
    'Sender 2 finds generation 1 sending under a lease that has ended and asks a person',
    'A person does not see generation 1 in the WMS’s list: not received, a new generation',
    'The WMS takes generation 1 and tells Sender 1 so',
  ]);
});

describe('a fault in a rule of domain/dispatch-protocol.ts', () => {
  it.each(BROKEN_RULES)('shows in the model: $says', ({ name, rules, breaks }) => {
    const run = setting(name, { time: 'bounded', anew: true, rules });
    const { counterexamples } = explore(run, { firstOnly: breaks !== 'settles' });
    expect(counterexamples[0]?.breaks).toBe(breaks);
  });
});
