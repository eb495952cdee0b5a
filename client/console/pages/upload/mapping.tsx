import { Button, Checkbox, Group, Select, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { PRICE_FIELDS, UPLOAD_FIELDS, type UploadField } from '../../../../domain/upload-field';
import { mendDraft, saveTemplate, type UploadDraft } from '../../../api/contract/upload';
import { useCommand } from '../../api';
import { CodeInput } from '../../parts/code-input';
import { useWords } from '../../words';
import { fieldWords } from './field-words';
import { useKeepDraft } from './use-draft';
import { words } from './words';

type Outline = NonNullable<UploadDraft['outline']>;
type Meanings = ReadonlyMap<string, UploadField | null>;

/** Says what the columns of a file mean that no template fits; it becomes a template. */
export function Mapping({ draft, outline }: { draft: UploadDraft; outline: Outline }) {
  const t = useWords(words);
  const keep = useKeepDraft();
  const [meanings, setMeanings] = useState<Meanings>(
    () => new Map(outline.columns.map(({ column, suggested }) => [column, suggested])),
  );
  const [name, setName] = useState('');
  const [channel, setChannel] = useState('b2b');
  const [sample, setSample] = useState(false);
  const [reason, setReason] = useState('');
  const mend = useCommand(mendDraft, keep);
  const save = useCommand(saveTemplate, () => {
    const { version, sheet } = draft;
    mend.mutate({ params: { id: draft.id }, body: { version, template: name, sheet, corrections: [] } });
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const columns = outline.columns.flatMap(({ column, header }) => {
      const field = meanings.get(column) ?? null;
      return field === null || header === '' || (sample && PRICE_FIELDS.includes(field))
        ? []
        : [{ header, field }];
    });
    save.mutate({ params: { name }, body: { channel, sample, columns, replaces: null, reason } });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <div>
          <Title order={2} size="h5">
            {t.mapTitle}
          </Title>
          <Text size="sm" c="gray.7">
            {t.mapHint}
          </Text>
        </div>
        <MappedColumns outline={outline} meanings={meanings} onChange={setMeanings} />
        <Group align="end">
          <CodeInput label={t.name} value={name} onChange={setName} />
          <CodeInput label={t.channel} value={channel} onChange={setChannel} />
          <TextInput
            label={t.reason}
            required
            maxLength={300}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Checkbox
            label={t.sample}
            checked={sample}
            onChange={(event) => setSample(event.currentTarget.checked)}
          />
          <Button type="submit" loading={save.isPending || mend.isPending}>
            {t.saveAndCheck}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function MappedColumns({
  outline,
  meanings,
  onChange,
}: {
  outline: Outline;
  meanings: Meanings;
  onChange: (meanings: Meanings) => void;
}) {
  const t = useWords(words);
  const fields = useWords(fieldWords);
  const choices = UPLOAD_FIELDS.map((field) => ({ value: field, label: fields[field] }));
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t.column}</Table.Th>
          <Table.Th>{t.example}</Table.Th>
          <Table.Th>{t.meaning}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {outline.columns.map(({ column, header }, index) =>
          header === '' ? null : (
            <Table.Tr key={column}>
              <Table.Td>
                {column} {header}
              </Table.Td>
              <Table.Td maw={420}>
                <Text size="sm" c="gray.7" truncate>
                  {outline.examples.map((cells) => cells[index] ?? '').join(' / ')}
                </Text>
              </Table.Td>
              <Table.Td>
                <Select
                  size="xs"
                  aria-label={`${header} ${t.meaning}`}
                  placeholder={t.nothing}
                  clearable
                  data={choices}
                  value={meanings.get(column) ?? null}
                  onChange={(value) => onChange(new Map(meanings).set(column, value as UploadField | null))}
                />
              </Table.Td>
            </Table.Tr>
          ),
        )}
      </Table.Tbody>
    </Table>
  );
}
