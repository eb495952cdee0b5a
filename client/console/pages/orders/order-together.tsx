import { Alert, Group, Text } from '@mantine/core';
import { useFormat } from '../../format';
import { OrderLinks } from '../../parts/order-links';
import { dictionary, useWords } from '../../words';
import type { ShownOrder } from './shown-order';

const words = dictionary(
  {
    together: '합포장: 한 상자로 나가는 주문',
    waits: (time: string) => `${time}까지 같은 분의 주문을 기다립니다.`,
  },
  {
    together: 'Packed together with',
    waits: (time: string) => `It waits for orders of the same receiver until ${time}.`,
  },
);

/** With which orders it goes out, and until when it waits for more of them. */
export function OrderTogether({ order: { together } }: { order: ShownOrder }) {
  const t = useWords(words);
  const { time } = useFormat();
  return together.map(({ dispatchId, waitsUntil, with: others }) => (
    <Alert key={dispatchId} color="indigo" role="note">
      {others.length === 0 ? null : (
        <Group gap="xs">
          <Text size="sm">{t.together}</Text>
          <OrderLinks keys={others} />
        </Group>
      )}
      {waitsUntil === null ? null : <Text size="sm">{t.waits(time(waitsUntil))}</Text>}
    </Alert>
  ));
}
