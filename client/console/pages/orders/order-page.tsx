import { Anchor, Grid, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { readOrder } from '../../../api/contract/orders';
import { useAnswer } from '../../api';
import { useFormat } from '../../format';
import { Page } from '../../parts/page';
import { Shown } from '../../parts/page-state';
import { dictionary, useWords } from '../../words';
import { OrderActions } from './order-actions';
import { OrderGifts } from './order-gifts';
import { OrderLines } from './order-lines';
import { OrderParcels } from './order-parcels';
import { OrderTasks } from './order-tasks';
import { OrderTimeline } from './order-timeline';
import { OrderTogether } from './order-together';
import { RecipientCard } from './recipient-card';
import type { ShownOrder } from './shown-order';
import { Standing } from './standing';
import { fieldWords } from './words';

const words = dictionary(
  { back: '주문 목록', temporal: 'Temporal에서 보기', held: '보류 사유', updated: '마지막 변경' },
  { back: 'Orders', temporal: 'See it in Temporal', held: 'On hold because', updated: 'Last changed' },
);

/** One order with all that is known of it. */
export function OrderPage() {
  const t = useWords(words);
  const { channel = '', number = '' } = useParams();
  const order = useAnswer(readOrder, { params: { channel, number } });
  const shown = order.data?.key === `${channel}/${number}` ? order : { ...order, data: undefined };
  return (
    <Page
      title={shown.data?.orderNumber ?? number}
      actions={
        <Anchor component={Link} to="/orders" size="sm">
          ← {t.back}
        </Anchor>
      }
    >
      <Shown of={shown}>{(data) => <Content order={data} />}</Shown>
    </Page>
  );
}

function Content({ order }: { order: ShownOrder }) {
  return (
    <Stack>
      <Summary order={order} />
      <OrderTasks order={order} />
      <OrderTogether order={order} />
      <OrderActions order={order} />
      <Grid>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <OrderLines order={order} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <RecipientCard key={order.key} order={order} />
        </Grid.Col>
      </Grid>
      <OrderGifts order={order} />
      <OrderParcels order={order} />
      <OrderTimeline events={order.timeline} />
    </Stack>
  );
}

function Summary({ order }: { order: ShownOrder }) {
  const t = useWords(words);
  const field = useWords(fieldWords);
  const { time, ago } = useFormat();
  return (
    <Group gap="lg">
      <Standing stage={order.stage} waiting={order.waiting} />
      <Fact name={field.channel}>{order.channel}</Fact>
      <Fact name={field.source}>{order.source}</Fact>
      <Fact name={field.orderedAt}>{time(order.orderedAt)}</Fact>
      {order.shipBy === null ? null : <Fact name={field.shipBy}>{time(order.shipBy)}</Fact>}
      {order.heldReason === null ? null : <Fact name={t.held}>{order.heldReason}</Fact>}
      <Fact name={t.updated}>{ago(order.updatedAt)}</Fact>
      {order.workflowUrl === null ? null : (
        <Anchor href={order.workflowUrl} target="_blank" rel="noreferrer" size="sm">
          {t.temporal} ↗
        </Anchor>
      )}
    </Group>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Text size="sm">
      <Text span c="dimmed" size="sm">
        {name}{' '}
      </Text>
      {children}
    </Text>
  );
}
