import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { listConnections, testConnection } from '../../../api/contract/connections';
import type { Answer } from '../../../api/contract/route';
import { useAnswer, useCommand } from '../../api';
import { ListTable } from '../../parts/list-table';
import { Opener } from '../../parts/opener';
import { Shown } from '../../parts/page-state';
import { Said } from '../../parts/said';
import { dictionary, useWords } from '../../words';
import { ConnectionForm } from './connection-form';

const words = dictionary(
  {
    add: '연동 추가',
    name: '이름',
    adapter: '종류',
    limit: '분당 호출',
    paused: '중지됨',
    test: '연결 확인',
    edit: '수정',
    source: '수집처',
    wms: 'WMS',
    itsOwn: '기본값',
  },
  {
    add: 'Add a connection',
    name: 'Name',
    adapter: 'Kind',
    limit: 'Calls a minute',
    paused: 'paused',
    test: 'Test',
    edit: 'Edit',
    source: 'source',
    wms: 'WMS',
    itsOwn: "the adapter's",
  },
);

export type ConnectionsAnswer = Answer<typeof listConnections>;
export type Connection = ConnectionsAnswer['connections'][number];

export function Connections() {
  const t = useWords(words);
  const connections = useAnswer(listConnections, {});
  const [edited, setEdited] = useState<Connection | 'new' | null>(null);
  return (
    <Stack>
      <Group>
        <Opener onClick={() => setEdited('new')}>{t.add}</Opener>
      </Group>
      <Shown of={connections} isEmpty={(answer) => answer.connections.length === 0}>
        {(answer) => (
          <>
            <ListTable head={[t.name, t.adapter, t.limit]} action={t.test}>
              {answer.connections.map((connection) => (
                <Table.Tr key={connection.id}>
                  <Table.Td>
                    {connection.id} {connection.paused ? <Badge color="yellow.9">{t.paused}</Badge> : null}
                  </Table.Td>
                  <Table.Td>
                    {t[connection.kind]} · {connection.adapter}
                  </Table.Td>
                  <Table.Td>{connection.callsPerMinute ?? t.itsOwn}</Table.Td>
                  <Table.Td>
                    <Group gap="xs" justify="flex-end">
                      <TestButton id={connection.id} label={t.test} />
                      <Opener
                        variant="light"
                        onClick={() => setEdited(connection)}
                        aria-label={`${t.edit} ${connection.id}`}
                      >
                        {t.edit}
                      </Opener>
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </ListTable>
            {edited === null ? null : (
              <ConnectionForm
                connection={edited === 'new' ? null : edited}
                adapters={answer.adapters}
                onClose={() => setEdited(null)}
              />
            )}
          </>
        )}
      </Shown>
    </Stack>
  );
}

function TestButton({ id, label }: { id: string; label: string }) {
  const test = useCommand(testConnection);
  return (
    <Group gap="xs">
      {test.data === undefined ? null : (
        <Text size="sm" c={test.data.ok ? 'green.9' : 'red.9'} role="status">
          <Said>{test.data.says}</Said>
        </Text>
      )}
      <Button
        variant="default"
        loading={test.isPending}
        onClick={() => test.mutate({ params: { id } })}
        aria-label={`${label} ${id}`}
      >
        {label}
      </Button>
    </Group>
  );
}
