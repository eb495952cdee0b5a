import { Anchor, Box, Switch, Table, Title } from '@mantine/core';
import { Link } from 'react-router';
import { useFormat } from '../../format';
import { useWords } from '../../words';
import type { Choice, DealShown } from './deal-detail';
import { matchingWords } from './words';

/** The lines that wait for a deal; a decision can be for one of them only. */
export function WaitingLines({
  lines,
  chosen,
  onChoose,
}: {
  lines: DealShown['lines'];
  chosen: Choice['line'];
  onChoose: ((line: Choice['line']) => void) | undefined;
}) {
  const t = useWords(matchingWords);
  const { number, time } = useFormat();
  if (lines.length === 0) return null;
  const isChosen = (line: DealShown['lines'][number]) =>
    line.orderKey === chosen?.orderKey && line.line === chosen.line;
  return (
    <Box component="section">
      <Title order={3} size="h6">
        {t.waitingLines}
      </Title>
      <Table verticalSpacing={2}>
        <Table.Tbody>
          {lines.map((line) => (
            <Table.Tr key={`${line.orderKey}#${line.line}`}>
              <Table.Td>
                <Anchor component={Link} to={`/orders/${line.orderKey}`} size="sm">
                  {line.orderKey}
                </Anchor>
              </Table.Td>
              <Table.Td>
                {number(line.units)} {t.units}
              </Table.Td>
              <Table.Td>{time(line.orderedAt)}</Table.Td>
              <Table.Td>
                {onChoose === undefined ? null : (
                  <Switch
                    size="xs"
                    label={t.once}
                    aria-label={`${t.once}: ${line.orderKey} ${line.line}`}
                    checked={isChosen(line)}
                    onChange={() => onChoose(isChosen(line) ? undefined : line)}
                  />
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}
