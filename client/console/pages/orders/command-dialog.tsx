import { Select, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { OrderCommand } from '../../../../domain/order-command';
import { COMMAND_CONTRACTS } from '../../../api/contract/order-commands';
import { previewCommand, readOrderChoices } from '../../../api/contract/orders';
import type { Answer } from '../../../api/contract/route';
import { useAnswer, useCommand } from '../../api';
import { useFormat } from '../../format';
import { Shown } from '../../parts/page-state';
import { useSaid } from '../../parts/said';
import { WithReason } from '../../parts/with-reason';
import { dictionary, useWords } from '../../words';
import { Companions } from './companions';
import { paramsOf, type ShownOrder } from './shown-order';
import { SplitUnits } from './split-units';
import { commandWords, effectWords, hindranceWords } from './words';

const words = dictionary(
  {
    units: (count: string) => `주문 수량 ${count}개`,
    givenBack: (pieces: string, item: string, wms: string) => `${wms} 재고 ${item} ${pieces}개가 풀립니다`,
    withWms: (wms: string, reference: string) => `${wms}가 받은 출고 요청: ${reference}`,
    with: (orders: string) => `같은 상자로 나가는 주문: ${orders}`,
    tracking: (number: string) => `송장 ${number}`,
    to: '보낼 WMS',
    done: '처리했습니다',
  },
  {
    units: (count: string) => `${count} units ordered`,
    givenBack: (pieces: string, item: string, wms: string) => `${pieces} × ${item} at ${wms} become free`,
    withWms: (wms: string, reference: string) => `${wms} has it: ${reference}`,
    with: (orders: string) => `In the same parcel: ${orders}`,
    tracking: (number: string) => `Tracking number ${number}`,
    to: 'To WMS',
    done: 'Done',
  },
);

interface Props {
  readonly order: ShownOrder;
  readonly command: OrderCommand;
  readonly onClose: () => void;
}

/** Says what a command would do, asks for the reason, and has it done. */
export function CommandDialog({ order, command, onClose }: Props) {
  const t = useWords(words);
  const names = useWords(commandWords);
  const said = useSaid();
  const params = paramsOf(order);
  const preview = useAnswer(previewCommand, { params: { ...params, command } });
  const [to, setTo] = useState<string | null>(null);
  const [others, setOthers] = useState<string[]>([]);
  const [lines, setLines] = useState<{ line: string; quantity: number }[] | undefined>();
  const carryOut = useCommand(COMMAND_CONTRACTS[command], ({ says }) => {
    notifications.show({ color: 'teal', title: t.done, message: said(says) });
    onClose();
  });
  const send = (reason: string) => {
    const body = {
      reason,
      ...(command === 'move' ? { to: to ?? '' } : {}),
      ...(command === 'combine' ? { with: others } : {}),
      ...(command === 'split' && lines !== undefined ? { lines } : {}),
    };
    carryOut.mutate({ params, body });
  };
  return (
    <WithReason
      title={`${names[command]} · ${order.orderNumber}`}
      preview={
        <Stack gap="xs">
          <Shown of={preview}>{(data) => <Outlook preview={data} />}</Shown>
          {command === 'move' ? <Target value={to} onChange={setTo} /> : null}
          {command === 'combine' ? <Companions order={order} value={others} onChange={setOthers} /> : null}
          {command === 'split' ? <SplitUnits order={order} value={lines} onChange={setLines} /> : null}
        </Stack>
      }
      confirm={names[command]}
      {...(command === 'cancel' ? { color: 'red.8' } : {})}
      isPending={carryOut.isPending}
      onConfirm={send}
      onClose={onClose}
    />
  );
}

function Outlook({ preview }: { preview: Answer<typeof previewCommand> }) {
  const t = useWords(words);
  const effects = useWords(effectWords);
  const hindrances = useWords(hindranceWords);
  const { number } = useFormat();
  const { outlook, units, givenBack, withWms, together, trackingNumbers } = preview;
  const facts = [
    t.units(number(units)),
    ...together.filter((group) => group.with.length > 0).map((group) => t.with(group.with.join(', '))),
    ...withWms.map(({ wms, reference, code }) => t.withWms(wms, reference ?? code)),
    ...givenBack.map(({ pieces, itemCode, wms }) => t.givenBack(number(pieces), itemCode, wms)),
    ...trackingNumbers.map((tracking) => t.tracking(tracking)),
  ];
  return (
    <>
      <Text fw={500} {...(outlook.possible ? {} : { c: 'red.8' })}>
        {outlook.possible ? effects[outlook.effect] : hindrances[outlook.hindrance]}
      </Text>
      {facts.map((fact) => (
        <Text size="sm" key={fact}>
          {fact}
        </Text>
      ))}
    </>
  );
}

function Target({ value, onChange }: { value: string | null; onChange: (wms: string | null) => void }) {
  const t = useWords(words);
  const { data } = useAnswer(readOrderChoices, {});
  return <Select label={t.to} required data={data?.wmses ?? []} value={value} onChange={onChange} />;
}
