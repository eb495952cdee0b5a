import { Table, Text, Title } from '@mantine/core';
import { useFormat } from '../../format';
import { useWords } from '../../words';
import { catalogueWords } from './words';

/** Who changed something, when and why, the newest first. */
export function Edits({
  edits,
}: {
  edits: readonly { readonly at: string; readonly by: string; readonly reason: string }[];
}) {
  const t = useWords(catalogueWords);
  const { time } = useFormat();
  return (
    <section>
      <Title order={3} size="h6">
        {t.history}
      </Title>
      {edits.length === 0 ? (
        <Text size="sm" c="gray.7">
          {t.noHistory}
        </Text>
      ) : (
        <Table verticalSpacing={2}>
          <Table.Tbody>
            {edits.map(({ at, by, reason }) => (
              <Table.Tr key={at}>
                <Table.Td>{time(at)}</Table.Td>
                <Table.Td>{by}</Table.Td>
                <Table.Td>{reason}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}
