import { Alert, Badge, Group, Stack, Table, Text } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import type { DispatchState } from '../../../../domain/dispatch-protocol';
import { wmsOverview } from '../../../api/contract/dispatch';
import type { Answer } from '../../../api/contract/route';
import { useAnswer } from '../../api';
import { useFormat } from '../../format';
import { Shown } from '../../parts/page-state';
import { Said } from '../../parts/said';
import { dictionary, useWords } from '../../words';
import { DispatchList, isState } from './dispatch-list';
import { colorOf, commonWords, stateWords } from './words';

const words = dictionary(
  {
    open: '진행 중인 출고 요청',
    limit: '호출 한도',
    perMinute: (calls: string) => `분당 ${calls}회`,
    shipments: '출고 확인',
    stock: '재고 확인',
    never: '없음',
    notKept: '재고 없음',
    paused: '일시 정지',
    inUse: '사용 중',
    silent: '응답 없음',
    unclaimed: '아직 WMS를 정하지 않은 출고 요청',
    choose: '상태를 고르면 그 출고 요청이 아래에 보입니다.',
    empty: '연동된 WMS가 없습니다',
  },
  {
    open: 'Open dispatches',
    limit: 'Limit of calls',
    perMinute: (calls: string) => `${calls} a minute`,
    shipments: 'Shipments read',
    stock: 'Stock read',
    never: 'never',
    notKept: 'keeps none',
    paused: 'Paused',
    inUse: 'In use',
    silent: 'Does not answer',
    unclaimed: 'Dispatches for which no WMS is chosen yet',
    choose: 'Choose a state to see its dispatches below.',
    empty: 'No WMS is connected',
  },
);

type Wms = Answer<typeof wmsOverview>['wmses'][number];

/** What is open at each WMS, and whether all is well with it. */
export function Overview() {
  const t = useWords(words);
  const common = useWords(commonWords);
  const overview = useAnswer(wmsOverview, {}, { everyMs: 15_000 });
  const [query] = useSearchParams();
  const state = query.get('state');
  return (
    <Stack>
      <Shown of={overview} isEmpty={({ wmses }) => wmses.length === 0} empty={t.empty}>
        {({ wmses, unclaimed }) => (
          <>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  {[common.wms, common.state, t.open, t.limit, t.shipments, t.stock].map((title) => (
                    <Table.Th key={title}>{title}</Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {wmses.map((wms) => (
                  <WmsRow key={wms.id} wms={wms} />
                ))}
              </Table.Tbody>
            </Table>
            {Object.keys(unclaimed).length === 0 ? null : (
              <Group gap="xs">
                <Text size="sm">{t.unclaimed}</Text>
                <States open={unclaimed} />
              </Group>
            )}
            {wmses.flatMap(({ id, silence }) =>
              silence.map(({ says, since }) => <Silence key={`${id} ${says}`} says={says} since={since} />),
            )}
          </>
        )}
      </Shown>
      {isState(state) ? (
        <DispatchList wms={query.get('wms') ?? undefined} state={state} />
      ) : (
        <Text size="sm" c="dimmed">
          {t.choose}
        </Text>
      )}
    </Stack>
  );
}

function WmsRow({ wms }: { wms: Wms }) {
  const t = useWords(words);
  const { number, ago } = useFormat();
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={600}>
          {wms.id}
        </Text>
        <Text size="xs" c="dimmed">
          {wms.adapter}
        </Text>
      </Table.Td>
      <Table.Td>
        <WmsState wms={wms} />
      </Table.Td>
      <Table.Td>
        <States wms={wms.id} open={wms.open} />
      </Table.Td>
      <Table.Td>{t.perMinute(number(wms.callsPerMinute))}</Table.Td>
      <Table.Td>{wms.shipmentsReadAt === null ? t.never : ago(wms.shipmentsReadAt)}</Table.Td>
      <Table.Td>
        {!wms.keepsStock ? t.notKept : wms.stockReadAt === null ? t.never : ago(wms.stockReadAt)}
      </Table.Td>
    </Table.Tr>
  );
}

function WmsState({ wms: { paused, silence } }: { wms: Wms }) {
  const t = useWords(words);
  if (paused) return <Badge color="gray.7">{t.paused}</Badge>;
  return silence.length > 0 ? (
    <Badge color="red.8">{t.silent}</Badge>
  ) : (
    <Badge color="green.9" c="dark.8" variant="outline">
      {t.inUse}
    </Badge>
  );
}

function Silence({ says, since }: { says: string; since: string }) {
  const t = useWords(words);
  const { time } = useFormat();
  return (
    <Alert color="red" title={t.silent}>
      <Said>{says}</Said> ({time(since)})
    </Alert>
  );
}

/** How many dispatches are in which state; each leads to them. */
function States({ wms, open }: { wms?: string; open: Partial<Record<DispatchState, number>> }) {
  const names = useWords(stateWords);
  const { number } = useFormat();
  return (
    <Group gap={6}>
      {Object.entries(open).map(([state, dispatches]) => {
        if (!isState(state)) return null;
        const query = new URLSearchParams({ ...(wms === undefined ? {} : { wms }), state });
        return (
          <Badge
            key={state}
            component={Link}
            to={`/dispatch?${query.toString()}`}
            color={`${colorOf(state)}.9`}
            c="dark.8"
            variant="outline"
            style={{ cursor: 'pointer' }}
          >
            {names[state]} {number(dispatches)}
          </Badge>
        );
      })}
    </Group>
  );
}
