import { Anchor, Badge, Button, Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import { emptyFile, listTemplates } from '../../../api/contract/upload';
import { addressOf, useAnswer } from '../../api';
import { useFormat } from '../../format';
import { Page } from '../../parts/page';
import { Shown } from '../../parts/page-state';
import { useWords } from '../../words';
import { fieldWords } from './field-words';
import { words } from './words';

/** How kinds of files are read, and an empty file of each. */
export function Templates() {
  const t = useWords(words);
  const fields = useWords(fieldWords);
  const { time } = useFormat();
  const templates = useAnswer(listTemplates, {});
  return (
    <Page
      title={t.templates}
      actions={
        <Button variant="default" component={Link} to="/upload">
          {t.back}
        </Button>
      }
    >
      <Shown of={templates} isEmpty={({ rows }) => rows.length === 0} empty={t.noTemplates}>
        {({ rows }) => (
          <Table verticalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                {[t.template, t.channel, t.columns, t.savedBy, t.file].map((heading) => (
                  <Table.Th key={heading}>{heading}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(({ name, channel, sample, columns, updatedAt, updatedBy }) => (
                <Table.Tr key={name}>
                  <Table.Td fw={600}>{name}</Table.Td>
                  <Table.Td>
                    {channel} {sample ? <Badge variant="light">{t.noRevenue}</Badge> : null}
                  </Table.Td>
                  <Table.Td maw={480}>
                    <Text size="sm">
                      {columns
                        .map(({ header, field }) =>
                          header === fields[field] ? header : `${header} → ${fields[field]}`,
                        )
                        .join(', ')}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    {updatedBy} · {time(updatedAt)}
                  </Table.Td>
                  <Table.Td>
                    <Anchor href={addressOf(emptyFile, { params: { name } })} download>
                      {t.download}
                    </Anchor>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Shown>
    </Page>
  );
}
