import { NumberInput, Stack, Table, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { listWindows, setWindow } from '../../../api/contract/packing';
import { useAnswer, useCommand } from '../../api';
import { useFormat } from '../../format';
import { ListTable } from '../../parts/list-table';
import { Opener } from '../../parts/opener';
import { Shown } from '../../parts/page-state';
import { Section } from '../../parts/section';
import { WithReason } from '../../parts/with-reason';
import { useMay } from '../../session';
import { dictionary, useWords } from '../../words';

const words = dictionary(
  {
    title: '기다리는 시간',
    about: '묶음의 첫 주문이 준비된 때부터 셉니다. 0분이면 기다리지 않습니다.',
    empty: '정해진 것이 없어, 주문은 서로 기다리지 않습니다.',
    set: '정하기',
    channel: '채널',
    others: '나머지 모든 채널',
    ofOthers: '비우면 따로 정하지 않은 모든 채널',
    minutes: '기다리는 시간 (분)',
    minutesOf: (minutes: string) => `${minutes}분`,
    mostOrders: '한 상자에 최대 주문',
    mostPieces: '한 상자에 최대 수량',
    unlimited: '비우면 제한 없음',
    by: '누가',
    at: '언제',
  },
  {
    title: 'How long orders wait',
    about: 'Counted from when the first of a group was ready. 0 minutes: nobody waits.',
    empty: 'Nothing is set: orders wait for no others.',
    set: 'Set',
    channel: 'Channel',
    others: 'All others',
    ofOthers: 'Empty: all that have none of their own',
    minutes: 'Waits (minutes)',
    minutesOf: (minutes: string) => `${minutes} minutes`,
    mostOrders: 'Most orders in a parcel',
    mostPieces: 'Most pieces in a parcel',
    unlimited: 'Empty: as many as there are',
    by: 'By',
    at: 'At',
  },
);

/** How long orders of a channel wait for companions, and how many go into one parcel. */
export function PackingWindows() {
  const t = useWords(words);
  const { number, time } = useFormat();
  const windows = useAnswer(listWindows, {});
  const maySet = useMay(setWindow);
  const [isSetting, setIsSetting] = useState(false);
  return (
    <Section
      title={t.title}
      actions={maySet ? <Opener onClick={() => setIsSetting(true)}>{t.set}</Opener> : undefined}
    >
      <Text size="sm" mb="xs">
        {t.about}
      </Text>
      <Shown of={windows} isEmpty={(all) => all.windows.length === 0} empty={t.empty}>
        {(all) => (
          <ListTable head={[t.channel, t.minutes, t.mostOrders, t.mostPieces, t.by, t.at]}>
            {all.windows.map((window) => (
              <Table.Tr key={window.channel}>
                <Table.Td>{window.channel || t.others}</Table.Td>
                <Table.Td>{t.minutesOf(number(window.minutes))}</Table.Td>
                <Table.Td>{window.mostOrders === null ? '–' : number(window.mostOrders)}</Table.Td>
                <Table.Td>{window.mostPieces === null ? '–' : number(window.mostPieces)}</Table.Td>
                <Table.Td>{window.setBy}</Table.Td>
                <Table.Td>{time(window.setAt)}</Table.Td>
              </Table.Tr>
            ))}
          </ListTable>
        )}
      </Shown>
      {isSetting ? <SetWindow onClose={() => setIsSetting(false)} /> : null}
    </Section>
  );
}

function SetWindow({ onClose }: { onClose: () => void }) {
  const t = useWords(words);
  const [channel, setChannel] = useState('');
  const [minutes, setMinutes] = useState<number | string>('');
  const [orders, setOrders] = useState<number | string>('');
  const [pieces, setPieces] = useState<number | string>('');
  const save = useCommand(setWindow, onClose);
  return (
    <WithReason
      title={t.title}
      preview={
        <Stack gap="xs">
          <TextInput
            label={t.channel}
            description={t.ofOthers}
            value={channel}
            onChange={({ currentTarget: { value } }) => setChannel(value.trim())}
          />
          <NumberInput
            label={t.minutes}
            required
            min={0}
            max={10_080}
            allowDecimal={false}
            value={minutes}
            onChange={setMinutes}
          />
          <NumberInput
            label={t.mostOrders}
            description={t.unlimited}
            min={2}
            allowDecimal={false}
            value={orders}
            onChange={setOrders}
          />
          <NumberInput
            label={t.mostPieces}
            description={t.unlimited}
            min={1}
            allowDecimal={false}
            value={pieces}
            onChange={setPieces}
          />
        </Stack>
      }
      confirm={t.set}
      isPending={save.isPending}
      onConfirm={(reason) =>
        save.mutate({
          body: {
            channel,
            minutes: Number(minutes),
            mostOrders: orNull(orders),
            mostPieces: orNull(pieces),
            reason,
          },
        })
      }
      onClose={onClose}
    />
  );
}

const orNull = (value: number | string) => (value === '' ? null : Number(value));
