import { Group, NativeSelect, NumberInput, Stack, Switch, TextInput } from '@mantine/core';
import { BOUGHT_KINDS, STACKINGS, WHEN_SHORT } from '../../../../domain/gift';
import { CodeInput } from '../../parts/code-input';
import { useWords } from '../../words';
import type { Terms } from './terms';
import { boughtWords, giftWords, shortWords, stackingWords } from './words';

interface Edited {
  readonly terms: Terms;
  readonly onChange: (terms: Terms) => void;
}

/** What a rule gives, to whom, and how often. */
export function TermInputs(edited: Edited) {
  return (
    <Stack gap="xs">
      <What {...edited} />
      <Bought {...edited} />
      <HowOften {...edited} />
    </Stack>
  );
}

function What({ terms, onChange }: Edited) {
  const t = useWords(giftWords);
  const short = useWords(shortWords);
  return (
    <>
      <TextInput
        label={t.name}
        required
        maxLength={100}
        value={terms.name}
        onChange={({ currentTarget: { value } }) => onChange({ ...terms, name: value })}
      />
      <Group grow align="end">
        <CodeInput
          label={t.gives}
          value={terms.configuration}
          onChange={(configuration) => onChange({ ...terms, configuration })}
        />
        <NumberInput
          label={t.quantity}
          min={1}
          max={999}
          allowDecimal={false}
          value={terms.quantity}
          onChange={(value) => onChange({ ...terms, quantity: Number(value) || 1 })}
        />
        <NativeSelect
          label={t.whenShort}
          data={WHEN_SHORT.map((value) => ({ value, label: short[value] }))}
          value={terms.whenShort}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...terms, whenShort: WHEN_SHORT.find((one) => one === value) ?? 'leave_out' })
          }
        />
      </Group>
    </>
  );
}

function Bought({ terms, onChange }: Edited) {
  const t = useWords(giftWords);
  const kinds = useWords(boughtWords);
  return (
    <>
      <Group grow align="end">
        <NativeSelect
          label={t.bought}
          data={BOUGHT_KINDS.map((value) => ({ value, label: kinds[value] }))}
          value={terms.bought}
          onChange={({ currentTarget: { value } }) =>
            onChange({
              ...terms,
              bought: BOUGHT_KINDS.find((one) => one === value) ?? 'anything',
              boughtCode: value === 'anything' ? '' : terms.boughtCode,
            })
          }
        />
        {terms.bought === 'anything' ? null : (
          <CodeInput
            label={t.boughtCode}
            value={terms.boughtCode}
            onChange={(boughtCode) => onChange({ ...terms, boughtCode })}
          />
        )}
        <TextInput
          label={t.channel}
          placeholder={t.anyChannel}
          value={terms.channel}
          onChange={({ currentTarget: { value } }) => onChange({ ...terms, channel: value.trim() })}
        />
      </Group>
      <Group grow align="start">
        <NumberInput
          label={t.amountFrom}
          min={0}
          allowDecimal={false}
          thousandSeparator=","
          value={terms.amountFrom}
          onChange={(value) => onChange({ ...terms, amountFrom: String(value || 0) })}
        />
        <NumberInput
          label={t.quantityFrom}
          description={t.quantityOf}
          min={1}
          allowDecimal={false}
          value={terms.quantityFrom}
          onChange={(value) => onChange({ ...terms, quantityFrom: Number(value) || 1 })}
        />
      </Group>
    </>
  );
}

function HowOften({ terms, onChange }: Edited) {
  const t = useWords(giftWords);
  const stacking = useWords(stackingWords);
  const days = { dayFrom: t.dayFrom, dayTo: t.dayTo };
  return (
    <>
      <Group grow align="start">
        {(['dayFrom', 'dayTo'] as const).map((name) => (
          <TextInput
            key={name}
            type="date"
            label={days[name]}
            value={terms[name] ?? ''}
            onChange={({ currentTarget: { value } }) =>
              onChange({ ...terms, [name]: value === '' ? null : value })
            }
          />
        ))}
      </Group>
      <Group grow align="start">
        <NumberInput
          label={t.firstN}
          description={t.noLimit}
          min={1}
          allowDecimal={false}
          value={terms.firstN ?? ''}
          onChange={(value) => onChange({ ...terms, firstN: value === '' ? null : Number(value) })}
        />
        <NumberInput
          label={t.priority}
          description={t.priorityOrder}
          min={1}
          max={9_999}
          allowDecimal={false}
          value={terms.priority}
          onChange={(value) => onChange({ ...terms, priority: Number(value) || 1 })}
        />
      </Group>
      <NativeSelect
        label={t.stacking}
        data={STACKINGS.map((value) => ({ value, label: stacking[value] }))}
        value={terms.stacking}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...terms, stacking: STACKINGS.find((one) => one === value) ?? 'with_others' })
        }
      />
      <Switch
        label={t.oncePerReceiver}
        checked={terms.oncePerReceiver}
        onChange={({ currentTarget: { checked } }) => onChange({ ...terms, oncePerReceiver: checked })}
      />
    </>
  );
}
