import { Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useParams } from 'react-router';
import { setLevels, showLevel } from '../../../api/contract/stock';
import { useAnswer } from '../../api';
import { useFormat } from '../../format';
import { Opener } from '../../parts/opener';
import { Shown } from '../../parts/page-state';
import { useMay } from '../../session';
import { dictionary, useWords } from '../../words';
import { Ledger } from './ledger';
import type { Level } from './levels';
import { PastStock } from './past-stock';
import { SetLevels } from './set-levels';
import { Waiting } from './waiting';
import { stockWords } from './words';

const words = dictionary(
  { set: '안전재고·알림 정하기', asOf: '재고 확인', how: '실재고 − 할당 − 확인 후 출고 − 안전재고' },
  { set: 'Set safety and warning', asOf: 'read', how: 'on hand − allocated − shipped since − safety' },
);

/** One item at one WMS: now, before, who waits for it, and every change. */
export function Item() {
  const { wms = '', itemCode = '' } = useParams();
  const params = { wms, itemCode };
  const t = useWords(words);
  const level = useAnswer(showLevel, { params });
  const maySet = useMay(setLevels);
  const [seen, setSeen] = useState<Level>();
  return (
    <Shown of={level}>
      {(shown) => (
        <Stack>
          <Group justify="space-between">
            <Title order={2} size="h4">
              {itemCode} {shown.name ?? ''} · {wms}
            </Title>
            {maySet ? <Opener onClick={() => setSeen(shown)}>{t.set}</Opener> : null}
          </Group>
          <Figures level={shown} />
          <PastStock wms={wms} itemCode={itemCode} />
          {shown.waitedFor > 0 ? <Waiting wms={wms} itemCode={itemCode} /> : null}
          <Ledger wms={wms} itemCode={itemCode} />
          {seen === undefined ? null : <SetLevels level={seen} onClose={() => setSeen(undefined)} />}
        </Stack>
      )}
    </Shown>
  );
}

function Figures({ level }: { level: Level }) {
  const t = useWords(words);
  const common = useWords(stockWords);
  const { number, ago } = useFormat();
  const figures = [
    [common.available, number(level.available)],
    [common.onHand, number(level.onHand)],
    [common.allocated, number(level.allocated)],
    [common.shippedSince, number(level.shippedSince)],
    [common.safety, number(level.safety)],
    [common.incoming, level.incoming === null ? '–' : number(level.incoming)],
    [common.warnBelow, level.warnBelow === null ? '–' : number(level.warnBelow)],
  ] as const;
  return (
    <>
      <SimpleGrid cols={{ base: 2, sm: 4, lg: 7 }} spacing="xs">
        {figures.map(([title, figure]) => (
          <Paper key={title} withBorder p="xs">
            <Text size="xs" c="gray.7">
              {title}
            </Text>
            <Text fw={600}>{figure}</Text>
          </Paper>
        ))}
      </SimpleGrid>
      <Text size="sm" c="gray.7">
        {common.available} = {t.how}
        {level.snapshotAt === null ? '' : ` · ${t.asOf} ${ago(level.snapshotAt)}`}
      </Text>
    </>
  );
}
