import { NumberInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { setLevels } from '../../../api/contract/stock';
import { useCommand } from '../../api';
import { useFormat } from '../../format';
import { WithReason } from '../../parts/with-reason';
import { dictionary, useWords } from '../../words';
import type { Level } from './levels';
import { stockWords } from './words';

const words = dictionary(
  {
    title: '안전재고·알림 정하기',
    safety: '이만큼은 약속하지 않습니다',
    warn: '판매 가능 수량이 이보다 적으면 할 일이 됩니다. 비우면 알리지 않습니다',
    becomes: (pieces: string) => `판매 가능 수량이 ${pieces}개가 됩니다.`,
    save: '정하기',
  },
  {
    title: 'Set safety and warning',
    safety: 'So many pieces are never promised',
    warn: 'A task when less than this is sellable; empty: no warning',
    becomes: (pieces: string) => `${pieces} will be sellable.`,
    save: 'Set',
  },
);

/** @param level as it was shown: what somebody else has set since is not overwritten. */
export function SetLevels({ level, onClose }: { level: Level; onClose: () => void }) {
  const t = useWords(words);
  const common = useWords(stockWords);
  const { number } = useFormat();
  const [safety, setSafety] = useState<number | string>(level.safety);
  const [warnBelow, setWarnBelow] = useState<number | string>(level.warnBelow ?? '');
  const save = useCommand(setLevels, onClose);
  const { wms, itemCode } = level;
  const wanted = safety === '' ? 0 : Number(safety);
  return (
    <WithReason
      title={`${t.title}: ${itemCode}, ${wms}`}
      preview={
        <Stack gap="xs">
          <NumberInput
            label={common.safety}
            description={t.safety}
            min={0}
            allowDecimal={false}
            value={safety}
            onChange={setSafety}
          />
          <NumberInput
            label={common.warnBelow}
            description={t.warn}
            min={0}
            allowDecimal={false}
            value={warnBelow}
            onChange={setWarnBelow}
          />
          <Text size="sm">{t.becomes(number(level.available + level.safety - wanted))}</Text>
        </Stack>
      }
      confirm={t.save}
      isPending={save.isPending}
      onConfirm={(reason) =>
        save.mutate({
          params: { wms, itemCode },
          body: {
            safety: wanted,
            warnBelow: warnBelow === '' ? null : Number(warnBelow),
            seen: { safety: level.safety, warnBelow: level.warnBelow },
            reason,
          },
        })
      }
      onClose={onClose}
    />
  );
}
