import { Table, Text, Title } from '@mantine/core';
import type { readConfiguration } from '../../../api/contract/catalogue';
import type { Answer } from '../../../api/contract/route';
import { useFormat } from '../../format';
import { Tag } from '../../parts/tag';
import { useWords } from '../../words';
import { catalogueWords } from './words';

/** What was in a configuration, version by version, the newest first. */
export function Versions({ versions }: Pick<Answer<typeof readConfiguration>, 'versions'>) {
  const t = useWords(catalogueWords);
  const { time } = useFormat();
  return (
    <section>
      <Title order={3} size="h6">
        {t.versions}
      </Title>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {[t.version, t.contents, t.by, t.at, t.reason].map((head) => (
              <Table.Th key={head}>{head}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {versions.map(({ version, items, bundles, edit }, at) => (
            <Table.Tr key={version}>
              <Table.Td>
                {version} {at === 0 ? <Tag color="teal">{t.inForce}</Tag> : null}
              </Table.Td>
              <Table.Td>
                {items.map((piece) => `${piece.itemCode} ${piece.itemName} × ${piece.quantity}`).join(', ')}
                {bundles.length === 0 ? null : (
                  <Text size="xs" c="gray.7">
                    {t.bundlesOf}:{' '}
                    {bundles
                      .map(
                        (part) => `${part.configuration} (v${part.configurationVersion}) × ${part.quantity}`,
                      )
                      .join(', ')}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>{edit?.by}</Table.Td>
              <Table.Td>{edit === null ? '' : time(edit.at)}</Table.Td>
              <Table.Td>{edit?.reason}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
