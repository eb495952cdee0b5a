import { Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { combineOrder } from '../../../api/contract/order-commands';
import { listProposals } from '../../../api/contract/packing';
import type { Answer } from '../../../api/contract/route';
import { useAnswer, useCommand } from '../../api';
import { DifferenceOf } from '../../parts/difference-of';
import { ListTable } from '../../parts/list-table';
import { Opener } from '../../parts/opener';
import { OrderLinks } from '../../parts/order-links';
import { Shown } from '../../parts/page-state';
import { useSaid } from '../../parts/said';
import { Section } from '../../parts/section';
import { WithReason } from '../../parts/with-reason';
import { useMay } from '../../session';
import { dictionary, useWords } from '../../words';
import { paramsOf } from '../orders/shown-order';

const words = dictionary(
  {
    title: '받는 분이 거의 같은 주문',
    empty: '받는 분이 거의 같은 주문이 없습니다',
    orders: '주문',
    difference: '다른 점',
    combine: '합치기',
  },
  {
    title: 'Receivers that are nearly the same',
    empty: 'No receivers are nearly the same',
    orders: 'Orders',
    difference: 'They differ in',
    combine: 'Pack together',
  },
);

type Proposal = Answer<typeof listProposals>['proposals'][number];

/** Orders that only a person can take for one receiver's. */
export function PackingProposals() {
  const t = useWords(words);
  const proposals = useAnswer(listProposals, { query: {} });
  const mayCombine = useMay(combineOrder);
  const [chosen, setChosen] = useState<Proposal>();
  return (
    <Section title={t.title}>
      <Shown of={proposals} isEmpty={(all) => all.proposals.length === 0} empty={t.empty}>
        {(all) => (
          <ListTable head={[t.orders, t.difference]} action={mayCombine ? t.combine : undefined}>
            {all.proposals.map((proposal) => (
              <Table.Tr key={`${proposal.orderKey} ${proposal.other}`}>
                <Table.Td>
                  <OrderLinks keys={[proposal.orderKey, proposal.other]} />
                </Table.Td>
                <Table.Td>
                  <DifferenceOf {...proposal.difference} />
                </Table.Td>
                {mayCombine ? (
                  <Table.Td>
                    <Opener variant="default" onClick={() => setChosen(proposal)}>
                      {t.combine}
                    </Opener>
                  </Table.Td>
                ) : null}
              </Table.Tr>
            ))}
          </ListTable>
        )}
      </Shown>
      {chosen === undefined ? null : <Combine proposal={chosen} onClose={() => setChosen(undefined)} />}
    </Section>
  );
}

function Combine({ proposal, onClose }: { proposal: Proposal; onClose: () => void }) {
  const t = useWords(words);
  const said = useSaid();
  const { orderKey, other, difference } = proposal;
  const combine = useCommand(combineOrder, ({ says }) => {
    notifications.show({ color: 'teal', message: said(says) });
    onClose();
  });
  return (
    <WithReason
      title={t.combine}
      preview={
        <Text size="sm">
          {orderKey}, {other}: <DifferenceOf {...difference} />
        </Text>
      }
      confirm={t.combine}
      isPending={combine.isPending}
      onConfirm={(reason) =>
        combine.mutate({ params: paramsOf({ key: orderKey }), body: { reason, with: [other] } })
      }
      onClose={onClose}
    />
  );
}
