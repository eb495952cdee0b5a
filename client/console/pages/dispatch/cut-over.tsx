import { Alert, List, Select, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { Answer } from '../../../api/contract/route';
import { cutOver, previewCutOver } from '../../../api/contract/routing';
import { useAnswer, useCommand } from '../../api';
import { useFormat } from '../../format';
import { MomentInput } from '../../parts/moment-input';
import { Said } from '../../parts/said';
import { WithReason } from '../../parts/with-reason';
import { dictionary, useWords } from '../../words';
import { useWmsNames } from './use-wms-names';
import { commonWords } from './words';

const words = dictionary(
  {
    title: 'WMS 바꾸기',
    from: '지금 WMS',
    to: '새 WMS',
    at: '시작 (한국 시간, 비우면 지금부터)',
    go: '바꾸기',
    moves: (to: string) => `${to}로 바뀌는 경로`,
    stays: (orders: string) => `이미 보낸 주문 ${orders}건은 지금 WMS에 남습니다.`,
    waiting: (orders: string) => `기다리던 주문 ${orders}건을 다시 봅니다.`,
    again: (what: string, when: string) => `${what}: ${when}부터 정해진 대로 다시 지금 WMS로 갑니다.`,
    done: 'WMS를 바꿨습니다.',
  },
  {
    title: 'Change the WMS',
    from: 'WMS now',
    to: 'New WMS',
    at: 'From (time in Seoul, empty: now)',
    go: 'Change',
    moves: (to: string) => `Routes that change to ${to}`,
    stays: (orders: string) => `${orders} orders that were sent already stay with the WMS of now.`,
    waiting: (orders: string) => `${orders} waiting orders look again.`,
    again: (what: string, when: string) => `${what}: from ${when} on to the WMS of now again, as was set.`,
    done: 'The WMS is changed.',
  },
);

/** From a moment on, whatever goes to one WMS goes to another; what would move is shown before. */
export function CutOver({ onClose }: { onClose: () => void }) {
  const t = useWords(words);
  const names = useWmsNames();
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [at, setAt] = useState<string>();
  const isChosen = from !== null && to !== null && from !== to;
  const change = { from: from ?? '', to: to ?? '', ...(at === undefined ? {} : { at }) };
  const preview = useAnswer(previewCutOver, { query: change }, { enabled: isChosen });
  const command = useCommand(cutOver, () => {
    notifications.show({ message: t.done });
    onClose();
  });
  return (
    <WithReason
      title={t.title}
      preview={
        <Stack gap="xs">
          <Select label={t.from} required data={names} value={from} onChange={setFrom} />
          <Select
            label={t.to}
            required
            data={names.filter((name) => name !== from)}
            value={to}
            onChange={setTo}
          />
          <MomentInput label={t.at} onChange={setAt} />
          {isChosen && preview.error !== null ? (
            <Alert color="red">
              <Said>{preview.error.message}</Said>
            </Alert>
          ) : null}
          {isChosen && preview.error === null && preview.data !== undefined ? (
            <WhatMoves to={change.to} preview={preview.data} />
          ) : null}
        </Stack>
      }
      confirm={t.go}
      color="red.9"
      isPending={command.isPending}
      onConfirm={(reason) => {
        if (!isChosen || preview.data === undefined || preview.isPlaceholderData) return;
        command.mutate({ body: { ...change, version: preview.data.version, reason } });
      }}
      onClose={onClose}
    />
  );
}

function WhatMoves({ to, preview }: { to: string; preview: Answer<typeof previewCutOver> }) {
  const t = useWords(words);
  const common = useWords(commonWords);
  const { number, time } = useFormat();
  const named = ({ channel, itemCode }: { channel: string; itemCode: string }) =>
    `${channel || common.anyChannel}, ${itemCode || common.anyItem}`;
  return (
    <Alert color="indigo" title={t.moves(to)}>
      <List size="sm">
        {preview.routes.map((route) => (
          <List.Item key={named(route)}>{named(route)}</List.Item>
        ))}
      </List>
      <Text size="sm">{t.stays(number(preview.openAtOld))}</Text>
      <Text size="sm">{t.waiting(number(preview.waiting))}</Text>
      {preview.later.map((route) => (
        <Text size="sm" key={`${named(route)} ${route.validFrom}`}>
          {t.again(named(route), time(route.validFrom))}
        </Text>
      ))}
    </Alert>
  );
}
