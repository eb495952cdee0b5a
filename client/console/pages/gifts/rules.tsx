import { Group, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { addGiftRule, changeGiftRule, endGiftRule, listGiftRules } from '../../../api/contract/gifts';
import { useAnswer, useCommand } from '../../api';
import { useFormat } from '../../format';
import { ListTable } from '../../parts/list-table';
import { Opener } from '../../parts/opener';
import { Shown } from '../../parts/page-state';
import { WithReason } from '../../parts/with-reason';
import { useMay } from '../../session';
import { dictionary, useWords } from '../../words';
import { History } from './history';
import { TermInputs } from './term-inputs';
import { isWhole, NEW_TERMS, type Rule, termsOf, useTermsInWords } from './terms';
import { giftWords, shortWords } from './words';

const words = dictionary(
  {
    about: '규칙에 맞는 주문은 매칭될 때 사은품을 받습니다. 사은품의 매출은 0원입니다.',
    add: '규칙 추가',
    change: '바꾸기',
    end: '끝내기',
    history: '이력',
    save: '저장',
    given: '증정',
    by: '누가',
    version: (version: string) => `버전 ${version}`,
    of: (given: string, first: string) => `${given} / ${first}`,
    ended: (by: string, when: string) => `${by} · ${when} 종료`,
    stays: '이미 증정한 것은 그대로입니다.',
  },
  {
    about: 'Orders that fit a rule are given something as they are matched. It is sold for nothing.',
    add: 'Add a rule',
    change: 'Change',
    end: 'End',
    history: 'History',
    save: 'Save',
    given: 'Given',
    by: 'By',
    version: (version: string) => `version ${version}`,
    of: (given: string, first: string) => `${given} of ${first}`,
    ended: (by: string, when: string) => `ended by ${by}, ${when}`,
    stays: 'What was given stays.',
  },
);

type Doing = { readonly what: 'add' } | { readonly what: 'change' | 'end' | 'history'; readonly rule: Rule };

/** The rules by which orders are given something. */
export function Rules() {
  const t = useWords(words);
  const gift = useWords(giftWords);
  const rules = useAnswer(listGiftRules, {});
  const mayChange = useMay(addGiftRule);
  const [doing, setDoing] = useState<Doing>();
  const close = () => setDoing(undefined);
  return (
    <Stack>
      <Group justify="space-between">
        <Text size="sm">{t.about}</Text>
        {mayChange ? <Opener onClick={() => setDoing({ what: 'add' })}>{t.add}</Opener> : null}
      </Group>
      <Shown of={rules} isEmpty={(all) => all.rules.length === 0} empty={gift.noRule}>
        {(all) => <RuleTable rules={all.rules} onDo={setDoing} />}
      </Shown>
      {doing?.what === 'add' ? <Edit onClose={close} /> : null}
      {doing?.what === 'change' ? <Edit rule={doing.rule} onClose={close} /> : null}
      {doing?.what === 'end' ? <End rule={doing.rule} onClose={close} /> : null}
      {doing?.what === 'history' ? <History rule={doing.rule} onClose={close} /> : null}
    </Stack>
  );
}

function RuleTable({ rules, onDo }: { rules: Rule[]; onDo: (doing: Doing) => void }) {
  const t = useWords(words);
  const gift = useWords(giftWords);
  const short = useWords(shortWords);
  const inWords = useTermsInWords();
  const mayChange = useMay(changeGiftRule);
  const { number, time } = useFormat();
  return (
    <ListTable head={[gift.priority, gift.name, gift.gives, gift.orders, t.given, t.by]} action={t.change}>
      {rules.map((rule) => (
        <Table.Tr key={rule.id} {...(rule.endedAt === null ? {} : { c: 'dimmed' })}>
          <Table.Td>{rule.priority}</Table.Td>
          <Table.Td>{rule.name}</Table.Td>
          <Table.Td>
            {rule.configuration} × {number(rule.quantity)}
            <Text size="xs">{short[rule.whenShort]}</Text>
          </Table.Td>
          <Table.Td>{inWords(rule)}</Table.Td>
          <Table.Td>
            {rule.firstN === null ? number(rule.given) : t.of(number(rule.given), number(rule.firstN))}
          </Table.Td>
          <Table.Td>
            {rule.madeBy}
            <Text size="xs">
              {rule.endedAt === null
                ? t.version(number(rule.version))
                : t.ended(rule.endedBy ?? '', time(rule.endedAt))}
            </Text>
          </Table.Td>
          <Table.Td>
            <Group gap="xs" wrap="nowrap">
              <Opener variant="subtle" onClick={() => onDo({ what: 'history', rule })}>
                {t.history}
              </Opener>
              {mayChange && rule.endedAt === null ? (
                <>
                  <Opener variant="default" onClick={() => onDo({ what: 'change', rule })}>
                    {t.change}
                  </Opener>
                  <Opener variant="default" onClick={() => onDo({ what: 'end', rule })}>
                    {t.end}
                  </Opener>
                </>
              ) : null}
            </Group>
          </Table.Td>
        </Table.Tr>
      ))}
    </ListTable>
  );
}

/** Adds a rule, or makes a new version of one as it was seen when this was opened. */
function Edit({ rule, onClose }: { rule?: Rule; onClose: () => void }) {
  const t = useWords(words);
  const [terms, setTerms] = useState(rule === undefined ? NEW_TERMS : termsOf(rule));
  const add = useCommand(addGiftRule, onClose);
  const change = useCommand(changeGiftRule, onClose);
  return (
    <WithReason
      title={rule === undefined ? t.add : `${t.change}: ${rule.name}`}
      size="lg"
      preview={<TermInputs terms={terms} onChange={setTerms} />}
      confirm={t.save}
      isWhole={isWhole(terms)}
      isPending={add.isPending || change.isPending}
      onConfirm={(reason) =>
        rule === undefined
          ? add.mutate({ body: { ...terms, reason } })
          : change.mutate({ params: { id: rule.id }, body: { ...terms, version: rule.version, reason } })
      }
      onClose={onClose}
    />
  );
}

function End({ rule, onClose }: { rule: Rule; onClose: () => void }) {
  const t = useWords(words);
  const end = useCommand(endGiftRule, onClose);
  return (
    <WithReason
      title={`${t.end}: ${rule.name}`}
      preview={<Text size="sm">{t.stays}</Text>}
      confirm={t.end}
      isPending={end.isPending}
      onConfirm={(reason) => end.mutate({ params: { id: rule.id }, body: { version: rule.version, reason } })}
      onClose={onClose}
    />
  );
}
