import { Anchor, Table } from '@mantine/core';
import { Link } from 'react-router';
import { listShortages } from '../../../api/contract/stock';
import { useAnswer } from '../../api';
import { useFormat } from '../../format';
import { Shown } from '../../parts/page-state';
import { dictionary, useWords } from '../../words';
import { stockWords } from './words';

const words = dictionary(
  {
    orders: '기다리는 주문',
    pieces: '필요한 수량',
    oldest: '가장 오래된 주문',
    empty: '재고를 기다리는 주문이 없습니다',
  },
  {
    orders: 'Orders waiting',
    pieces: 'Pieces wanted',
    oldest: 'Oldest order',
    empty: 'No order waits for stock',
  },
);

/** The items that orders wait for; each leads to who waits. */
export function Shortages() {
  const t = useWords(words);
  const common = useWords(stockWords);
  const { number, time } = useFormat();
  const shortages = useAnswer(listShortages, {});
  const titles = [
    common.wms,
    common.item,
    common.name,
    t.orders,
    t.pieces,
    common.available,
    common.incoming,
    t.oldest,
  ];
  return (
    <Shown of={shortages} isEmpty={({ items }) => items.length === 0} empty={t.empty}>
      {({ items }) => (
        <Table>
          <Table.Thead>
            <Table.Tr>
              {titles.map((title) => (
                <Table.Th key={title}>{title}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((item) => (
              <Table.Tr key={`${item.wms} ${item.itemCode}`}>
                <Table.Td>{item.wms}</Table.Td>
                <Table.Td>
                  <Anchor component={Link} to={`/stock/items/${item.wms}/${item.itemCode}`} size="sm">
                    {item.itemCode}
                  </Anchor>
                </Table.Td>
                <Table.Td>{item.name}</Table.Td>
                <Table.Td>{number(item.orders)}</Table.Td>
                <Table.Td>{number(item.pieces)}</Table.Td>
                <Table.Td>{number(item.available)}</Table.Td>
                <Table.Td>{item.incoming === null ? '–' : number(item.incoming)}</Table.Td>
                <Table.Td>{time(item.oldestOrderedAt)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Shown>
  );
}
