import { Group, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../../api/contract/route';
import { addHold, endHold, listHolds } from '../../../api/contract/stock';
import { useAnswer, useCommand } from '../../api';
import { useFormat } from '../../format';
import { ListTable } from '../../parts/list-table';
import { Opener } from '../../parts/opener';
import { Shown } from '../../parts/page-state';
import { WithReason } from '../../parts/with-reason';
import { useMay } from '../../session';
import { dictionary, useWords } from '../../words';
import { AddHold } from './add-hold';
import { stockWords } from './words';

const words = dictionary(
  {
    about: '이 규칙에 맞는 주문은 WMS로 보내기 전에 사람을 기다립니다.',
    add: '규칙 추가',
    channel: '채널',
    anyChannel: '모든 채널',
    anyItem: '모든 품목',
    from: '수량',
    orMore: (pieces: string) => `${pieces}개 이상`,
    why: '사유',
    when: '기간',
    by: '누가',
    holds: '보류 중',
    orders: (orders: string) => `${orders}건`,
    end: '끝내기',
    ended: (orders: string) => `보류 중인 주문 ${orders}건이 2분 안에 다시 진행됩니다.`,
    empty: '보류 규칙이 없습니다',
  },
  {
    about: 'Orders that fit such a rule wait for a person before they are sent to a WMS.',
    add: 'Add a rule',
    channel: 'Channel',
    anyChannel: 'Any channel',
    anyItem: 'Any item',
    from: 'Pieces',
    orMore: (pieces: string) => `${pieces} or more`,
    why: 'Reason',
    when: 'When',
    by: 'By',
    holds: 'Holds',
    orders: (orders: string) => `${orders} orders`,
    end: 'End',
    ended: (orders: string) => `The ${orders} orders that it holds go on within two minutes.`,
    empty: 'There is no rule',
  },
);

type Rule = Answer<typeof listHolds>['rules'][number];

/** The rules by which orders wait for a person. */
export function Holds() {
  const t = useWords(words);
  const rules = useAnswer(listHolds, {});
  const mayChange = useMay(addHold);
  const [isAdding, setIsAdding] = useState(false);
  return (
    <Stack>
      <Group justify="space-between">
        <Text size="sm">{t.about}</Text>
        {mayChange ? <Opener onClick={() => setIsAdding(true)}>{t.add}</Opener> : null}
      </Group>
      <Shown of={rules} isEmpty={(all) => all.rules.length === 0} empty={t.empty}>
        {(all) => <RuleTable rules={all.rules} />}
      </Shown>
      {isAdding ? <AddHold onClose={() => setIsAdding(false)} /> : null}
    </Stack>
  );
}

function RuleTable({ rules }: { rules: Rule[] }) {
  const t = useWords(words);
  const common = useWords(stockWords);
  const mayEnd = useMay(endHold);
  const { number, time } = useFormat();
  const [ending, setEnding] = useState<Rule>();
  const end = useCommand(endHold, () => setEnding(undefined));
  const titles = [t.channel, common.item, t.from, t.why, t.when, t.by, t.holds];
  return (
    <>
      <ListTable head={titles} action={mayEnd ? t.end : undefined}>
        {rules.map((rule) => (
          <Table.Tr key={rule.id}>
            <Table.Td>{rule.channel || t.anyChannel}</Table.Td>
            <Table.Td>{rule.itemCode || t.anyItem}</Table.Td>
            <Table.Td>{t.orMore(number(rule.quantity))}</Table.Td>
            <Table.Td>{rule.reason}</Table.Td>
            <Table.Td>
              {time(rule.validFrom)} – {rule.validTo === null ? '' : time(rule.validTo)}
            </Table.Td>
            <Table.Td>{rule.madeBy}</Table.Td>
            <Table.Td>{t.orders(number(rule.orders))}</Table.Td>
            {mayEnd ? (
              <Table.Td>
                <Opener variant="default" onClick={() => setEnding(rule)}>
                  {t.end}
                </Opener>
              </Table.Td>
            ) : null}
          </Table.Tr>
        ))}
      </ListTable>
      {ending === undefined ? null : (
        <WithReason
          title={`${t.end}: ${ending.reason}`}
          preview={<Text size="sm">{t.ended(number(ending.orders))}</Text>}
          confirm={t.end}
          isPending={end.isPending}
          onConfirm={(reason) => end.mutate({ params: { id: ending.id }, body: { reason } })}
          onClose={() => setEnding(undefined)}
        />
      )}
    </>
  );
}
