import { Table, Title } from '@mantine/core';
import { useSearchParams } from 'react-router';
import type { StockReason } from '../../../../domain/stock';
import type { Answer } from '../../../api/contract/route';
import { readLedger } from '../../../api/contract/stock';
import { useAnswer } from '../../api';
import { useFormat } from '../../format';
import { Shown } from '../../parts/page-state';
import { Pager } from '../../parts/pager';
import { dictionary, useWords } from '../../words';
import { stockWords } from './words';

const reasonWords = dictionary<Record<StockReason, string>>(
  {
    snapshot: 'WMS 재고 확인',
    reserved: '할당',
    given_back: '할당 해제',
    shipped: '출고',
    safety_changed: '안전재고 변경',
  },
  {
    snapshot: 'Read from the WMS',
    reserved: 'Reserved',
    given_back: 'Given back',
    shipped: 'Shipped',
    safety_changed: 'Safety changed',
  },
);

const words = dictionary(
  { title: '재고 원장', at: '시각', why: '이유', by: '누가', empty: '아직 변동이 없습니다' },
  { title: 'Ledger', at: 'Time', why: 'Why', by: 'By', empty: 'Nothing has changed yet' },
);

type Entry = Answer<typeof readLedger>['rows'][number];

/** Every change of an item's stock at a WMS, the newest first, with what each figure came to. */
export function Ledger({ wms, itemCode }: { wms: string; itemCode: string }) {
  const t = useWords(words);
  const common = useWords(stockWords);
  const [query] = useSearchParams();
  const ledger = useAnswer(readLedger, {
    params: { wms, itemCode },
    query: { cursor: query.get('cursor') ?? undefined },
  });
  const titles = [t.at, t.why, common.onHand, common.allocated, common.shippedSince, common.safety, t.by];
  return (
    <>
      <Title order={3} size="h5">
        {t.title}
      </Title>
      <Shown of={ledger} isEmpty={({ rows }) => rows.length === 0} empty={t.empty}>
        {({ rows, next }) => (
          <>
            <Table aria-label={t.title}>
              <Table.Thead>
                <Table.Tr>
                  {titles.map((title) => (
                    <Table.Th key={title}>{title}</Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map((entry) => (
                  <EntryRow key={entry.id} entry={entry} />
                ))}
              </Table.Tbody>
            </Table>
            <Pager next={next} />
          </>
        )}
      </Shown>
    </>
  );
}

function EntryRow({ entry }: { entry: Entry }) {
  const reasons = useWords(reasonWords);
  const { number, time } = useFormat();
  const figure = (now: number, change: number) => {
    const sign = change > 0 ? '+' : '−';
    return change === 0 ? number(now) : `${number(now)} (${sign}${number(Math.abs(change))})`;
  };
  return (
    <Table.Tr>
      <Table.Td>{time(entry.at)}</Table.Td>
      <Table.Td>{reasons[entry.reason]}</Table.Td>
      <Table.Td>{figure(entry.onHand, entry.onHandChange)}</Table.Td>
      <Table.Td>{figure(entry.allocated, entry.allocatedChange)}</Table.Td>
      <Table.Td>{figure(entry.shippedSince, entry.shippedSinceChange)}</Table.Td>
      <Table.Td>{figure(entry.safety, entry.safetyChange)}</Table.Td>
      <Table.Td>{entry.madeBy}</Table.Td>
    </Table.Tr>
  );
}
