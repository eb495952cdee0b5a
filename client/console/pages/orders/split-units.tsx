import { NumberInput, Radio, Stack } from '@mantine/core';
import { dictionary, useWords } from '../../words';
import type { ShownOrder } from './shown-order';

const words = dictionary(
  {
    what: '지금 보낼 것',
    available: '재고가 있는 만큼',
    named: '줄마다 정하기',
    line: (number: string, deal: string) => `${number} ${deal}`,
  },
  {
    what: 'What goes now',
    available: 'What is in stock',
    named: 'So many of each line',
    line: (number: string, deal: string) => `${number} ${deal}`,
  },
);

type Units = { line: string; quantity: number }[] | undefined;

/** Which units go now; undefined: what is in stock. */
export function SplitUnits({
  order,
  value,
  onChange,
}: {
  order: ShownOrder;
  value: Units;
  onChange: (units: Units) => void;
}) {
  const t = useWords(words);
  const unitsOf = (line: string) => value?.find((one) => one.line === line)?.quantity ?? 0;
  const set = (line: string, quantity: number) =>
    onChange([
      ...(value ?? []).filter((one) => one.line !== line),
      ...(quantity > 0 ? [{ line, quantity }] : []),
    ]);
  return (
    <Stack gap="xs">
      <Radio.Group
        label={t.what}
        value={value === undefined ? 'available' : 'named'}
        onChange={(choice) => onChange(choice === 'named' ? [] : undefined)}
      >
        <Radio value="available" label={t.available} mt={4} />
        <Radio value="named" label={t.named} mt={4} />
      </Radio.Group>
      {value === undefined
        ? null
        : order.lines.map(({ lineNumber, deal, quantity, cancelledQuantity }) => (
            <NumberInput
              key={lineNumber}
              label={t.line(lineNumber, deal)}
              min={0}
              max={quantity - cancelledQuantity}
              value={unitsOf(lineNumber)}
              onChange={(units) => set(lineNumber, Number(units) || 0)}
            />
          ))}
    </Stack>
  );
}
