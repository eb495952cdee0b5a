import { Anchor, Stack, Table, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link, useSearchParams } from 'react-router';
import { listMatches } from '../../../api/contract/matching';
import { ask } from '../../api';
import { useFormat } from '../../format';
import { ListFiles } from '../../parts/list-files';
import { More } from '../../parts/more';
import { Shown } from '../../parts/page-state';
import { usePages } from '../../use-pages';
import { useWords } from '../../words';
import { matchingWords } from './words';

const TYPING_MS = 250;

/** The decisions in force, the newest first. */
export function Known() {
  const t = useWords(matchingWords);
  const { time } = useFormat();
  const [search, setSearch] = useSearchParams();
  const text = search.get('q') ?? '';
  const [q] = useDebouncedValue(text.trim(), TYPING_MS);
  const matches = usePages([listMatches.path, q], (cursor) => ask(listMatches, { query: { q, cursor } }));
  return (
    <Stack>
      <TextInput
        type="search"
        label={t.find}
        value={text}
        maxLength={100}
        onChange={({ currentTarget: { value } }) =>
          setSearch(value === '' ? {} : { q: value }, { replace: true })
        }
      />
      <ListFiles kind="matches" />
      <Shown of={matches} isEmpty={({ rows }) => rows.length === 0} empty={t.noneKnown}>
        {({ rows }) => (
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t.channel}</Table.Th>
                <Table.Th>{t.deal}</Table.Th>
                <Table.Th>{t.configuration}</Table.Th>
                <Table.Th>{t.version}</Table.Th>
                <Table.Th>{t.by}</Table.Th>
                <Table.Th>{t.at}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.dealKey}>
                  <Table.Td>{row.channel}</Table.Td>
                  <Table.Td>
                    <Anchor component={Link} to={`/matching/deals/${row.dealKey}`} size="sm">
                      {row.option === '' ? row.deal : `${row.deal} / ${row.option}`}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>
                    <Anchor component={Link} to={`/catalogue/configurations/${row.configuration}`} size="sm">
                      {row.configuration}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>{row.version}</Table.Td>
                  <Table.Td>{row.madeBy}</Table.Td>
                  <Table.Td>{time(row.madeAt)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Shown>
      <More of={matches} />
    </Stack>
  );
}
