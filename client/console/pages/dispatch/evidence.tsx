import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { revealEvidence, showEvidence } from '../../../api/contract/dispatch';
import type { Answer } from '../../../api/contract/route';
import { useAnswer, useCommand } from '../../api';
import { useFormat } from '../../format';
import { Opener } from '../../parts/opener';
import { Shown } from '../../parts/page-state';
import { WithReason } from '../../parts/with-reason';
import { useMay } from '../../session';
import { dictionary, useWords } from '../../words';
import { DispatchCard } from './dispatch-card';

const words = dictionary(
  {
    masked: '개인정보는 가려져 있습니다.',
    erased: (at: string) => `보존 기간이 지나 보낸 내용과 받은 내용을 ${at}에 삭제했습니다.`,
    reveal: '개인정보 보기',
    kept: '누가 왜 보았는지 감사 기록에 남습니다.',
    empty: '이 주문에는 아직 출고 요청이 없습니다',
  },
  {
    masked: 'Personal data is masked.',
    erased: (at: string) => `What was sent and received was kept as long as it may be, and erased on ${at}.`,
    reveal: 'Show personal data',
    kept: 'Who looked and why is kept in the audit trail.',
    empty: 'This order has no dispatch yet',
  },
);

/** All that was said to WMSes about an order, with the buttons for what a person has to settle. */
export function Evidence() {
  const { channel = '', number = '' } = useParams();
  const params = { channel, number };
  const t = useWords(words);
  const masked = useAnswer(showEvidence, { params });
  const [revealed, setRevealed] = useState<Answer<typeof showEvidence>>();
  const [isAsking, setIsAsking] = useState(false);
  const reveal = useCommand(revealEvidence, (answer) => {
    setRevealed(answer);
    setIsAsking(false);
  });
  const mayReveal = useMay(revealEvidence);
  const { time } = useFormat();
  const erasedAt = masked.data?.erasedAt ?? null;
  const orderKey = `${channel}/${number}`;
  return (
    <Stack>
      <Group justify="space-between">
        <Anchor component={Link} to={`/orders/${orderKey}`}>
          {orderKey}
        </Anchor>
        {revealed === undefined ? (
          <Group gap="xs">
            <Text size="sm">{erasedAt === null ? t.masked : t.erased(time(erasedAt))}</Text>
            {mayReveal && erasedAt === null ? (
              <Opener variant="default" onClick={() => setIsAsking(true)}>
                {t.reveal}
              </Opener>
            ) : null}
          </Group>
        ) : null}
      </Group>
      <Shown of={masked} isEmpty={({ dispatches }) => dispatches.length === 0} empty={t.empty}>
        {(shown) =>
          shown.dispatches.map((dispatch) => (
            <DispatchCard
              key={dispatch.id}
              orderKey={orderKey}
              dispatch={dispatch}
              attempts={
                revealed?.dispatches.find(({ id }) => id === dispatch.id)?.attempts ?? dispatch.attempts
              }
            />
          ))
        }
      </Shown>
      {isAsking ? (
        <WithReason
          title={t.reveal}
          preview={<Text size="sm">{t.kept}</Text>}
          confirm={t.reveal}
          isPending={reveal.isPending}
          onConfirm={(reason) => reveal.mutate({ params, body: { reason } })}
          onClose={() => setIsAsking(false)}
        />
      ) : null}
    </Stack>
  );
}
