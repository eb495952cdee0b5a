import { Box, Group, Text } from '@mantine/core';
import type { readCoverage } from '../../../api/contract/collection';
import type { Answer } from '../../../api/contract/route';
import { useFormat } from '../../format';
import { useWords } from '../../words';
import { words } from './words';

type Coverage = Answer<typeof readCoverage>;

const COLORS = { read: 'green.6', gaps: 'red.7', givenUp: 'gray.7', unread: 'yellow.4' } as const;
type Kind = keyof typeof COLORS;

/** A source's time as a bar: read, not read, given up, still to be read. */
export function CoverageBar({ coverage }: { coverage: Coverage }) {
  const t = useWords(words);
  const { time } = useFormat();
  const { source, from, to, read, gaps, givenUp, readTo } = coverage;
  const begin = Date.parse(from);
  const percent = (moment: string) => {
    const share = (Date.parse(moment) - begin) / (Date.parse(to) - begin);
    return 100 * Math.min(1, Math.max(0, share));
  };
  const unread = readTo !== null && readTo < to ? [{ from: readTo, to }] : [];
  const kinds: [Kind, Coverage['read']][] = [
    ['read', read],
    ['gaps', gaps],
    ['givenUp', givenUp],
    ['unread', unread],
  ];
  return (
    <Box my="xs">
      <Box
        role="img"
        aria-label={t.barSays(source, gaps.length)}
        pos="relative"
        h={22}
        bg="gray.2"
        style={{ borderRadius: 4, overflow: 'hidden' }}
      >
        {kinds.flatMap(([kind, stretches]) =>
          stretches.map((stretch) => (
            <Box
              key={`${kind} ${stretch.from}`}
              title={`${t[kind]}: ${time(stretch.from)} – ${time(stretch.to)}`}
              pos="absolute"
              h="100%"
              bg={COLORS[kind]}
              style={{
                left: `${percent(stretch.from)}%`,
                // A gap of a minute in a month is seen, too.
                width: `max(2px, ${percent(stretch.to) - percent(stretch.from)}%)`,
              }}
            />
          )),
        )}
      </Box>
      <Group justify="space-between">
        <Text size="xs">{time(from)}</Text>
        <Group gap="md">
          {kinds.map(([kind]) => (
            <Group key={kind} gap={4}>
              <Box w={10} h={10} bg={COLORS[kind]} />
              <Text size="xs">{t[kind]}</Text>
            </Group>
          ))}
        </Group>
        <Text size="xs">{time(to)}</Text>
      </Group>
    </Box>
  );
}
