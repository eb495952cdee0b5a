import { Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { settles, VERDICTS, type Verdict } from '../../../../domain/verdict';
import { settleDispatch } from '../../../api/contract/dispatch';
import { useCommand } from '../../api';
import { Opener } from '../../parts/opener';
import { useSaid } from '../../parts/said';
import { WithReason } from '../../parts/with-reason';
import { useMay } from '../../session';
import { dictionary, useWords } from '../../words';
import type { ShownDispatch } from './dispatch-card';

/** What a person may say. */
const verdictWords = dictionary<Record<Verdict, string>>(
  {
    received: '접수됨',
    'not-received': '접수 안 됨',
    cancelled: '취소됨',
    ships: '출고됨',
  },
  {
    received: 'Received',
    'not-received': 'Not received',
    cancelled: 'Cancelled',
    ships: 'It ships',
  },
);

/** What comes of it. */
const meaningWords = dictionary<Record<Verdict, string>>(
  {
    received: 'WMS에 이 주문이 있습니다. 접수된 것으로 하고 출고를 기다립니다.',
    'not-received': 'WMS에 이 주문이 없습니다. 새 코드로 다시 보냅니다. WMS에 있다면 두 번 출고됩니다.',
    cancelled: 'WMS가 이 주문을 취소했습니다. 주문을 취소하거나 정해진 곳으로 다시 보냅니다.',
    ships: 'WMS가 이 주문을 출고했거나 더는 멈출 수 없습니다. 그대로 출고를 기다립니다.',
  },
  {
    received: 'The WMS has it: it is taken as accepted, and its shipment is awaited.',
    'not-received':
      'The WMS does not have it: it is sent anew, under a new code. If the WMS has it after all, it ships twice.',
    cancelled: 'The WMS has cancelled it: it is cancelled, or sent on to where it was to go.',
    ships: 'It has left, or can be stopped no more: its shipment is awaited.',
  },
);

const words = dictionary({ resend: '다시 보내기' }, { resend: 'Send anew' });

/** The buttons by which a person settles what nobody else can tell. */
export function Settle({ orderKey, dispatch }: { orderKey: string; dispatch: ShownDispatch }) {
  const t = useWords(words);
  const buttons = useWords(verdictWords);
  const meanings = useWords(meaningWords);
  const said = useSaid();
  const [verdict, setVerdict] = useState<Verdict>();
  const settle = useCommand(settleDispatch, ({ says }) => {
    setVerdict(undefined);
    notifications.show({ message: said(says) });
  });
  const offered = VERDICTS.filter((each) => settles(each, dispatch.state));
  if (!useMay(settleDispatch) || offered.length === 0) return null;
  // What was refused has certainly not been received.
  const name = (each: Verdict) => (dispatch.state === 'rejected' ? t.resend : buttons[each]);
  const { id, state } = dispatch;
  const [channel = '', number = ''] = orderKey.split('/');
  return (
    <Group gap="xs">
      {offered.map((each) => (
        <Opener key={each} variant="light" onClick={() => setVerdict(each)}>
          {name(each)}
        </Opener>
      ))}
      {verdict === undefined ? null : (
        <WithReason
          title={`${orderKey}: ${name(verdict)}`}
          preview={<Text size="sm">{meanings[verdict]}</Text>}
          confirm={name(verdict)}
          {...(verdict === 'not-received' ? { color: 'red.9' } : {})}
          isPending={settle.isPending}
          onConfirm={(reason) =>
            settle.mutate({ params: { channel, number }, body: { dispatch: id, state, verdict, reason } })
          }
          onClose={() => setVerdict(undefined)}
        />
      )}
    </Group>
  );
}
