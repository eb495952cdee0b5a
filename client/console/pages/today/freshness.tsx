import { Anchor, Stack, Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Answer } from '../../../api/contract/route';
import type { readToday } from '../../../api/contract/today';
import { useFormat } from '../../format';
import { Section } from '../../parts/section';
import { Tag } from '../../parts/tag';
import { useWords } from '../../words';
import { todayWords } from './words';

const OLD_MS = 15 * 60_000;

/** When each source and WMS was last heard of. */
export function Freshness({ sources, wmses }: Pick<Answer<typeof readToday>, 'sources' | 'wmses'>) {
  const t = useWords(todayWords);
  return (
    <Section isTall title={t.freshness}>
      <Stack gap="xs">
        <Heard
          head={[t.source, t.collectedTo, t.ranAt]}
          rows={sources.map(({ id, paused, collectedTo, ranAt }) => ({
            id,
            paused,
            to: '/collection',
            moments: [collectedTo, ranAt],
          }))}
        />
        <Heard
          head={[t.wms, t.stockAt, t.shipmentsAt]}
          rows={wmses.map(({ id, paused, stockAt, shipmentsAt }) => ({
            id,
            paused,
            to: '/stock',
            moments: [stockAt, shipmentsAt],
          }))}
        />
      </Stack>
    </Section>
  );
}

interface Row {
  readonly id: string;
  readonly paused: boolean;
  readonly to: string;
  readonly moments: readonly [string | null, string | null];
}

function Heard({ head, rows }: { head: readonly string[]; rows: readonly Row[] }) {
  const t = useWords(todayWords);
  return (
    <Table verticalSpacing={2}>
      <Table.Thead>
        <Table.Tr>
          {head.map((text) => (
            <Table.Th key={text}>{text}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ id, paused, to, moments: [first, second] }) => (
          <Table.Tr key={id}>
            <Table.Td>
              <Anchor component={Link} to={to} size="sm">
                {id}
              </Anchor>
              {paused ? <Tag color="gray">{t.paused}</Tag> : null}
            </Table.Td>
            <Table.Td>
              <Moment at={first} mayBeOld={paused} />
            </Table.Td>
            <Table.Td>
              <Moment at={second} mayBeOld={paused} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Moment({ at, mayBeOld }: { at: string | null; mayBeOld: boolean }) {
  const t = useWords(todayWords);
  const { ago, time } = useFormat();
  if (at === null)
    return (
      <Text size="sm" c="gray.7">
        {t.never}
      </Text>
    );
  const isOld = !mayBeOld && Date.now() - new Date(at).getTime() > OLD_MS;
  return (
    <Text size="sm" title={time(at)} {...(isOld ? { c: 'orange.9', fw: 700 } : {})}>
      {ago(at)}
    </Text>
  );
}
