import { Select, Stack } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { DISPATCH_STATES, type DispatchState } from '../../../../domain/dispatch-protocol';
import { listDispatches } from '../../../api/contract/dispatch';
import { useAnswer } from '../../api';
import { Shown } from '../../parts/page-state';
import { dictionary, useWords } from '../../words';
import { DispatchTable } from './dispatch-table';
import { commonWords, stateWords } from './words';

const words = dictionary(
  { empty: '이 상태의 출고 요청이 없습니다' },
  { empty: 'No dispatch is in this state' },
);

export function isState(text: string | null): text is DispatchState {
  return DISPATCH_STATES.some((state) => state === text);
}

/** The dispatches of a WMS (none: not chosen yet) in one state, the newest first. */
export function DispatchList({ wms, state }: { wms: string | undefined; state: DispatchState }) {
  const t = useWords(words);
  const common = useWords(commonWords);
  const states = useWords(stateWords);
  const [query, setQuery] = useSearchParams();
  const cursor = query.get('cursor') ?? undefined;
  const list = useAnswer(listDispatches, { query: { wms, state, cursor } });
  return (
    <Stack>
      <Select
        w={220}
        label={`${wms ?? common.noWms}: ${common.state}`}
        value={state}
        data={DISPATCH_STATES.map((value) => ({ value, label: states[value] }))}
        allowDeselect={false}
        onChange={(chosen) => {
          if (chosen === null) return;
          setQuery({ ...(wms === undefined ? {} : { wms }), state: chosen });
        }}
      />
      <Shown of={list} isEmpty={({ rows }) => rows.length === 0} empty={t.empty}>
        {(page) => <DispatchTable page={page} />}
      </Shown>
    </Stack>
  );
}
