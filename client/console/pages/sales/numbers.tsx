import { Card, SimpleGrid, Text } from '@mantine/core';
import { useFormat } from '../../format';
import { useWords } from '../../words';
import { type SalesAnswer, useChange } from './figures';
import { words } from './words';

/** What it comes to, each figure with the one it is compared with. */
export function Numbers({ report: { total, earlier } }: { report: SalesAnswer }) {
  const t = useWords(words);
  const { won, number } = useFormat();
  const change = useChange();
  const before = earlier?.total;
  const sums = [
    [t.net, total.amount, before?.amount, won],
    [t.gross, total.gross, before?.gross, won],
    [t.returns, total.returns, before?.returns, won],
    [t.pieces, String(total.quantity), before && String(before.quantity), (n: string) => number(Number(n))],
  ] as const;
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }}>
      {sums.map(([label, now, was, format]) => (
        <Card key={label} withBorder p="sm">
          <Text size="sm">{label}</Text>
          <Text fw={700} size="xl">
            {format(now)}
          </Text>
          {was === undefined ? null : (
            <Text size="sm" c="gray.7">
              {t.before} {format(was)} {change(now, was)}
            </Text>
          )}
        </Card>
      ))}
    </SimpleGrid>
  );
}
