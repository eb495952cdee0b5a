import { Button, Checkbox, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { enterOrder, readOrderChoices } from '../../../api/contract/orders';
import { useAnswer, useCommand } from '../../api';
import { Page } from '../../parts/page';
import { Section } from '../../parts/section';
import { dictionary, useWords } from '../../words';
import { addressOfOrder } from './order-table';
import { fieldWords } from './words';

const words = dictionary(
  {
    title: '주문 직접 입력',
    number: '주문번호 (비우면 만들어 줌)',
    sample: '샘플 (매출 없음)',
    name: '이름',
    phone: '연락처',
    postcode: '우편번호',
    address: '주소',
    deliveryMessage: '배송 메시지',
    lines: '상품',
    option: '옵션',
    lineAmount: '줄 금액(원)',
    addLine: '줄 추가',
    removeLine: '줄 빼기',
    reason: '입력하는 사유',
    save: '주문 넣기',
  },
  {
    title: 'Enter an order',
    number: 'Order no. (made up if left empty)',
    sample: 'Sample (no revenue)',
    name: 'Name',
    phone: 'Phone',
    postcode: 'Postcode',
    address: 'Address',
    deliveryMessage: 'Delivery message',
    lines: 'Products',
    option: 'Option',
    lineAmount: 'Amount of the line (won)',
    addLine: 'Add a line',
    removeLine: 'Remove the line',
    reason: 'Why it is entered',
    save: 'Enter the order',
  },
);

const PERSON = ['name', 'phone', 'postcode', 'address'] as const;
const EMPTY = {
  number: '',
  name: '',
  phone: '',
  postcode: '',
  address: '',
  deliveryMessage: '',
  shippingFee: 0,
  reason: '',
};
const NEW_LINE = { deal: '', option: '', quantity: 1, amount: 0 };
type Line = typeof NEW_LINE & { readonly id: number };

/** One order by hand; it goes the way of all others. */
export function NewOrder() {
  const t = useWords(words);
  const field = useWords(fieldWords);
  const go = useNavigate();
  const channels = useAnswer(readOrderChoices, {}).data?.channels ?? [];
  const [channel, setChannel] = useState<string | null>(null);
  const [isSample, setSample] = useState(false);
  const [given, setGiven] = useState(EMPTY);
  const [lines, setLines] = useState<readonly Line[]>([{ ...NEW_LINE, id: 0 }]);
  const enter = useCommand(enterOrder, ({ key }) => void go(addressOfOrder(key)));
  const text = (name: Exclude<keyof typeof EMPTY, 'shippingFee'>, isRequired: boolean) => (
    <TextInput
      label={t[name]}
      required={isRequired}
      value={given[name]}
      onChange={(event) => setGiven({ ...given, [name]: event.currentTarget.value })}
    />
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { name, phone, postcode, address, deliveryMessage, number, shippingFee, reason } = given;
    enter.mutate({
      body: {
        channel: channel ?? '',
        sample: isSample,
        ...(number.trim() === '' ? {} : { orderNumber: number }),
        recipient: { name, phone, postcode, address, deliveryMessage: deliveryMessage.trim() || null },
        shippingFee: String(shippingFee),
        lines: lines.map(({ deal, option, quantity, amount }) => ({
          deal,
          option,
          quantity,
          amount: String(amount),
        })),
        reason,
      },
    });
  };
  return (
    <Page title={t.title}>
      <form onSubmit={submit}>
        <Stack maw={760}>
          <Section title={field.order}>
            <Group grow align="flex-end">
              <Select
                label={field.channel}
                required
                searchable
                data={channels}
                value={channel}
                onChange={setChannel}
              />
              {text('number', false)}
            </Group>
            <Checkbox
              mt="sm"
              label={t.sample}
              checked={isSample}
              onChange={(event) => setSample(event.currentTarget.checked)}
            />
          </Section>
          <Section title={field.recipient}>
            {PERSON.map((name) => (
              <div key={name}>{text(name, true)}</div>
            ))}
            {text('deliveryMessage', false)}
          </Section>
          <Section title={t.lines}>
            <Lines lines={lines} isSample={isSample} set={setLines} />
            <NumberInput
              label={`${field.shippingFee} (원)`}
              min={0}
              allowDecimal={false}
              value={given.shippingFee}
              onChange={(won) => setGiven({ ...given, shippingFee: Number(won) || 0 })}
            />
          </Section>
          {text('reason', true)}
          <Group justify="flex-end">
            <Button type="submit" size="sm" loading={enter.isPending}>
              {t.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}

function Lines({
  lines,
  isSample,
  set,
}: {
  lines: readonly Line[];
  isSample: boolean;
  set: (lines: readonly Line[]) => void;
}) {
  const t = useWords(words);
  const field = useWords(fieldWords);
  const change = (id: number, change: Partial<Line>) =>
    set(lines.map((line) => (line.id === id ? { ...line, ...change } : line)));
  return (
    <Stack gap="xs" mb="sm">
      {lines.map(({ id, deal, option, quantity, amount }) => (
        <Group key={id} align="flex-end" grow preventGrowOverflow={false}>
          <TextInput
            label={field.deal}
            required
            value={deal}
            onChange={(event) => change(id, { deal: event.currentTarget.value })}
          />
          <TextInput
            label={t.option}
            value={option}
            onChange={(event) => change(id, { option: event.currentTarget.value })}
          />
          <NumberInput
            label={field.units}
            min={1}
            allowDecimal={false}
            value={quantity}
            onChange={(units) => change(id, { quantity: Number(units) || 1 })}
          />
          {isSample ? null : (
            <NumberInput
              label={t.lineAmount}
              min={0}
              allowDecimal={false}
              value={amount}
              onChange={(won) => change(id, { amount: Number(won) || 0 })}
            />
          )}
          {lines.length === 1 ? null : (
            <Button variant="subtle" onClick={() => set(lines.filter((line) => line.id !== id))}>
              {t.removeLine}
            </Button>
          )}
        </Group>
      ))}
      <Group>
        <Button
          variant="light"
          onClick={() => set([...lines, { ...NEW_LINE, id: Math.max(...lines.map(({ id }) => id)) + 1 }])}
        >
          {t.addLine}
        </Button>
      </Group>
    </Stack>
  );
}
