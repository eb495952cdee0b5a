import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import { SALES_BY, SALES_FIGURES, type SalesBy } from '../../../../domain/sale';
import { crossSales, exportCrossedSales } from '../../../api/contract/sales';
import { addressOf, useAnswer } from '../../api';
import { Shown } from '../../parts/page-state';
import { useWords } from '../../words';
import { useAskedCross } from './asked';
import { CrossTable } from './cross-table';
import { PeriodPicker } from './period-picker';
import { byWords, figureWords, words } from './words';

/** Two breakdowns in one table. */
export function Cross() {
  const t = useWords(words);
  const figures = useWords(figureWords);
  const [asked, change] = useAskedCross();
  const { figure, ...query } = asked;
  const answer = useAnswer(crossSales, { query });
  // One cannot be both: what was there goes to the other side.
  const { by, across } = asked;
  const turn = { by: across, across: by };
  return (
    <Stack>
      <Group align="flex-end" gap="xs">
        <PeriodPicker period={asked} onPick={change} />
        <Breakdown label={t.rows} value={by} onPick={(one) => change(one === across ? turn : { by: one })} />
        <Breakdown
          label={t.columns}
          value={across}
          onPick={(one) => change(one === by ? turn : { across: one })}
        />
        <NativeSelect
          size="xs"
          label={t.figure}
          value={figure}
          data={SALES_FIGURES.map((value) => ({ value, label: figures[value] }))}
          onChange={({ currentTarget }) => {
            const one = SALES_FIGURES.find((value) => value === currentTarget.value);
            if (one !== undefined) change({ figure: one });
          }}
        />
        <Button component="a" href={addressOf(exportCrossedSales, { query: asked })} download ml="auto">
          {t.export}
        </Button>
      </Group>
      <Shown of={answer} empty={t.noSales} isEmpty={({ columns }) => columns.length === 0}>
        {(crossed) => <CrossTable crossed={crossed} figure={figure} />}
      </Shown>
    </Stack>
  );
}

function Breakdown(given: { label: string; value: SalesBy; onPick: (by: SalesBy) => void }) {
  const { label, value, onPick } = given;
  const bys = useWords(byWords);
  return (
    <NativeSelect
      size="xs"
      label={label}
      value={value}
      data={SALES_BY.map((one) => ({ value: one, label: bys[one] }))}
      onChange={({ currentTarget }) => {
        const by = SALES_BY.find((one) => one === currentTarget.value);
        if (by !== undefined) onPick(by);
      }}
    />
  );
}
