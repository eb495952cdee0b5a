import { Badge, Stack, Text } from '@mantine/core';
import { useFormat } from '../../format';
import { useSaid } from '../../parts/said';
import { Section } from '../../parts/section';
import { dictionary, useWords } from '../../words';
import { stateWords } from '../dispatch/words';
import type { ShownOrder } from './shown-order';

const words = dictionary(
  {
    title: '출고 요청과 송장',
    none: '아직 출고 요청이 없습니다.',
    noWms: 'WMS 미정',
    shipped: '출고',
    pending: '채널에 알릴 예정',
    done: '채널에 알림',
    refused: '채널이 거절함',
  },
  {
    title: 'Dispatches and parcels',
    none: 'There is no dispatch yet.',
    noWms: 'no WMS chosen yet',
    shipped: 'shipped',
    pending: 'channel to be told',
    done: 'channel told',
    refused: 'refused by the channel',
  },
);

/** What was asked of WMSes, and the parcels that came of it. */
export function OrderParcels({ order }: { order: ShownOrder }) {
  const t = useWords(words);
  const { time } = useFormat();
  const said = useSaid();
  const states = useWords(stateWords);
  return (
    <Section title={t.title}>
      {order.dispatches.length === 0 ? <Text c="dimmed">{t.none}</Text> : null}
      <Stack gap={6}>
        {order.dispatches.map((dispatch) => (
          <Text size="sm" key={dispatch.id}>
            {dispatch.wms ?? t.noWms} <Badge variant="outline">{states[dispatch.state]}</Badge>{' '}
            {dispatch.code} {dispatch.reference} · {time(dispatch.createdAt)}
            {dispatch.problem === null ? null : ` · ${said(dispatch.problem)}`}
          </Text>
        ))}
        {order.parcels.map((parcel) => (
          <Text size="sm" key={parcel.id}>
            {parcel.carrier}{' '}
            <Text span fw={600}>
              {parcel.trackingNumber}
            </Text>{' '}
            · {parcel.wms} {t.shipped} {time(parcel.shippedAt)} · {t[parcel.told]}
            {parcel.toldReason === null ? null : ` (${said(parcel.toldReason)})`}
          </Text>
        ))}
      </Stack>
    </Section>
  );
}
