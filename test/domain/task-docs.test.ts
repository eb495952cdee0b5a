import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NEXT_ACTION, TASK_KINDS } from '../../domain/task';

const PAGE = readFileSync(join(__dirname, '../../docs/operating.md'), 'utf8');

describe('docs/operating.md', () => {
  test.each(TASK_KINDS)('tells what %s means and its next safe action', (kind) => {
    const row = PAGE.split('\n').find((line) => line.startsWith(`| \`${kind}\` |`));
    expect(row?.replaceAll('\\|', '|')).toContain(`| ${NEXT_ACTION[kind]} |`);
  });
});
