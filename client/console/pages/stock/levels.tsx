import { Anchor, Badge, Button, Checkbox, Group, Select, Stack, Table, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { wmsOverview } from '../../../api/contract/dispatch';
import type { Answer } from '../../../api/contract/route';
import { listLevels } from '../../../api/contract/stock';
import { useAnswer } from '../../api';
import { useFormat } from '../../format';
import { Shown } from '../../parts/page-state';
import { Pager } from '../../parts/pager';
import { dictionary, useWords } from '../../words';
import { stockWords } from './words';

const words = dictionary(
  {
    search: '품목 찾기',
    hint: '품목 코드나 이름',
    find: '찾기',
    every: '모든 WMS',
    short: '부족하거나 알림 기준보다 적은 것만',
    empty: '조건에 맞는 재고가 없습니다',
  },
  {
    search: 'Find items',
    hint: 'Code or name',
    find: 'Find',
    every: 'Every WMS',
    short: 'Only what is short or low',
    empty: 'No stock fits',
  },
);

export type Level = Answer<typeof listLevels>['rows'][number];

/** Stock by WMS and item; what is asked for is in the address. */
export function Levels() {
  const t = useWords(words);
  const [query] = useSearchParams();
  const levels = useAnswer(listLevels, {
    query: {
      wms: query.get('wms') ?? undefined,
      search: query.get('q') ?? undefined,
      only: query.get('only') === 'short' ? 'short' : undefined,
      cursor: query.get('cursor') ?? undefined,
    },
  });
  return (
    <Stack>
      <Filters />
      <Shown of={levels} isEmpty={({ rows }) => rows.length === 0} empty={t.empty}>
        {({ rows, next }) => (
          <>
            <LevelTable rows={rows} />
            <Pager next={next} />
          </>
        )}
      </Shown>
    </Stack>
  );
}

function Filters() {
  const t = useWords(words);
  const common = useWords(stockWords);
  const [query, setQuery] = useSearchParams();
  const { data } = useAnswer(wmsOverview, {});
  const [text, setText] = useState(query.get('q') ?? '');
  const filter = (name: string, value: string | null) =>
    setQuery((before) => {
      before.delete('cursor');
      if (value === null || value === '') before.delete(name);
      else before.set(name, value);
      return before;
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    filter('q', text.trim());
  };
  return (
    <Group align="end" component="form" onSubmit={submit}>
      <Select
        label={common.wms}
        placeholder={t.every}
        clearable
        data={data?.wmses.map(({ id }) => id) ?? []}
        value={query.get('wms')}
        onChange={(wms) => filter('wms', wms)}
      />
      <TextInput
        label={t.search}
        placeholder={t.hint}
        type="search"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" size="sm">
        {t.find}
      </Button>
      <Checkbox
        label={t.short}
        mb={8}
        checked={query.get('only') === 'short'}
        onChange={(event) => filter('only', event.currentTarget.checked ? 'short' : null)}
      />
    </Group>
  );
}

function LevelTable({ rows }: { rows: Level[] }) {
  const t = useWords(stockWords);
  const figures = [
    t.onHand,
    t.allocated,
    t.shippedSince,
    t.safety,
    t.available,
    t.incoming,
    t.waitedFor,
    t.warnBelow,
  ];
  return (
    <Table horizontalSpacing={6}>
      <Table.Thead fz="xs">
        <Table.Tr>
          <Table.Th>{t.wms}</Table.Th>
          <Table.Th>{t.item}</Table.Th>
          <Table.Th>{t.name}</Table.Th>
          {figures.map((title) => (
            <Table.Th key={title} ta="right">
              {title}
            </Table.Th>
          ))}
          <Table.Th>{t.snapshot}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <LevelRow key={`${row.wms} ${row.itemCode}`} row={row} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function LevelRow({ row }: { row: Level }) {
  const t = useWords(stockWords);
  const { number, ago } = useFormat();
  return (
    <Table.Tr>
      <Table.Td>{row.wms}</Table.Td>
      <Table.Td>
        <Anchor component={Link} to={`/stock/items/${row.wms}/${row.itemCode}`} size="sm">
          {row.itemCode}
        </Anchor>
      </Table.Td>
      <Table.Td>{row.name}</Table.Td>
      <Figure>{row.onHand}</Figure>
      <Figure>{row.allocated}</Figure>
      <Figure>{row.shippedSince}</Figure>
      <Figure>{row.safety}</Figure>
      <Table.Td ta="right" fw={600}>
        {number(row.available)}
      </Table.Td>
      <Figure>{row.incoming}</Figure>
      <Table.Td ta="right">
        {row.waitedFor === 0 ? (
          '–'
        ) : (
          <Badge color="red.9" variant="outline">
            {t.short} {number(row.waitedFor)}
          </Badge>
        )}
      </Table.Td>
      <Table.Td ta="right">
        {row.warnBelow === null ? '–' : number(row.warnBelow)}{' '}
        {row.isLow ? (
          <Badge color="orange.9" variant="outline">
            {t.low}
          </Badge>
        ) : null}
      </Table.Td>
      <Table.Td>{row.snapshotAt === null ? t.never : ago(row.snapshotAt)}</Table.Td>
    </Table.Tr>
  );
}

function Figure({ children }: { children: number | null }) {
  const { number } = useFormat();
  return <Table.Td ta="right">{children === null ? '–' : number(children)}</Table.Td>;
}
