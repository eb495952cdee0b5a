import { Stack } from '@mantine/core';
import { useAsked } from './asked';
import { FeeRules } from './fee-rules';
import { PeriodPicker } from './period-picker';
import { Settlements } from './settlements';

/** What channels keep, what they are to pay when, and the rules that say so. */
export function Fees() {
  const [{ from, to }, change] = useAsked();
  return (
    <Stack>
      <PeriodPicker period={{ from, to }} onPick={change} />
      <Settlements period={{ from, to }} />
      <FeeRules />
    </Stack>
  );
}
