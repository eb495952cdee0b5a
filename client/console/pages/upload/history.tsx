import { Anchor, Table, Title } from '@mantine/core';
import { Link } from 'react-router';
import { listUploads } from '../../../api/contract/upload';
import { ask, keyOf } from '../../api';
import { useFormat } from '../../format';
import { More } from '../../parts/more';
import { Shown } from '../../parts/page-state';
import { usePages } from '../../use-pages';
import { useWords } from '../../words';
import { words } from './words';

/** The files that were taken in. */
export function History() {
  const t = useWords(words);
  const { number, time } = useFormat();
  const uploads = usePages(keyOf(listUploads, { query: {} }), (cursor) =>
    ask(listUploads, { query: { cursor } }),
  );
  return (
    <>
      <Title order={2} size="h5">
        {t.history}
      </Title>
      <Shown of={uploads} isEmpty={({ rows }) => rows.length === 0} empty={t.noUploads}>
        {({ rows }) => (
          <Table>
            <Table.Thead>
              <Table.Tr>
                {[t.file, t.template, t.orders, t.rows, t.rejectedRows, t.by, t.at].map((heading) => (
                  <Table.Th key={heading}>{heading}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((upload) => (
                <Table.Tr key={upload.id}>
                  <Table.Td>
                    <Anchor component={Link} to={`/upload/${upload.id}`}>
                      {upload.fileName}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>{upload.template}</Table.Td>
                  <Table.Td>{number(upload.orders)}</Table.Td>
                  <Table.Td>{number(upload.rows)}</Table.Td>
                  <Table.Td>{number(upload.rejectedRows)}</Table.Td>
                  <Table.Td>{upload.madeBy}</Table.Td>
                  <Table.Td>{time(upload.madeAt)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Shown>
      <More of={uploads} />
    </>
  );
}
