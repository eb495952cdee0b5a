import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { revealRecipient } from '../../../api/contract/orders';
import type { Answer } from '../../../api/contract/route';
import { useCommand } from '../../api';
import { useFormat } from '../../format';
import { Section } from '../../parts/section';
import { Tag } from '../../parts/tag';
import { WithReason } from '../../parts/with-reason';
import { useMay } from '../../session';
import { dictionary, useWords } from '../../words';
import { paramsOf, type ShownOrder } from './shown-order';
import { fieldWords } from './words';

const words = dictionary(
  {
    reveal: '개인정보 보기',
    hide: '가리기',
    why: '누가 언제 왜 보았는지 감사 기록에 남습니다.',
    nobody: '아직 모릅니다.',
  },
  {
    reveal: 'Show personal data',
    hide: 'Mask it',
    why: 'Who has seen it, when and why is kept in the audit trail.',
    nobody: 'Not known yet.',
  },
);

type Recipient = Answer<typeof revealRecipient>;

/** Masked, until somebody says why they have to see it. */
export function RecipientCard({ order }: { order: ShownOrder }) {
  const t = useWords(words);
  const field = useWords(fieldWords);
  const [isAsking, setAsking] = useState(false);
  const [revealed, setRevealed] = useState<Recipient | null>(null);
  const reveal = useCommand(revealRecipient, (recipient) => {
    setRevealed(recipient);
    setAsking(false);
  });
  const may = useMay(revealRecipient) && order.recipient !== null;
  const recipient = revealed ?? order.recipient;
  const toggle = revealed === null ? () => setAsking(true) : () => setRevealed(null);
  return (
    <Section
      title={field.recipient}
      actions={
        may ? (
          <Button variant="light" onClick={toggle}>
            {revealed === null ? t.reveal : t.hide}
          </Button>
        ) : null
      }
    >
      {recipient === null ? <Nobody erasedAt={order.erasedAt} /> : <Person {...recipient} />}
      {isAsking ? (
        <WithReason
          title={t.reveal}
          preview={<Text size="sm">{t.why}</Text>}
          confirm={t.reveal}
          isPending={reveal.isPending}
          onClose={() => setAsking(false)}
          onConfirm={(reason) =>
            reveal.mutate({
              params: paramsOf(order),
              body: { reason },
            })
          }
        />
      ) : null}
    </Section>
  );
}

function Nobody({ erasedAt }: Pick<ShownOrder, 'erasedAt'>) {
  const t = useWords(words);
  const field = useWords(fieldWords);
  const { time } = useFormat();
  if (erasedAt === null) return <Text c="dimmed">{t.nobody}</Text>;
  return (
    <Group gap="xs">
      <Tag color="gray">{field.erased}</Tag>
      <Text size="sm">{time(erasedAt)}</Text>
    </Group>
  );
}

function Person({ name, phone, phone2, postcode, address, deliveryMessage }: Recipient) {
  return (
    <Stack gap={4}>
      <Text fw={600}>{name}</Text>
      <Text size="sm">
        {phone} {phone2}
      </Text>
      <Text size="sm">
        ({postcode}) {address}
      </Text>
      {deliveryMessage === null ? null : <Text size="sm">{deliveryMessage}</Text>}
    </Stack>
  );
}
