import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import { COMPARISONS } from '../../../../domain/period';
import { SALES_BY } from '../../../../domain/sale';
import { exportSales, readSales } from '../../../api/contract/sales';
import { addressOf, useAnswer } from '../../api';
import { Shown } from '../../parts/page-state';
import { useWords } from '../../words';
import { useAsked } from './asked';
import type { SalesAnswer } from './figures';
import { Numbers } from './numbers';
import { PeriodPicker } from './period-picker';
import { SalesChart } from './sales-chart';
import { SalesTable } from './sales-table';
import { againstWords, byWords, words } from './words';

export function Report() {
  const t = useWords(words);
  const bys = useWords(byWords);
  const againsts = useWords(againstWords);
  const [asked, change] = useAsked();
  const answer = useAnswer(readSales, { query: { ...asked } });
  return (
    <Stack>
      <Group align="flex-end" gap="xs">
        <PeriodPicker period={asked} onPick={change} />
        <NativeSelect
          size="xs"
          label={t.by}
          value={asked.by}
          data={SALES_BY.map((value) => ({ value, label: bys[value] }))}
          onChange={({ currentTarget }) => {
            const by = SALES_BY.find((one) => one === currentTarget.value);
            if (by !== undefined) change({ by });
          }}
        />
        <NativeSelect
          size="xs"
          label={t.against}
          value={asked.against}
          data={COMPARISONS.map((value) => ({ value, label: againsts[value] }))}
          onChange={({ currentTarget }) => {
            const against = COMPARISONS.find((one) => one === currentTarget.value);
            if (against !== undefined) change({ against });
          }}
        />
        <Button component="a" href={addressOf(exportSales, { query: { ...asked } })} download ml="auto">
          {t.export}
        </Button>
      </Group>
      <Shown
        of={answer}
        empty={t.noSales}
        isEmpty={({ total, earlier }) => isNothing(total) && (earlier === null || isNothing(earlier.total))}
      >
        {(report) => (
          <Stack>
            <Numbers report={report} />
            <SalesChart report={report} />
            <SalesTable report={report} />
          </Stack>
        )}
      </Shown>
    </Stack>
  );
}

/** A day on which nothing was sold has its row all the same. */
function isNothing({ quantity, returned, gross, returns }: SalesAnswer['total']): boolean {
  return quantity === 0 && returned === 0 && gross === '0' && returns === '0';
}
