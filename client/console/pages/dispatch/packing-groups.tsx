import { Table, Text } from '@mantine/core';
import { useState } from 'react';
import { sendOrderNow } from '../../../api/contract/order-commands';
import { listGroups } from '../../../api/contract/packing';
import type { Answer } from '../../../api/contract/route';
import { useAnswer, useCommand } from '../../api';
import { useFormat } from '../../format';
import { ListTable } from '../../parts/list-table';
import { Opener } from '../../parts/opener';
import { OrderLinks } from '../../parts/order-links';
import { Shown } from '../../parts/page-state';
import { Section } from '../../parts/section';
import { WithReason } from '../../parts/with-reason';
import { useMay } from '../../session';
import { dictionary, useWords } from '../../words';
import { paramsOf } from '../orders/shown-order';

const words = dictionary(
  {
    title: '기다리는 묶음',
    empty: '함께 나갈 주문을 기다리는 것이 없습니다',
    until: '이때까지 기다림',
    recipient: '수령인',
    orders: '주문',
    now: '지금 보내기',
  },
  {
    title: 'Waiting for companions',
    empty: 'Nothing waits for orders to go with',
    until: 'Waits until',
    recipient: 'Recipient',
    orders: 'Orders',
    now: 'Send now',
  },
);

type Waiting = Answer<typeof listGroups>['groups'][number];

/** What waits for orders of the same receiver. */
export function PackingGroups() {
  const t = useWords(words);
  const { time } = useFormat();
  const groups = useAnswer(listGroups, {});
  const maySend = useMay(sendOrderNow);
  const [sending, setSending] = useState<Waiting>();
  return (
    <Section title={t.title}>
      <Shown of={groups} isEmpty={(all) => all.groups.length === 0} empty={t.empty}>
        {(all) => (
          <ListTable head={[t.until, t.recipient, t.orders]} action={maySend ? t.now : undefined}>
            {all.groups.map((group) => (
              <Table.Tr key={group.dispatchId}>
                <Table.Td>{group.packsUntil === null ? '' : time(group.packsUntil)}</Table.Td>
                <Table.Td>{group.recipient?.name ?? ''}</Table.Td>
                <Table.Td>
                  <OrderLinks keys={group.orders} />
                </Table.Td>
                {maySend ? (
                  <Table.Td>
                    <Opener variant="default" onClick={() => setSending(group)}>
                      {t.now}
                    </Opener>
                  </Table.Td>
                ) : null}
              </Table.Tr>
            ))}
          </ListTable>
        )}
      </Shown>
      {sending === undefined ? null : <SendNow group={sending} onClose={() => setSending(undefined)} />}
    </Section>
  );
}

function SendNow({ group, onClose }: { group: Waiting; onClose: () => void }) {
  const t = useWords(words);
  const send = useCommand(sendOrderNow, onClose);
  return (
    <WithReason
      title={t.now}
      preview={<Text size="sm">{group.orders.join(', ')}</Text>}
      confirm={t.now}
      isPending={send.isPending}
      onConfirm={(reason) =>
        send.mutate({ params: paramsOf({ key: group.orders[0] ?? '' }), body: { reason } })
      }
      onClose={onClose}
    />
  );
}
