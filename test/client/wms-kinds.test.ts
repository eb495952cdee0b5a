import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wmsAdapters } from '../../activities/wms/registry';
import { run } from '../../client/cli/program';
import { addWmses } from '../../client/cli/wms';
import { KIND_COLUMNS, kindCells, listWmsKinds } from '../../client/use-cases/list-wms-kinds';
import { PROMISE_CLASSES, PROVABLE, promiseClass } from '../../domain/promise-class';

const PAGE = readFileSync(join(__dirname, '../../docs/dispatch.md'), 'utf8').split('\n');
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

async function boosta(...args: string[]): Promise<string> {
  let out = '';
  const spy = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    out += String(chunk);
    return true;
  });
  try {
    const load = async () => addWmses;
    expect(await run([{ name: 'wms', description: 'wms', load }], args)).toBe(0);
    return out;
  } finally {
    spy.mockRestore();
  }
}

describe('docs/dispatch.md', () => {
  it('has the table of boosta wms kinds, line by line', () => {
    const rows = [row(KIND_COLUMNS), ...listWmsKinds().map((kind) => row(kindCells(kind)))];
    const first = PAGE.indexOf(row(KIND_COLUMNS));
    const shown = PAGE.slice(first).filter((line) => !line.startsWith('|--'));
    expect(shown.slice(0, rows.length + 1)).toEqual([...rows, '']);
  });

  it.each(PROMISE_CLASSES)('says what is provable of the class %s', (name) => {
    expect(PAGE).toContain(`- **${name}** ${PROVABLE[name]}.`);
  });
});

describe('boosta wms kinds', () => {
  it('shows every kind with what it promises', async () => {
    const out = await boosta('wms', 'kinds');
    for (const { name } of wmsAdapters) expect(out).toContain(name);
    for (const name of PROMISE_CLASSES) expect(out).toContain(PROVABLE[name]);
  });

  it('gives programs the capabilities as they are, with the class and what is provable', async () => {
    const kinds: unknown = JSON.parse(await boosta('--json', 'wms', 'kinds'));
    expect(kinds).toEqual(
      wmsAdapters.map(({ name, capabilities }) => {
        const of = promiseClass(capabilities);
        return { name, class: of, ...capabilities, provable: PROVABLE[of] };
      }),
    );
  });
});

describe('the class of a promise', () => {
  it.each([
    ['same-order', { visibleAfterSeconds: 0 }, 'idempotent'],
    ['same-order', 'none', 'idempotent'],
    ['refused', { visibleAfterSeconds: 0 }, 'reject'],
    ['not-promised', { visibleAfterSeconds: 60 }, 'look-up'],
    ['not-promised', 'none', 'neither'],
  ] as const)('%s with the look-up %j is %s', (onRepeat, lookup, expected) => {
    expect(promiseClass({ onRepeat, lookup })).toBe(expected);
  });
});
