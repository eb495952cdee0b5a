import { Button, Fieldset, Group, NumberInput, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { saveConfiguration } from '../../../api/contract/catalogue';
import { useCommand } from '../../api';
import { ConfigurationSelect } from '../../parts/configuration-select';
import { useWords } from '../../words';
import { EditForm } from './edit-form';
import { ItemSelect } from './item-select';
import { catalogueWords } from './words';

/** Something that a configuration holds, an item or another configuration, and how many of it. */
export interface Part {
  readonly code: string;
  readonly name: string;
  readonly quantity: number;
}

export interface ConfigurationSeen {
  readonly code: string;
  readonly name: string;
  readonly version: number;
  /** What is put in directly. */
  readonly items: readonly Part[];
  readonly bundles: readonly Part[];
}

/** Adds a configuration, or makes a new version of one as it was seen when the form was opened. */
export function ConfigurationForm({
  seen,
  onDone,
  onBack,
}: {
  seen?: ConfigurationSeen;
  onDone: (code: string) => void;
  onBack: () => void;
}) {
  const t = useWords(catalogueWords);
  const [items, setItems] = useState<readonly Part[]>(seen?.items ?? []);
  const [bundles, setBundles] = useState<readonly Part[]>(seen?.bundles ?? []);
  const command = useCommand(saveConfiguration);
  return (
    <EditForm
      known={seen}
      isPending={command.isPending}
      refused={command.error?.message}
      onBack={onBack}
      onSave={({ code, name, reason }) => {
        const body = {
          name,
          items: items.map((part) => ({ itemCode: part.code, quantity: part.quantity })),
          bundles: bundles.map((part) => ({ configuration: part.code, quantity: part.quantity })),
          version: seen?.version ?? 0,
          reason,
        };
        command.mutate({ params: { code }, body }, { onSuccess: () => onDone(code) });
      }}
    >
      <Parts legend={t.itemsOf} parts={items} onChange={setItems}>
        {(add) => (
          <ItemSelect
            label={t.addPiece}
            except={items.map(({ code }) => code)}
            onChoose={({ itemCode, itemName }) => add({ code: itemCode, name: itemName })}
          />
        )}
      </Parts>
      <Parts legend={t.bundlesOf} parts={bundles} onChange={setBundles}>
        {(add) => <ConfigurationSelect label={t.addBundle} onChoose={(code, name) => add({ code, name })} />}
      </Parts>
      <Text size="sm" c="gray.7">
        {t.newVersion}
      </Text>
    </EditForm>
  );
}

/** What is in it of one kind, how many of each, and a way to put in one more. */
function Parts({
  legend,
  parts,
  onChange,
  children,
}: {
  legend: string;
  parts: readonly Part[];
  onChange: (parts: readonly Part[]) => void;
  children: (add: (named: Omit<Part, 'quantity'>) => void) => ReactNode;
}) {
  const t = useWords(catalogueWords);
  const others = (code: string) => parts.filter((part) => part.code !== code);
  return (
    <Fieldset legend={legend}>
      <Stack gap="xs">
        {parts.map((part) => (
          <Group key={part.code} justify="space-between" wrap="nowrap">
            <Text size="sm">
              {part.code} · {part.name}
            </Text>
            <Group gap="xs" wrap="nowrap">
              <NumberInput
                aria-label={`${t.quantity}: ${part.name}`}
                w={90}
                required
                min={1}
                max={9_999}
                allowDecimal={false}
                value={part.quantity}
                onChange={(value) =>
                  onChange(parts.map((one) => (one === part ? { ...part, quantity: Number(value) } : one)))
                }
              />
              <Button
                variant="default"
                aria-label={`${t.removePiece}: ${part.name}`}
                onClick={() => onChange(others(part.code))}
              >
                {t.removePiece}
              </Button>
            </Group>
          </Group>
        ))}
        {children((named) => onChange([...others(named.code), { ...named, quantity: 1 }]))}
      </Stack>
    </Fieldset>
  );
}
