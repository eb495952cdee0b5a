import { Alert, Group, List, NumberInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { HOLDS, KEEP_DAYS_LEAST, KEEP_DAYS_MOST, LOOKED_AT_MOST } from '../../../../domain/retention';
import { eraseNow, previewErasure, setRetention, showRetention } from '../../../api/contract/retention';
import type { Answer } from '../../../api/contract/route';
import { useAnswer, useCommand } from '../../api';
import { useFormat } from '../../format';
import { Opener } from '../../parts/opener';
import { Shown } from '../../parts/page-state';
import { Section } from '../../parts/section';
import { WithReason } from '../../parts/with-reason';
import { dictionary, useWords } from '../../words';

const words = dictionary(
  {
    title: '개인정보 보존 기간',
    rule: (days: string) =>
      `주문이 끝나고(완료·취소, 이후의 클레임과 반품 포함) ${days}일이 지나면 수령인 정보, 수집 원문, WMS와 주고받은 내용을 삭제합니다. 주문, 매출, 출고 이력은 남습니다.`,
    standard: '기본값입니다.',
    decided: (by: string, at: string) => `${by} 님이 ${at}에 정했습니다.`,
    doneAt: (at: string) => `${at}에 기한이 지난 것을 모두 삭제했습니다.`,
    never: '아직 삭제한 적이 없습니다.',
    change: '기간 변경',
    days: '주문이 끝난 뒤 보존하는 일수',
    save: '변경',
    erase: '지금 삭제',
    eraseWarning: '삭제한 개인정보는 되돌릴 수 없습니다.',
    erased: (orders: string) => `주문 ${orders}건의 개인정보를 삭제했습니다.`,
    orders: (orders: string, before: string) => `${before} 전에 끝난 주문 ${orders}건이 삭제됩니다.`,
    moreOrders: (orders: string, before: string) => `${before} 전에 끝난 주문이 ${orders}건 이상 삭제됩니다.`,
    counted: (orders: string) => `먼저 끝난 ${orders}건만 세었고, 그 뒤에도 더 있습니다.`,
    oldest: (at: string) => `가장 오래된 것은 ${at}에 끝났습니다.`,
    held: '같은 기간이 지났지만 남겨 두는 주문:',
    task: '처리할 일이 남음',
    claim: '클레임이 있음',
    return: '그 뒤에 반품됨',
    news: '아직 읽지 않은 소식이 있음',
  },
  {
    title: 'How long personal data is kept',
    rule: (days: string) =>
      `${days} days after an order's end (done or cancelled, with later claims and returns) its recipient, what its source told and what was said to WMSes are erased. The order, its sales and the history of its dispatch stay.`,
    standard: 'Nobody has decided otherwise.',
    decided: (by: string, at: string) => `Decided by ${by}, ${at}.`,
    doneAt: (at: string) => `All that was older had been erased by ${at}.`,
    never: 'Nothing was erased yet.',
    change: 'Change it',
    days: "Days after an order's end",
    save: 'Change',
    erase: 'Erase now',
    eraseWarning: 'What is erased cannot be brought back.',
    erased: (orders: string) => `Personal data of ${orders} orders is erased.`,
    orders: (orders: string, before: string) => `${orders} orders that ended before ${before} are erased.`,
    moreOrders: (orders: string, before: string) =>
      `At least ${orders} orders that ended before ${before} are erased.`,
    counted: (orders: string) => `Counted are the ${orders} that ended first; there are others.`,
    oldest: (at: string) => `The first of them ended ${at}.`,
    held: 'As old, but kept:',
    task: 'with an open task',
    claim: 'with a claim',
    return: 'with a return since',
    news: 'with something told and not read yet',
  },
);

type Decided = Answer<typeof showRetention>;

/** For how long personal data is kept; what a change would erase is shown before it is made. */
export function Retention() {
  const retention = useAnswer(showRetention, {});
  return <Shown of={retention}>{(shown) => <Standing retention={shown} />}</Shown>;
}

function Standing({ retention }: { retention: Decided }) {
  const t = useWords(words);
  const { number, time } = useFormat();
  const [asked, setAsked] = useState<'change' | 'erase' | null>(null);
  const erase = useCommand(eraseNow, () => setAsked(null));
  const { keepDays, changedBy, changedAt, doneAt } = retention;
  const decided =
    changedBy === null || changedAt === null ? t.standard : t.decided(changedBy, time(changedAt));
  return (
    <Section title={t.title}>
      <Stack maw={640}>
        <Text>{t.rule(number(keepDays))}</Text>
        <Text size="sm">
          {decided} {doneAt === null ? t.never : t.doneAt(time(doneAt))}
        </Text>
        <Group>
          <Opener onClick={() => setAsked('change')}>{t.change}</Opener>
          <Opener variant="light" color="red" onClick={() => setAsked('erase')}>
            {t.erase}
          </Opener>
        </Group>
        {erase.data === undefined ? null : (
          <Alert color="green" role="status">
            {t.erased(number(erase.data.orders))}
          </Alert>
        )}
      </Stack>
      {asked === 'change' ? <Change retention={retention} onClose={() => setAsked(null)} /> : null}
      {asked === 'erase' ? (
        <WithReason
          title={t.erase}
          confirm={t.erase}
          color="red"
          isPending={erase.isPending}
          preview={<Preview keepDays={keepDays} />}
          onConfirm={(reason) => erase.mutate({ body: { reason } })}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </Section>
  );
}

function Change({ retention, onClose }: { retention: Decided; onClose: () => void }) {
  const t = useWords(words);
  const [days, setDays] = useState<number | string>(retention.keepDays);
  const change = useCommand(setRetention, onClose);
  const keepDays = Number(days);
  const fits = Number.isInteger(keepDays) && keepDays >= KEEP_DAYS_LEAST && keepDays <= KEEP_DAYS_MOST;
  return (
    <WithReason
      title={t.change}
      confirm={t.save}
      isPending={change.isPending}
      preview={
        <>
          <NumberInput
            label={t.days}
            required
            min={KEEP_DAYS_LEAST}
            max={KEEP_DAYS_MOST}
            allowDecimal={false}
            value={days}
            onChange={setDays}
          />
          {fits ? <Preview keepDays={keepDays} /> : null}
        </>
      }
      onConfirm={(reason) => change.mutate({ body: { keepDays, version: retention.version, reason } })}
      onClose={onClose}
    />
  );
}

/** What is older, and would be gone with the next run. */
function Preview({ keepDays }: { keepDays: number }) {
  const t = useWords(words);
  const { number, time } = useFormat();
  const preview = useAnswer(previewErasure, { query: { keepDays } });
  // The one before is shown while another number of days is asked for.
  const shown = preview.data?.keepDays === keepDays ? preview : { ...preview, data: undefined };
  return (
    <Shown of={shown}>
      {({ orders, before, oldest, held, more }) => (
        <Alert color={orders === 0 && !more ? 'gray' : 'red'} role="status">
          <Text size="sm">
            {(more ? t.moreOrders : t.orders)(number(orders), time(before))}{' '}
            {oldest === null ? null : t.oldest(time(oldest))}
          </Text>
          {more ? <Text size="sm">{t.counted(number(LOOKED_AT_MOST))}</Text> : null}
          {orders === 0 && !more ? null : (
            <Text size="sm" fw={600}>
              {t.eraseWarning}
            </Text>
          )}
          <Held held={held} />
        </Alert>
      )}
    </Shown>
  );
}

function Held({ held }: Pick<Answer<typeof previewErasure>, 'held'>) {
  const t = useWords(words);
  const { number } = useFormat();
  const some = HOLDS.filter((hold) => held[hold] > 0);
  if (some.length === 0) return null;
  return (
    <>
      <Text size="sm">{t.held}</Text>
      <List size="sm">
        {some.map((hold) => (
          <List.Item key={hold}>
            {t[hold]}: {number(held[hold])}
          </List.Item>
        ))}
      </List>
    </>
  );
}
