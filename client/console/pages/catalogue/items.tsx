import { Anchor, Stack, Table } from '@mantine/core';
import { Link } from 'react-router';
import { listItems, saveItem } from '../../../api/contract/catalogue';
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

/** What the warehouse stocks. */
export function Items() {
  const t = useWords(catalogueWords);
  const { won } = useFormat();
  const finder = useFinder();
  const { q } = finder;
  const mayAdd = useMay(saveItem);
  const items = usePages([listItems.path, q], (cursor) => ask(listItems, { query: { q, cursor } }));
  return (
    <Stack>
      <Finder of={finder} add={mayAdd ? { to: '/catalogue/items-new', label: t.addItem } : undefined} />
      <ListFiles kind="items" />
      <Shown of={items} isEmpty={({ rows }) => rows.length === 0} empty={t.empty}>
        {({ rows }) => (
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t.code}</Table.Th>
                <Table.Th>{t.name}</Table.Th>
                <Table.Th ta="right">{t.referencePrice}</Table.Th>
                <Table.Th ta="right">{t.version}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(({ code, name, referencePrice, version }) => (
                <Table.Tr key={code}>
                  <Table.Td>
                    <Anchor component={Link} to={`/catalogue/items/${code}`} size="sm">
                      {code}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>{name}</Table.Td>
                  <Table.Td ta="right">{won(referencePrice)}</Table.Td>
                  <Table.Td ta="right">{version}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Shown>
      <More of={items} />
    </Stack>
  );
}
