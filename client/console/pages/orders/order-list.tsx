import { Anchor, Button, Center, Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { enterOrder, exportOrders, listOrders } from '../../../api/contract/orders';
import { addressOf, ask, keyOf } from '../../api';
import { Page } from '../../parts/page';
import { Shown } from '../../parts/page-state';
import { useMay } from '../../session';
import { dictionary, useWords } from '../../words';
import { BulkBar } from './bulk-bar';
import { type Filters, useFilters } from './filters';
import { OrderFilters } from './order-filters';
import { OrderTable } from './order-table';
import { SavedViews } from './saved-views';

const words = dictionary(
  {
    title: '주문',
    bulk: '한꺼번에 한 일',
    export: '엑셀로 받기',
    enter: '주문 입력',
    more: '더 보기',
    none: '찾는 주문이 없습니다. 조건을 줄이거나 주문번호 전체를 넣어 보세요.',
    end: '마지막 주문입니다',
  },
  {
    title: 'Orders',
    bulk: 'Bulk actions',
    export: 'Export to Excel',
    enter: 'Enter an order',
    more: 'More',
    none: 'No order fits. Use fewer filters, or the whole order number.',
    end: 'These are all',
  },
);

export function OrderList() {
  const t = useWords(words);
  const { filters, view, set, open } = useFilters();
  const { selected, select, clear } = useSelection();
  const found = useFoundOrders(filters);
  return (
    <Page title={t.title} actions={<ListActions filters={filters} />}>
      <OrderFilters filters={filters} set={set} clear={() => open({}, undefined)} />
      <SavedViews filters={filters} view={view} open={open} />
      <BulkBar selected={selected} filters={filters} clear={clear} />
      <Shown of={found} isEmpty={({ pages }) => pages[0]?.rows.length === 0} empty={t.none}>
        {({ pages }) => (
          <>
            <OrderTable rows={pages.flatMap(({ rows }) => rows)} selected={selected} select={select} />
            <Center>
              {found.hasNextPage ? (
                <Button
                  variant="default"
                  loading={found.isFetchingNextPage}
                  onClick={() => void found.fetchNextPage()}
                >
                  {t.more}
                </Button>
              ) : (
                <Text size="sm" c="dimmed">
                  {t.end}
                </Text>
              )}
            </Center>
          </>
        )}
      </Shown>
    </Page>
  );
}

function ListActions({ filters }: { filters: Filters }) {
  const t = useWords(words);
  const mayEnter = useMay(enterOrder);
  const mayExport = useMay(exportOrders);
  return (
    <Group gap="sm" visibleFrom="sm">
      <Anchor component={Link} to="/orders/bulk" size="sm">
        {t.bulk}
      </Anchor>
      {mayExport ? (
        <Anchor href={addressOf(exportOrders, { query: filters })} download size="sm">
          {t.export}
        </Anchor>
      ) : null}
      {mayEnter ? (
        <Button component={Link} to="/orders/new">
          {t.enter}
        </Button>
      ) : null}
    </Group>
  );
}

function useFoundOrders(filters: Filters) {
  return useInfiniteQuery({
    queryKey: keyOf(listOrders, { query: filters }),
    queryFn: ({ pageParam }) =>
      ask(listOrders, { query: pageParam === '' ? filters : { ...filters, cursor: pageParam } }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
  });
}

function useSelection() {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const select = (keys: readonly string[], isSelected: boolean) =>
    setSelected((before) => {
      const after = new Set(before);
      for (const key of keys) {
        if (isSelected) after.add(key);
        else after.delete(key);
      }
      return after;
    });
  return { selected, select, clear: () => setSelected(new Set()) };
}
