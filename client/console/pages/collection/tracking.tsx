import { Anchor, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { listTracking, resendTracking, TRACKING_STATES } from '../../../api/contract/collection';
import type { Answer } from '../../../api/contract/route';
import { ask, keyOf, useCommand } from '../../api';
import { useFormat } from '../../format';
import { ListTable } from '../../parts/list-table';
import { More } from '../../parts/more';
import { Opener } from '../../parts/opener';
import { Shown } from '../../parts/page-state';
import { Said } from '../../parts/said';
import { WithReason } from '../../parts/with-reason';
import { useMay } from '../../session';
import { usePages } from '../../use-pages';
import { useWords } from '../../words';
import { words } from './words';

type Tracked = Answer<typeof listTracking>['rows'][number];

/** Tracking numbers on their way back; what a source has refused is told again. */
export function Tracking() {
  const t = useWords(words);
  const { time } = useFormat();
  const may = useMay(resendTracking);
  const [search, setSearch] = useSearchParams();
  const state = TRACKING_STATES.find((one) => one === search.get('state')) ?? 'refused';
  const [again, setAgain] = useState<Tracked>();
  const tracked = usePages(keyOf(listTracking, { query: { state } }), (cursor) =>
    ask(listTracking, { query: { state, cursor } }),
  );
  return (
    <Stack>
      <SegmentedControl
        aria-label={t.state}
        value={state}
        onChange={(value) => setSearch({ state: value })}
        data={TRACKING_STATES.map((value) => ({ value, label: t[value] }))}
      />
      <Shown of={tracked} isEmpty={({ rows }) => rows.length === 0} empty={t.noTracking}>
        {({ rows }) => (
          <ListTable head={[t.order, t.carrier, t.number, t.changed, t.why]} action={t.resend}>
            {rows.map((row) => (
              <Table.Tr key={`${row.orderKey} ${row.shipmentId}`}>
                <Table.Td>
                  <Anchor component={Link} to={`/orders/${row.orderKey}`} size="sm">
                    {row.orderKey}
                  </Anchor>
                </Table.Td>
                <Table.Td>{row.carrier}</Table.Td>
                <Table.Td>{row.trackingNumber}</Table.Td>
                <Table.Td>{time(row.updatedAt)}</Table.Td>
                <Table.Td maw={360}>
                  <Said>{row.reason}</Said>
                </Table.Td>
                <Table.Td ta="right">
                  {may && row.state !== 'pending' ? (
                    <Opener variant="light" onClick={() => setAgain(row)}>
                      {t.resend}
                    </Opener>
                  ) : null}
                </Table.Td>
              </Table.Tr>
            ))}
          </ListTable>
        )}
      </Shown>
      <More of={tracked} />
      {again === undefined ? null : <Resend parcel={again} onClose={() => setAgain(undefined)} />}
    </Stack>
  );
}

function Resend({ parcel, onClose }: { parcel: Tracked; onClose: () => void }) {
  const t = useWords(words);
  const resend = useCommand(resendTracking, onClose);
  const { orderKey, shipmentId, trackingNumber } = parcel;
  const [channel = '', number = ''] = orderKey.split('/');
  return (
    <WithReason
      title={`${t.resend}: ${trackingNumber}`}
      preview={<Text size="sm">{t.resendPreview}</Text>}
      confirm={t.resend}
      isPending={resend.isPending}
      onConfirm={(reason) => resend.mutate({ params: { channel, number }, body: { shipmentId, reason } })}
      onClose={onClose}
    />
  );
}
