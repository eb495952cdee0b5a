import { Button, Group, TextInput } from '@mantine/core';
import type { Period } from '../../../../domain/period';
import { useWords } from '../../words';
import { usualPeriods } from './asked';
import { words } from './words';

/** The first and the last day, and periods that are often asked for. */
export function PeriodPicker({ period, onPick }: { period: Period; onPick: (period: Period) => void }) {
  const t = useWords(words);
  const { days7, days30, month, year } = usualPeriods();
  const usual: [string, Period][] = [
    [t.lastDays(7), days7],
    [t.lastDays(30), days30],
    [t.thisMonth, month],
    [t.thisYear, year],
  ];
  const day = (which: keyof Period) => (
    <TextInput
      type="date"
      size="xs"
      label={t[which]}
      required
      min="2000-01-01"
      max="2099-12-31"
      value={period[which]}
      onChange={({ currentTarget: { value } }) => {
        if (value !== '') onPick(inOrder({ ...period, [which]: value }, which));
      }}
    />
  );
  return (
    <Group align="flex-end" gap="xs">
      {day('from')}
      {day('to')}
      {usual.map(([label, one]) => (
        <Button
          key={label}
          variant={one.from === period.from && one.to === period.to ? 'light' : 'default'}
          onClick={() => onPick(one)}
        >
          {label}
        </Button>
      ))}
    </Group>
  );
}

/** The other day follows one that passes it. */
function inOrder({ from, to }: Period, changed: keyof Period): Period {
  if (from <= to) return { from, to };
  return changed === 'from' ? { from, to: from } : { from: to, to };
}
