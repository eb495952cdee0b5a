import { Button, Group, Paper, Stack, Switch, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { tryGifts } from '../../../api/contract/gifts';
import type { Answer } from '../../../api/contract/route';
import { useCommand } from '../../api';
import { useFormat } from '../../format';
import { ListTable } from '../../parts/list-table';
import { MomentInput } from '../../parts/moment-input';
import { dictionary, useWords } from '../../words';
import { TermInputs } from './term-inputs';
import { isWhole, NEW_TERMS } from './terms';
import { giftWords, notGivenWords } from './words';

const words = dictionary(
  {
    about: '이 기간의 주문에 규칙을 적용했다면 무엇을 증정했을지 봅니다. 아무것도 저장하지 않습니다.',
    from: '주문일 시작',
    to: '주문일 끝',
    keepDays: '규칙의 기간도 따지기',
    withDraft: '저장하지 않은 규칙도 함께',
    run: '모의 적용',
    looked: (orders: string) => `주문 ${orders}건`,
    undecided: (orders: string) => `매칭되지 않은 ${orders}건은 빼고 계산했습니다`,
    units: '증정 수량',
    notGiven: '증정하지 않는 까닭',
    examples: '예',
    draft: '저장 안 됨',
    empty: '이 기간에 주문이 없습니다',
  },
  {
    about: 'What the rules would have given to the orders of a stretch. Nothing is written.',
    from: 'Ordered from',
    to: 'Until',
    keepDays: "The rules' own days count, too",
    withDraft: 'With a rule that is not saved',
    run: 'Dry run',
    looked: (orders: string) => `${orders} orders`,
    undecided: (orders: string) => `${orders} that are not matched yet were left aside`,
    units: 'Units given',
    notGiven: 'Not given',
    examples: 'Examples',
    draft: 'not saved',
    empty: 'There is no order in this stretch',
  },
);

type Tried = Answer<typeof tryGifts>;
const WEEK_MS = 7 * 86_400_000;
const EXAMPLES_SHOWN = 3;

/** What the rules would have given: to last week's orders, as a rule. */
export function TryOut() {
  const t = useWords(words);
  const [from, setFrom] = useState<string | undefined>(() => new Date(Date.now() - WEEK_MS).toISOString());
  const [to, setTo] = useState<string | undefined>(() => new Date().toISOString());
  const [keepDays, setKeepDays] = useState(false);
  const [draft, setDraft] = useState<typeof NEW_TERMS>();
  const [tried, setTried] = useState<Tried>();
  const run = useCommand(tryGifts, setTried);
  const canRun = from !== undefined && to !== undefined && (draft === undefined || isWhole(draft));
  return (
    <Stack>
      <Text size="sm">{t.about}</Text>
      <Group align="end">
        <MomentInput
          label={t.from}
          required
          {...(from === undefined ? {} : { initial: from })}
          onChange={setFrom}
        />
        <MomentInput label={t.to} required {...(to === undefined ? {} : { initial: to })} onChange={setTo} />
        <Switch
          label={t.keepDays}
          checked={keepDays}
          onChange={({ currentTarget: { checked } }) => setKeepDays(checked)}
        />
        <Switch
          label={t.withDraft}
          checked={draft !== undefined}
          onChange={({ currentTarget: { checked } }) => setDraft(checked ? NEW_TERMS : undefined)}
        />
        <Button
          disabled={!canRun}
          loading={run.isPending}
          onClick={() => {
            if (from === undefined || to === undefined) return;
            run.mutate({
              body: {
                from,
                to,
                keepDays,
                ...(draft === undefined ? {} : { draft: { id: null, terms: draft } }),
              },
            });
          }}
        >
          {t.run}
        </Button>
      </Group>
      {draft === undefined ? null : (
        <Paper withBorder p="sm">
          <TermInputs terms={draft} onChange={setDraft} />
        </Paper>
      )}
      {tried === undefined ? null : <Outcome tried={tried} />}
    </Stack>
  );
}

function Outcome({ tried: { orders, undecided, rules } }: { tried: Tried }) {
  const t = useWords(words);
  const gift = useWords(giftWords);
  const why = useWords(notGivenWords);
  const { number } = useFormat();
  if (orders === 0) return <Text c="dimmed">{t.empty}</Text>;
  if (rules.length === 0) return <Text c="dimmed">{gift.noRule}</Text>;
  return (
    <>
      <Text role="status">
        {t.looked(number(orders))}
        {undecided === 0 ? '' : ` · ${t.undecided(number(undecided))}`}
      </Text>
      <ListTable head={[gift.rule, gift.gives, gift.orders, t.units, t.notGiven, t.examples]}>
        {rules.map((rule) => (
          <Table.Tr key={rule.id ?? 'draft'}>
            <Table.Td>
              {rule.name}
              {rule.id === null ? ` (${t.draft})` : ''}
            </Table.Td>
            <Table.Td>{rule.configuration}</Table.Td>
            <Table.Td>{number(rule.orders)}</Table.Td>
            <Table.Td>{number(rule.units)}</Table.Td>
            <Table.Td>
              {rule.notGiven.map((reason) => `${why[reason.why]} ${number(reason.orders)}`).join(' · ')}
            </Table.Td>
            <Table.Td>{rule.examples.slice(0, EXAMPLES_SHOWN).join(', ')}</Table.Td>
          </Table.Tr>
        ))}
      </ListTable>
    </>
  );
}
