import { Stack, Table, Text } from '@mantine/core';
import { useFormat } from '../../format';
import { Dialog } from '../../parts/dialog';
import { Said } from '../../parts/said';
import { useWords } from '../../words';
import type { Event } from './audit-list';
import { Subject } from './audit-table';
import { words } from './words';

type Fields = Readonly<Record<string, unknown>>;

/** All that is kept of an event: what there was before beside what came of it, where both are known. */
export function EventDetail({ event, onClose }: { event: Event; onClose: () => void }) {
  const t = useWords(words);
  const { time } = useFormat();
  const { actor, action, at, reason, detail } = event;
  return (
    <Dialog title={`${action} · ${time(at)}`} size="lg" onClose={onClose}>
      <Stack>
        <Text size="sm">
          {t.who}: {actor}
        </Text>
        <Text size="sm">
          {t.subject}: <Subject event={event} />
        </Text>
        {reason === null || reason === '' ? null : (
          <Text size="sm">
            {t.reason}: <Said>{reason}</Said>
          </Text>
        )}
        {detail === null || Object.keys(detail).length === 0 ? (
          <Text size="sm" c="gray.7">
            {t.noDetail}
          </Text>
        ) : (
          <Detail detail={detail} />
        )}
      </Stack>
    </Dialog>
  );
}

function Detail({ detail }: { detail: Fields }) {
  const t = useWords(words);
  if (!('before' in detail && 'after' in detail))
    return <FieldsTable heads={[t.field, t.detail]} columns={[detail]} />;
  const { before, after, ...others } = detail;
  return (
    <>
      <FieldsTable heads={[t.field, t.before, t.after]} columns={[asFields(before), asFields(after)]} />
      {Object.keys(others).length === 0 ? null : (
        <FieldsTable heads={[t.field, t.detail]} columns={[others]} />
      )}
    </>
  );
}

function FieldsTable({ heads, columns }: { heads: readonly string[]; columns: readonly Fields[] }) {
  const names = [...new Set(columns.flatMap((fields) => Object.keys(fields)))];
  return (
    <Table style={{ overflowWrap: 'anywhere' }}>
      <Table.Thead>
        <Table.Tr>
          {heads.map((head) => (
            <Table.Th key={head}>{head}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {names.map((name) => {
          const values = columns.map((fields) => asText(fields[name]));
          const isChanged = new Set(values).size > 1;
          return (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={500}>
                {name}
              </Table.Th>
              {values.map((value, column) => (
                <Table.Td key={heads[column + 1]} fw={isChanged ? 700 : 400}>
                  {value}
                </Table.Td>
              ))}
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}

/** What is one value, and not fields, is a field without a name; nothing has none. */
function asFields(value: unknown): Fields {
  if (value === null || value === undefined) return {};
  return typeof value === 'object' && !Array.isArray(value) ? { ...value } : { '·': value };
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
