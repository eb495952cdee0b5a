import { Select, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { setRoute } from '../../../api/contract/routing';
import { useCommand } from '../../api';
import { MomentInput } from '../../parts/moment-input';
import { WithReason } from '../../parts/with-reason';
import { dictionary, useWords } from '../../words';
import { useWmsNames } from './use-wms-names';
import { commonWords } from './words';

const words = dictionary(
  {
    title: '경로 정하기',
    any: '비우면 모두',
    from: '시작 (한국 시간, 비우면 지금부터)',
    save: '정하기',
    done: (orders: number) => `경로를 정했습니다. 기다리던 주문 ${orders}건을 다시 봅니다.`,
  },
  {
    title: 'Set a route',
    any: 'Empty: all',
    from: 'From (time in Seoul, empty: now)',
    save: 'Set',
    done: (orders: number) => `The route is set; ${orders} waiting orders look again.`,
  },
);

/** @param version of the routing as it is shown: somebody else's change since is not overwritten. */
export function SetRoute({ version, onClose }: { version: string; onClose: () => void }) {
  const t = useWords(words);
  const common = useWords(commonWords);
  const names = useWmsNames();
  const [seen] = useState(version);
  const [channel, setChannel] = useState('');
  const [itemCode, setItemCode] = useState('');
  const [wms, setWms] = useState<string | null>(null);
  const [validFrom, setValidFrom] = useState<string>();
  const save = useCommand(setRoute, ({ rematched }) => {
    notifications.show({ message: t.done(rematched) });
    onClose();
  });
  return (
    <WithReason
      title={t.title}
      preview={
        <Stack gap="xs">
          <TextInput
            label={common.channel}
            description={t.any}
            value={channel}
            onChange={(event) => setChannel(event.currentTarget.value.trim())}
          />
          <TextInput
            label={common.item}
            description={t.any}
            value={itemCode}
            onChange={(event) => setItemCode(event.currentTarget.value.trim())}
          />
          <Select label={common.wms} required data={names} value={wms} onChange={setWms} />
          <MomentInput label={t.from} onChange={setValidFrom} />
        </Stack>
      }
      confirm={t.save}
      isPending={save.isPending}
      onConfirm={(reason) => {
        if (wms === null) return;
        save.mutate({ body: { channel, itemCode, wms, validFrom, version: seen, reason } });
      }}
      onClose={onClose}
    />
  );
}
