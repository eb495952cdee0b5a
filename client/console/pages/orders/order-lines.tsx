import { Anchor, Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useFormat } from '../../format';
import { Section } from '../../parts/section';
import { dictionary, useWords } from '../../words';
import type { ShownOrder } from './shown-order';
import { fieldWords } from './words';

const words = dictionary(
  {
    title: '주문 내용',
    configuration: '판매 구성안',
    notMatched: '매칭 안 됨',
    notRead: '아직 읽지 않은 주문입니다.',
    match: (version: number) => `매칭 버전 ${version}`,
    once: '이 주문만',
    gift: (rule: number) => `사은품 규칙 ${rule}`,
    cancelled: (units: string) => `취소 ${units}`,
    total: '합계',
  },
  {
    title: 'Lines',
    configuration: 'Configuration',
    notMatched: 'not matched',
    notRead: 'The order has not been read yet.',
    match: (version: number) => `match, version ${version}`,
    once: 'this order only',
    gift: (rule: number) => `gift rule ${rule}`,
    cancelled: (units: string) => `${units} cancelled`,
    total: 'Total',
  },
);

export function OrderLines({ order }: { order: ShownOrder }) {
  const t = useWords(words);
  const field = useWords(fieldWords);
  const { number, won } = useFormat();
  const total = order.lines.reduce(
    (sum, line) => sum + BigInt(line.amount) - BigInt(line.discount),
    BigInt(order.shippingFee),
  );
  return (
    <Section title={t.title}>
      {order.lines.length === 0 ? <Text c="dimmed">{t.notRead}</Text> : null}
      <Table.ScrollContainer minWidth={320}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{field.deal}</Table.Th>
              <Table.Th>{t.configuration}</Table.Th>
              <Table.Th ta="right">{field.units}</Table.Th>
              <Table.Th ta="right">{field.amount}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {order.lines.map((line) => (
              <Table.Tr key={line.lineNumber}>
                <Table.Td>
                  {line.deal}
                  <Text size="xs" c="dimmed">
                    {line.lineNumber} {line.option}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <StandsFor line={line} />
                </Table.Td>
                <Table.Td ta="right">
                  {number(line.quantity)}
                  {line.cancelledQuantity === 0 ? null : (
                    <Text size="xs">{t.cancelled(number(line.cancelledQuantity))}</Text>
                  )}
                </Table.Td>
                <Table.Td ta="right">
                  {won((BigInt(line.amount) - BigInt(line.discount)).toString())}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
          <Table.Tfoot>
            <Table.Tr>
              <Table.Td colSpan={3}>
                {field.shippingFee} {won(order.shippingFee)} · {t.total}
              </Table.Td>
              <Table.Td ta="right" fw={600}>
                {won(total.toString())}
              </Table.Td>
            </Table.Tr>
          </Table.Tfoot>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}

/** A line's configuration and the decision behind it, by the versions that it was matched with. */
function StandsFor({ line }: { line: ShownOrder['lines'][number] }) {
  const t = useWords(words);
  const { configuration, configurationVersion, matchVersion, dealKey, giftRule } = line;
  const [decision, said] =
    giftRule === null
      ? [`/matching/deals/${dealKey}`, matchVersion === null ? t.once : t.match(matchVersion)]
      : ['/gifts', t.gift(giftRule)];
  if (configuration === null)
    return (
      <Anchor component={Link} to={decision} size="sm">
        {t.notMatched}
      </Anchor>
    );
  return (
    <>
      <Anchor component={Link} to={`/catalogue/configurations/${configuration}`} size="sm">
        {configuration} v{configurationVersion}
      </Anchor>
      <br />
      <Anchor component={Link} to={decision} size="xs">
        {said}
      </Anchor>
    </>
  );
}
