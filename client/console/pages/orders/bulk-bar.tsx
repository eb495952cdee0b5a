import { Button, Group, Paper, Select, Text } from '@mantine/core';
import { useState } from 'react';
import { BULK_COMMANDS, type BulkCommand } from '../../../../domain/bulk';
import { startBulk } from '../../../api/contract/bulk-jobs';
import { useFormat } from '../../format';
import { Opener } from '../../parts/opener';
import { useMay } from '../../session';
import { dictionary, useWords } from '../../words';
import { BulkDialog } from './bulk-dialog';
import type { Filters } from './filters';
import { commandWords } from './words';

const words = dictionary(
  {
    selected: (count: string) => `${count}건 고름`,
    clear: '고르기 취소',
    what: '한꺼번에 할 일',
    forSelected: '고른 주문에',
    forAll: '찾은 주문 모두에',
  },
  {
    selected: (count: string) => `${count} selected`,
    clear: 'Clear selection',
    what: 'What to do',
    forSelected: 'To those selected',
    forAll: 'To all that fit',
  },
);

/** One command for the selected orders, or for all that fit the filters. */
export function BulkBar({
  selected,
  filters,
  clear,
}: {
  selected: ReadonlySet<string>;
  filters: Filters;
  clear: () => void;
}) {
  const t = useWords(words);
  const names = useWords(commandWords);
  const { number } = useFormat();
  const may = useMay(startBulk);
  const [command, setCommand] = useState<BulkCommand>('hold');
  const [isFor, setFor] = useState<'selected' | 'all' | null>(null);
  if (!may) return null;
  return (
    <Paper withBorder p="xs" visibleFrom="sm">
      <Group gap="xs">
        <Select
          aria-label={t.what}
          size="xs"
          w={170}
          allowDeselect={false}
          data={BULK_COMMANDS.map((value) => ({ value, label: names[value] }))}
          value={command}
          onChange={(value) => setCommand(BULK_COMMANDS.find((one) => one === value) ?? command)}
        />
        <Opener variant="light" disabled={selected.size === 0} onClick={() => setFor('selected')}>
          {t.forSelected}
        </Opener>
        <Opener variant="subtle" onClick={() => setFor('all')}>
          {t.forAll}
        </Opener>
        {selected.size === 0 ? null : (
          <>
            <Text size="sm">{t.selected(number(selected.size))}</Text>
            <Button variant="subtle" onClick={clear}>
              {t.clear}
            </Button>
          </>
        )}
      </Group>
      {isFor === null ? null : (
        <BulkDialog
          command={command}
          selection={isFor === 'all' ? { filters } : { keys: [...selected] }}
          onStarted={clear}
          onClose={() => setFor(null)}
        />
      )}
    </Paper>
  );
}
