import { Select, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { setRoute } from '../../../api/contract/routing';
import { useCommand } from '../../api';
import { MomentInput } from '../../parts/moment-input';
import { EVERY_ORDER, ScopeInputs } from '../../parts/scope-inputs';
import { WithReason } from '../../parts/with-reason';
import { dictionary, useWords } from '../../words';
import { useWmsNames } from './use-wms-names';
import { commonWords } from './words';

const words = dictionary(
  {
    title: '경로 정하기',
    from: '시작 (한국 시간, 비우면 지금부터)',
    save: '정하기',
    done: (orders: number) => `경로를 정했습니다. 기다리던 주문 ${orders}건을 다시 봅니다.`,
  },
  {
    title: 'Set a route',
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
  const [scope, setScope] = useState(EVERY_ORDER);
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
          <ScopeInputs scope={scope} onChange={setScope} />
          <Select label={common.wms} required data={names} value={wms} onChange={setWms} />
          <MomentInput label={t.from} onChange={setValidFrom} />
        </Stack>
      }
      confirm={t.save}
      isPending={save.isPending}
      onConfirm={(reason) => {
        if (wms === null) return;
        save.mutate({ body: { ...scope, wms, validFrom, version: seen, reason } });
      }}
      onClose={onClose}
    />
  );
}
