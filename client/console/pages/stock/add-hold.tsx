import { NumberInput, Stack } from '@mantine/core';
import { useState } from 'react';
import { addHold } from '../../../api/contract/stock';
import { useCommand } from '../../api';
import { MomentInput } from '../../parts/moment-input';
import { EVERY_ORDER, ScopeInputs } from '../../parts/scope-inputs';
import { WithReason } from '../../parts/with-reason';
import { dictionary, useWords } from '../../words';

const words = dictionary(
  {
    title: '보류 규칙 추가',
    quantity: '이 수량부터',
    ofWhat: '품목을 정하면 그 품목의 수량, 아니면 주문 전체의 수량입니다',
    from: '시작 (한국 시간, 비우면 지금부터)',
    to: '끝 (비우면 끝낼 때까지)',
    add: '추가',
  },
  {
    title: 'Add a rule',
    quantity: 'From so many pieces on',
    ofWhat: 'Of the item where one is named, or else of all together',
    from: 'From (time in Seoul, empty: now)',
    to: 'Until (empty: until it is ended)',
    add: 'Add',
  },
);

/** Has such orders wait for a person from a moment on. */
export function AddHold({ onClose }: { onClose: () => void }) {
  const t = useWords(words);
  const [scope, setScope] = useState(EVERY_ORDER);
  const [quantity, setQuantity] = useState<number | string>(1);
  const [validFrom, setValidFrom] = useState<string>();
  const [validTo, setValidTo] = useState<string>();
  const add = useCommand(addHold, onClose);
  return (
    <WithReason
      title={t.title}
      preview={
        <Stack gap="xs">
          <ScopeInputs scope={scope} onChange={setScope} />
          <NumberInput
            label={t.quantity}
            description={t.ofWhat}
            min={1}
            allowDecimal={false}
            value={quantity}
            onChange={setQuantity}
          />
          <MomentInput label={t.from} onChange={setValidFrom} />
          <MomentInput label={t.to} onChange={setValidTo} />
        </Stack>
      }
      confirm={t.add}
      isPending={add.isPending}
      onConfirm={(reason) =>
        add.mutate({
          body: { ...scope, quantity: Number(quantity) || 1, validFrom, validTo, reason },
        })
      }
      onClose={onClose}
    />
  );
}
