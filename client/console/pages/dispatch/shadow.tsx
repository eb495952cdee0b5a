import { Anchor, Button, Group, Select, Stack, Table, Text, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { shadowRun } from '../../../api/contract/dispatch';
import type { Answer } from '../../../api/contract/route';
import { useCommand } from '../../api';
import { useFormat } from '../../format';
import { MomentInput } from '../../parts/moment-input';
import { Said } from '../../parts/said';
import { useMay } from '../../session';
import { dictionary, useWords } from '../../words';
import { useWmsNames } from './use-wms-names';
import { commonWords } from './words';

const words = dictionary(
  {
    about:
      '아직 출고되지 않은 주문을 다른 WMS가 받는다면 무엇을 거절하거나 못 보내는지 봅니다. 아무것도 보내지 않습니다.',
    to: '바꿀 WMS',
    since: '이때부터 만든 출고 요청만 (한국 시간)',
    run: '시험하기',
    may: '시험에는 운영자 권한이 필요합니다.',
    seen: (dispatches: string, orders: string) =>
      `출고 요청 ${dispatches}건을 보았고, 주문 ${orders}건에 차이가 있습니다.`,
    differences: '차이',
    first: (shown: string) => `처음 ${shown}개만 보입니다.`,
    from: '지금 WMS',
    short: '모자라는 품목',
    needed: '필요',
    sellable: '판매 가능',
  },
  {
    about:
      'What another WMS would refuse or lack of all that is still to ship, if it were to take over. Nothing is sent.',
    to: 'WMS to try',
    since: 'Only dispatches made since (time in Seoul)',
    run: 'Try',
    may: 'Trying takes the role operator.',
    seen: (dispatches: string, orders: string) =>
      `${dispatches} dispatches were looked at; ${orders} orders have differences.`,
    differences: 'Differences',
    first: (shown: string) => `Only the first ${shown} are shown.`,
    from: 'WMS now',
    short: 'Short items',
    needed: 'Needed',
    sellable: 'Sellable',
  },
);

/** What another WMS would make of all that is still to ship. */
export function Shadow() {
  const t = useWords(words);
  const names = useWmsNames();
  const mayRun = useMay(shadowRun);
  const [to, setTo] = useState<string | null>(null);
  const [since, setSince] = useState<string>();
  const run = useCommand(shadowRun);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (to !== null) run.mutate({ body: { to, since } });
  };
  return (
    <Stack>
      <Text size="sm">{t.about}</Text>
      {mayRun ? (
        <Group align="end" component="form" onSubmit={submit}>
          <Select label={t.to} required data={names} value={to} onChange={setTo} />
          <MomentInput label={t.since} onChange={setSince} />
          <Button type="submit" size="sm" loading={run.isPending} disabled={to === null}>
            {t.run}
          </Button>
        </Group>
      ) : (
        <Text c="dimmed">{t.may}</Text>
      )}
      {run.data === undefined ? null : <Found run={run.data} />}
    </Stack>
  );
}

function Found({ run }: { run: Answer<typeof shadowRun> }) {
  const t = useWords(words);
  const { number } = useFormat();
  const { dispatches, orders, differences, short } = run;
  return (
    <>
      <Text role="status">{t.seen(number(dispatches), number(orders))}</Text>
      {differences.length === 0 ? null : <Differences differences={differences} />}
      {short.length === 0 ? null : <Short short={short} />}
    </>
  );
}

function Differences({ differences }: Pick<Answer<typeof shadowRun>, 'differences'>) {
  const t = useWords(words);
  const common = useWords(commonWords);
  const { number } = useFormat();
  return (
    <>
      <Title order={2} size="h5">
        {t.differences}
      </Title>
      <Text size="sm" c="dimmed">
        {t.first(number(differences.length))}
      </Text>
      <Table aria-label={t.differences}>
        <Table.Thead>
          <Table.Tr>
            {[common.order, t.from, t.differences].map((name) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {differences.map(({ orderKey, code, from, says }) => (
            <Table.Tr key={`${code} ${says}`}>
              <Table.Td>
                <Anchor component={Link} to={`/orders/${orderKey}`} size="sm">
                  {orderKey}
                </Anchor>
              </Table.Td>
              <Table.Td>{from ?? common.noWms}</Table.Td>
              <Table.Td>
                <Said>{says}</Said>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

function Short({ short }: Pick<Answer<typeof shadowRun>, 'short'>) {
  const t = useWords(words);
  const common = useWords(commonWords);
  const { number } = useFormat();
  return (
    <>
      <Title order={2} size="h5">
        {t.short}
      </Title>
      <Table aria-label={t.short}>
        <Table.Thead>
          <Table.Tr>
            {[common.item, t.needed, t.sellable].map((name) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {short.map(({ itemCode, needed, sellable }) => (
            <Table.Tr key={itemCode}>
              <Table.Td>{itemCode}</Table.Td>
              <Table.Td>{number(needed)}</Table.Td>
              <Table.Td>{number(sellable)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}
