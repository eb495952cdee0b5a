import { Button, Fieldset, Group, NumberInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { saveConfiguration } from '../../../api/contract/catalogue';
import { useCommand } from '../../api';
import { useWords } from '../../words';
import { EditForm } from './edit-form';
import { ItemSelect } from './item-select';
import { catalogueWords } from './words';

export interface Piece {
  readonly itemCode: string;
  readonly itemName: string;
  readonly quantity: number;
}

export interface ConfigurationSeen {
  readonly code: string;
  readonly name: string;
  readonly version: number;
  readonly items: readonly Piece[];
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
  const [pieces, setPieces] = useState<readonly Piece[]>(seen?.items ?? []);
  const command = useCommand(saveConfiguration);
  return (
    <EditForm
      known={seen}
      isPending={command.isPending}
      refused={command.error?.message}
      onBack={onBack}
      onSave={({ code, name, reason }) => {
        const items = pieces.map(({ itemCode, quantity }) => ({ itemCode, quantity }));
        command.mutate(
          { params: { code }, body: { name, items, version: seen?.version ?? 0, reason } },
          { onSuccess: () => onDone(code) },
        );
      }}
    >
      <Pieces pieces={pieces} onChange={setPieces} />
      <Text size="sm" c="gray.7">
        {t.newVersion}
      </Text>
    </EditForm>
  );
}

function Pieces({
  pieces,
  onChange,
}: {
  pieces: readonly Piece[];
  onChange: (pieces: readonly Piece[]) => void;
}) {
  const t = useWords(catalogueWords);
  const change = (itemCode: string, quantity: number) =>
    onChange(pieces.map((piece) => (piece.itemCode === itemCode ? { ...piece, quantity } : piece)));
  return (
    <Fieldset legend={t.itemsOf}>
      <Stack gap="xs">
        {pieces.map(({ itemCode, itemName, quantity }) => (
          <Group key={itemCode} justify="space-between" wrap="nowrap">
            <Text size="sm">
              {itemCode} · {itemName}
            </Text>
            <Group gap="xs" wrap="nowrap">
              <NumberInput
                aria-label={`${t.quantity}: ${itemName}`}
                w={90}
                required
                min={1}
                max={9_999}
                allowDecimal={false}
                value={quantity}
                onChange={(value) => change(itemCode, Number(value))}
              />
              <Button
                variant="default"
                aria-label={`${t.removePiece}: ${itemName}`}
                onClick={() => onChange(pieces.filter((piece) => piece.itemCode !== itemCode))}
              >
                {t.removePiece}
              </Button>
            </Group>
          </Group>
        ))}
        <ItemSelect
          label={t.addPiece}
          except={pieces.map(({ itemCode }) => itemCode)}
          onChoose={(item) => onChange([...pieces, { ...item, quantity: 1 }])}
        />
      </Stack>
    </Fieldset>
  );
}
