import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceAdapters } from '../../activities/sources/registry';
import { addSources } from '../../client/cli/sources';
import { listSourceKinds, SOURCE_COLUMNS, sourceCells } from '../../client/use-cases/list-source-kinds';
import { boostaOf, commandsOf } from '../support/boosta';

const PAGE = readFileSync(join(__dirname, '../../docs/sources.md'), 'utf8').split('\n');
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const boosta = (...args: string[]) => boostaOf(commandsOf({ sources: addSources }), args);

describe('docs/sources.md', () => {
  it('has the table of boosta sources kinds, line by line', () => {
    const rows = [row(SOURCE_COLUMNS), ...listSourceKinds().map((kind) => row(sourceCells(kind)))];
    const first = PAGE.indexOf(row(SOURCE_COLUMNS));
    const shown = PAGE.slice(first).filter((line) => !line.startsWith('|--'));
    expect(shown.slice(0, rows.length + 1)).toEqual([...rows, '']);
  });
});

describe('boosta sources kinds', () => {
  it('shows every kind, and gives programs its capabilities as they are', async () => {
    const { out } = await boosta('sources', 'kinds');
    for (const { name } of sourceAdapters) expect(out).toContain(name);
    const asData: unknown = JSON.parse((await boosta('--json', 'sources', 'kinds')).out);
    expect(asData).toEqual(sourceAdapters.map(({ name, capabilities }) => ({ name, ...capabilities })));
  });
});
