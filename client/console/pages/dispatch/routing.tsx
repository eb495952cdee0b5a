import { Group, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../../api/contract/route';
import { setRoute, showRoutes } from '../../../api/contract/routing';
import { useAnswer } from '../../api';
import { useFormat } from '../../format';
import { Opener } from '../../parts/opener';
import { Shown } from '../../parts/page-state';
import { useMay } from '../../session';
import { dictionary, useWords } from '../../words';
import { CutOver } from './cut-over';
import { SetRoute } from './set-route';
import { commonWords } from './words';

const words = dictionary(
  {
    about:
      '더 구체적인 경로가 우선합니다: 품목 경로가 채널 경로보다, 채널 경로가 모든 주문의 경로보다 먼저입니다.',
    inForce: '지금 적용 중',
    later: '예정',
    from: '시작',
    set: '경로 정하기',
    cutOver: 'WMS 바꾸기',
    empty: '정해진 경로가 없어 주문을 보낼 수 없습니다',
  },
  {
    about:
      "The most specific route counts: an item's before a channel's, a channel's before the one for all orders.",
    inForce: 'In force',
    later: 'To come',
    from: 'From',
    set: 'Set a route',
    cutOver: 'Change the WMS',
    empty: 'There is no route, so no order can be sent',
  },
);

/** Which WMS gets which orders, now and later. */
export function Routing() {
  const t = useWords(words);
  const routes = useAnswer(showRoutes, {});
  const mayChange = useMay(setRoute);
  const [open, setOpen] = useState<'route' | 'cut-over'>();
  const close = () => setOpen(undefined);
  return (
    <Stack>
      <Group justify="space-between">
        <Text size="sm">{t.about}</Text>
        {mayChange ? (
          <Group gap="xs">
            <Opener onClick={() => setOpen('route')}>{t.set}</Opener>
            <Opener variant="default" onClick={() => setOpen('cut-over')}>
              {t.cutOver}
            </Opener>
          </Group>
        ) : null}
      </Group>
      <Shown of={routes}>
        {({ inForce, later, version }) => (
          <>
            <RouteTable title={t.inForce} rows={inForce} empty={t.empty} />
            {later.length === 0 ? null : <RouteTable title={t.later} rows={later} empty="" />}
            {open === 'route' ? <SetRoute version={version} onClose={close} /> : null}
            {open === 'cut-over' ? <CutOver onClose={close} /> : null}
          </>
        )}
      </Shown>
    </Stack>
  );
}

function RouteTable({
  title,
  rows,
  empty,
}: {
  title: string;
  rows: Answer<typeof showRoutes>['inForce'];
  empty: string;
}) {
  const t = useWords(words);
  const common = useWords(commonWords);
  const { time } = useFormat();
  return (
    <>
      <Title order={2} size="h5">
        {title}
      </Title>
      {rows.length === 0 ? <Text c="dimmed">{empty}</Text> : null}
      <Table aria-label={title}>
        <Table.Thead>
          <Table.Tr>
            {[common.channel, common.item, common.wms, t.from].map((name) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ channel, itemCode, wms, validFrom }) => (
            <Table.Tr key={`${channel} ${itemCode} ${validFrom}`}>
              <Table.Td>{channel || common.anyChannel}</Table.Td>
              <Table.Td>{itemCode || common.anyItem}</Table.Td>
              <Table.Td>{wms}</Table.Td>
              <Table.Td>{time(validFrom)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}
