import { Group, Text } from '@mantine/core';
import { useState } from 'react';
import { stockAt } from '../../../api/contract/stock';
import { useAnswer } from '../../api';
import { useFormat } from '../../format';
import { MomentInput } from '../../parts/moment-input';
import { dictionary, useWords } from '../../words';
import { stockWords } from './words';

const words = dictionary(
  { at: '지난 재고 보기 (한국 시간)', since: '이때부터 이 상태' },
  { at: 'Stock at a past moment (time in Seoul)', since: 'so since' },
);

/** An item's stock as it was at a moment that a person names. */
export function PastStock({ wms, itemCode }: { wms: string; itemCode: string }) {
  const t = useWords(words);
  const common = useWords(stockWords);
  const { number, time } = useFormat();
  const [at, setAt] = useState<string>();
  const past = useAnswer(
    stockAt,
    { params: { wms, itemCode }, query: { at: at ?? '' } },
    { enabled: at !== undefined },
  );
  const says = (): string => {
    if (at === undefined) return '';
    if (past.error !== null) return past.error.message;
    if (past.data === undefined) return '…';
    const { available, onHand, allocated, shippedSince, safety, since } = past.data;
    const figures = [
      [common.available, available],
      [common.onHand, onHand],
      [common.allocated, allocated],
      [common.shippedSince, shippedSince],
      [common.safety, safety],
    ] as const;
    const told = figures.map(([title, figure]) => `${title} ${number(figure)}`);
    return `${told.join(' · ')} (${t.since}: ${time(since)})`;
  };
  return (
    <Group align="end">
      <MomentInput label={t.at} onChange={setAt} />
      <Text size="sm" role="status" pb={6}>
        {says()}
      </Text>
    </Group>
  );
}
