import { Stack, TagsInput, Text } from '@mantine/core';
import { listProposals } from '../../../api/contract/packing';
import { useAnswer } from '../../api';
import { DifferenceOf } from '../../parts/difference-of';
import { dictionary, useWords } from '../../words';
import type { ShownOrder } from './shown-order';

const words = dictionary(
  { with: '함께 보낼 주문', form: '채널/주문번호를 입력하고 Enter', near: '받는 분이 거의 같은 주문' },
  { with: 'To go with', form: 'channel/number, then Enter', near: 'Receivers that are nearly the same' },
);

/** With which others an order is to be packed; those whose receivers are nearly the same are proposed. */
export function Companions({
  order,
  value,
  onChange,
}: {
  order: ShownOrder;
  value: string[];
  onChange: (keys: string[]) => void;
}) {
  const t = useWords(words);
  const { data } = useAnswer(listProposals, { query: { order: order.key } });
  const near = (data?.proposals ?? []).map(({ orderKey, other, difference }) => ({
    key: orderKey === order.key ? other : orderKey,
    difference,
  }));
  return (
    <Stack gap={4}>
      <TagsInput
        label={t.with}
        description={t.form}
        required
        data={near.map(({ key }) => key)}
        value={value}
        onChange={onChange}
      />
      {near.length === 0 ? null : <Text size="sm">{t.near}</Text>}
      {near.map(({ key, difference }) => (
        <Text size="sm" key={key}>
          {key}: <DifferenceOf {...difference} />
        </Text>
      ))}
    </Stack>
  );
}
