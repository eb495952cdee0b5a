import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { saveItem } from '../../../api/contract/catalogue';
import { useCommand } from '../../api';
import { useWords } from '../../words';
import { EditForm } from './edit-form';
import { catalogueWords } from './words';

const MOST_WON = 999_999_999;

export interface ItemSeen {
  readonly code: string;
  readonly name: string;
  readonly referencePrice: string;
  readonly version: number;
}

/** Adds an item, or changes one as it was seen when the form was opened. */
export function ItemForm({
  seen,
  onDone,
  onBack,
}: {
  seen?: ItemSeen;
  onDone: (code: string) => void;
  onBack: () => void;
}) {
  const t = useWords(catalogueWords);
  const [price, setPrice] = useState<string | number>(seen?.referencePrice ?? '');
  const command = useCommand(saveItem);
  return (
    <EditForm
      known={seen}
      isPending={command.isPending}
      refused={command.error?.message}
      onBack={onBack}
      onSave={({ code, name, reason }) =>
        command.mutate(
          {
            params: { code },
            body: { name, referencePrice: String(price), version: seen?.version ?? 0, reason },
          },
          { onSuccess: () => onDone(code) },
        )
      }
    >
      <NumberInput
        label={t.referencePrice}
        description={t.referencePriceNote}
        required
        min={0}
        max={MOST_WON}
        allowDecimal={false}
        allowNegative={false}
        thousandSeparator=","
        value={price}
        onChange={setPrice}
      />
    </EditForm>
  );
}
