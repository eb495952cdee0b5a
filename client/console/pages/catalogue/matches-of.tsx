import { Anchor, Table, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { readConfiguration } from '../../../api/contract/catalogue';
import type { Answer } from '../../../api/contract/route';
import { useWords } from '../../words';
import { catalogueWords } from './words';

/** The newest matches that stand for a configuration. */
export function MatchesOf({ matches }: Pick<Answer<typeof readConfiguration>, 'matches'>) {
  const t = useWords(catalogueWords);
  return (
    <section>
      <Title order={3} size="h6">
        {t.matchesOf}
      </Title>
      {matches.length === 0 ? (
        <Text size="sm" c="gray.7">
          {t.noMatches}
        </Text>
      ) : (
        <Table>
          <Table.Tbody>
            {matches.map(({ dealKey, channel, deal, option }) => (
              <Table.Tr key={dealKey}>
                <Table.Td>{channel}</Table.Td>
                <Table.Td>
                  <Anchor component={Link} to={`/matching/deals/${dealKey}`} size="sm">
                    {option === '' ? deal : `${deal} / ${option}`}
                  </Anchor>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}
