import { Anchor, Stack, Table } from '@mantine/core';
import { Link } from 'react-router';
import { listConfigurations, saveConfiguration } from '../../../api/contract/catalogue';
import { ask } from '../../api';
import { useFormat } from '../../format';
import { ListFiles } from '../../parts/list-files';
import { More } from '../../parts/more';
import { Shown } from '../../parts/page-state';
import { useMay } from '../../session';
import { usePages } from '../../use-pages';
import { useWords } from '../../words';
import { Finder, useFinder } from './finder';
import { catalogueWords } from './words';

/** What we sell. */
export function Configurations() {
  const t = useWords(catalogueWords);
  const { number } = useFormat();
  const finder = useFinder();
  const { q } = finder;
  const mayAdd = useMay(saveConfiguration);
  const configurations = usePages([listConfigurations.path, q], (cursor) =>
    ask(listConfigurations, { query: { q, cursor } }),
  );
  const add = mayAdd ? { to: '/catalogue/configurations-new', label: t.addConfiguration } : undefined;
  return (
    <Stack>
      <Finder of={finder} add={add} />
      <ListFiles kind="configurations" />
      <Shown of={configurations} isEmpty={({ rows }) => rows.length === 0} empty={t.empty}>
        {({ rows }) => (
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t.code}</Table.Th>
                <Table.Th>{t.name}</Table.Th>
                <Table.Th>{t.contents}</Table.Th>
                <Table.Th ta="right">{t.version}</Table.Th>
                <Table.Th ta="right">{t.matches}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(({ code, name, items, version, matches }) => (
                <Table.Tr key={code}>
                  <Table.Td>
                    <Anchor component={Link} to={`/catalogue/configurations/${code}`} size="sm">
                      {code}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>{name}</Table.Td>
                  <Table.Td>
                    {items.map((piece) => `${piece.itemName} × ${piece.quantity}`).join(', ')}
                  </Table.Td>
                  <Table.Td ta="right">{version}</Table.Td>
                  <Table.Td ta="right">{number(matches)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Shown>
      <More of={configurations} />
    </Stack>
  );
}
