import { Table, Text, Title } from '@mantine/core';
import { listWaiting } from '../../../api/contract/stock';
import { useAnswer } from '../../api';
import { useFormat } from '../../format';
import { OrderLinks } from '../../parts/order-links';
import { Shown } from '../../parts/page-state';
import { dictionary, useWords } from '../../words';

const words = dictionary(
  {
    title: '기다리는 주문 (받는 순서)',
    order: '주문',
    ordered: '주문 시각',
    pieces: '수량',
    more: (shown: string) => `처음 ${shown}건만 보입니다.`,
  },
  {
    title: 'Orders that wait, in the order in which they get it',
    order: 'Order',
    ordered: 'Ordered',
    pieces: 'Pieces',
    more: (shown: string) => `Only the first ${shown} are shown.`,
  },
);

/** Who waits for an item, the oldest first. */
export function Waiting({ wms, itemCode }: { wms: string; itemCode: string }) {
  const t = useWords(words);
  const { number, time } = useFormat();
  const waiting = useAnswer(listWaiting, { params: { wms, itemCode }, query: { limit: 200 } });
  return (
    <Shown of={waiting}>
      {({ rows, next }) => (
        <>
          <Title order={3} size="h5">
            {t.title}
          </Title>
          <Table aria-label={t.title}>
            <Table.Thead>
              <Table.Tr>
                {[t.order, t.ordered, t.pieces].map((title) => (
                  <Table.Th key={title}>{title}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(({ orderKey, orders, orderedAt, quantity }) => (
                <Table.Tr key={orderKey}>
                  <Table.Td>
                    <OrderLinks keys={orders} />
                  </Table.Td>
                  <Table.Td>{time(orderedAt)}</Table.Td>
                  <Table.Td>{number(quantity)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {next === null ? null : <Text size="sm">{t.more(number(rows.length))}</Text>}
        </>
      )}
    </Shown>
  );
}
