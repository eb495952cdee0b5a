import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { GiftState } from '../../../../domain/gift';
import { explainGifts } from '../../../api/contract/gifts';
import type { Answer } from '../../../api/contract/route';
import { useAnswer } from '../../api';
import { useFormat } from '../../format';
import { Shown } from '../../parts/page-state';
import { Section } from '../../parts/section';
import { Tag } from '../../parts/tag';
import { dictionary, useWords } from '../../words';
import { giftStateWords, notGivenWords } from '../gifts/words';
import type { ShownOrder } from './shown-order';

const words = dictionary(
  {
    title: '사은품',
    none: '이 주문에 증정한 것도, 적용할 규칙도 없습니다.',
    by: (rule: number, version: number) => `규칙 ${rule} · 버전 ${version}`,
    undecided: '매칭되지 않은 딜이 있어, 매칭될 때 정해집니다.',
    answers: '지금 적용 중인 규칙별 결과',
    wouldGive: '지금 다시 매칭하면 증정',
  },
  {
    title: 'Gifts',
    none: 'Nothing was given to this order, and no rule is in force.',
    by: (rule: number, version: number) => `rule ${rule}, version ${version}`,
    undecided: 'What some of it stands for is not decided: gifts are, once it is matched.',
    answers: 'What each rule in force says to this order',
    wouldGive: 'would be given if it were matched anew now',
  },
);

const COLORS = { given: 'teal', taken_back: 'gray', left_out: 'orange' } as const satisfies Record<
  GiftState,
  string
>;

type Explained = Answer<typeof explainGifts>;

/** What an order was given, and why not the rest. */
export function OrderGifts({ order }: { order: ShownOrder }) {
  const t = useWords(words);
  const explained = useAnswer(explainGifts, { query: { key: order.key } });
  return (
    <Section title={t.title}>
      <Shown of={explained}>
        {({ gifts, rules, isUndecided }) => (
          <Stack gap={6}>
            {gifts.length + rules.length === 0 ? <Text c="dimmed">{t.none}</Text> : null}
            {gifts.map((gift) => (
              <Given key={gift.ruleId} gift={gift} />
            ))}
            {isUndecided ? <Text size="sm">{t.undecided}</Text> : <Rules rules={rules} />}
          </Stack>
        )}
      </Shown>
    </Section>
  );
}

function Given({ gift }: { gift: Explained['gifts'][number] }) {
  const t = useWords(words);
  const states = useWords(giftStateWords);
  const { number, time } = useFormat();
  return (
    <Group gap="xs">
      <Tag color={COLORS[gift.state]}>{states[gift.state]}</Tag>
      <Text size="sm">
        {gift.name} · {gift.configuration} × {number(gift.quantity)} · {time(gift.changedAt)}
      </Text>
      <Anchor component={Link} to="/gifts" size="xs">
        {t.by(gift.ruleId, gift.version)}
      </Anchor>
    </Group>
  );
}

function Rules({ rules }: { rules: Explained['rules'] }) {
  const t = useWords(words);
  const why = useWords(notGivenWords);
  if (rules.length === 0) return null;
  return (
    <>
      <Text size="xs" c="gray.7">
        {t.answers}
      </Text>
      {rules.map(({ id, name, whyNot }) => (
        <Text size="sm" key={id}>
          {name}: {whyNot === null ? t.wouldGive : why[whyNot]}
        </Text>
      ))}
    </>
  );
}
