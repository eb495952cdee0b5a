import { NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { TRIVIAL_PERCENT } from '../../../../domain/deal-price';
import { minutesOf, timeOfDay } from '../../../../domain/time-of-day';
import { type listChannels, setChannelRule } from '../../../api/contract/collection';
import type { Answer } from '../../../api/contract/route';
import { useCommand } from '../../api';
import { WithReason } from '../../parts/with-reason';
import { dictionary, useWords } from '../../words';

const words = dictionary(
  {
    title: '채널 기준',
    cutOff: '마감 시각',
    cutOffMeans: '이 시각 뒤의 주문은 다음 날 주문으로 봅니다. 24:00이면 마감이 없습니다.',
    within: '출고 기한 (영업일)',
    buffer: '채널에 알리지 않는 재고',
    drift: '가격 변동 허용 (%)',
    driftMeans: '정해진 딜의 가격이 이보다 많이 달라지면 확인할 때까지 주문이 기다립니다.',
    stays: '이미 매칭된 주문은 그대로이고, 가격 때문에 기다리던 주문은 다시 확인합니다.',
    save: '정하기',
  },
  {
    title: 'What the channel expects',
    cutOff: 'Cut-off',
    cutOffMeans: 'An order placed later counts as of the next day. 24:00: there is none.',
    within: 'Ships within (working days)',
    buffer: 'Stock that it is not told of',
    drift: 'Trivial change of a price (%)',
    driftMeans: 'Where the price of a decided deal changes by more, its orders wait until that is confirmed.',
    stays: 'What is matched stays so; orders that wait for their price are looked at again.',
    save: 'Set',
  },
);

type Channel = Answer<typeof listChannels>['rows'][number];
type Rule = NonNullable<Channel['rule']>;

/** Where nobody has said anything yet. */
const USUAL: Rule = {
  cutOffMinutes: 14 * 60,
  shipWithinDays: 2,
  stockBuffer: 0,
  driftPercent: TRIVIAL_PERCENT,
};

/** By when a channel's orders ship, how much stock is kept back from it, and which of its prices are trivial. */
export function SetChannelRule({ of: { channel, rule }, onClose }: { of: Channel; onClose: () => void }) {
  const t = useWords(words);
  const [wanted, setWanted] = useState(rule ?? USUAL);
  const [cutOff, setCutOff] = useState(timeOfDay(wanted.cutOffMinutes));
  const save = useCommand(setChannelRule, onClose);
  const cutOffMinutes = minutesOf(cutOff);
  const count = (name: Exclude<keyof Rule, 'cutOffMinutes'>, label: string, most: number, means?: string) => (
    <NumberInput
      label={label}
      {...(means === undefined ? {} : { description: means })}
      min={0}
      max={most}
      allowDecimal={false}
      required
      value={wanted[name]}
      onChange={(value) => setWanted({ ...wanted, [name]: Number(value) })}
    />
  );
  return (
    <WithReason
      title={`${t.title}: ${channel}`}
      preview={
        <Stack gap="xs">
          <TextInput
            label={t.cutOff}
            description={t.cutOffMeans}
            required
            error={cutOffMinutes === undefined}
            value={cutOff}
            onChange={({ currentTarget: { value } }) => setCutOff(value)}
          />
          {count('shipWithinDays', t.within, 365)}
          {count('stockBuffer', t.buffer, 999_999)}
          {count('driftPercent', t.drift, 999, t.driftMeans)}
          <Text size="sm">{t.stays}</Text>
        </Stack>
      }
      confirm={t.save}
      isPending={save.isPending}
      onConfirm={(reason) => {
        if (cutOffMinutes === undefined) return;
        save.mutate({ params: { channel }, body: { ...wanted, cutOffMinutes, reason } });
      }}
      onClose={onClose}
    />
  );
}
