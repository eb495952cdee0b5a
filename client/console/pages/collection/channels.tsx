import { Button, Select, Table, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { assignChannel, listChannels, listSources } from '../../../api/contract/collection';
import type { Answer } from '../../../api/contract/route';
import { useAnswer, useCommand } from '../../api';
import { useFormat } from '../../format';
import { Shown } from '../../parts/page-state';
import { WithReason } from '../../parts/with-reason';
import { useMay } from '../../session';
import { useWords } from '../../words';
import { fromSeoulInput } from './seoul-input';
import { words } from './words';

type Channel = Answer<typeof listChannels>['rows'][number];

/** Whose word counts for which channel. */
export function Channels() {
  const t = useWords(words);
  const { time } = useFormat();
  const may = useMay(assignChannel);
  const channels = useAnswer(listChannels, {});
  const [changed, setChanged] = useState<Channel>();
  const listed = (all: Channel['planned']) =>
    all.map(({ source, validFrom }) => `${source} (${time(validFrom)})`).join(', ');
  return (
    <Shown of={channels} isEmpty={({ rows }) => rows.length === 0} empty={t.noChannels}>
      {({ rows }) => (
        <>
          <Table>
            <Table.Thead>
              <Table.Tr>
                {[t.channel, t.source, t.since, t.planned, t.earlier].map((heading) => (
                  <Table.Th key={heading}>{heading}</Table.Th>
                ))}
                <Table.Th aria-label={t.assign} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.channel}>
                  <Table.Td fw={600}>{row.channel}</Table.Td>
                  <Table.Td>{row.source ?? t.nobody}</Table.Td>
                  <Table.Td>{row.since === null ? '' : time(row.since)}</Table.Td>
                  <Table.Td>{listed(row.planned)}</Table.Td>
                  <Table.Td>{listed(row.earlier)}</Table.Td>
                  <Table.Td ta="right">
                    {may ? (
                      <Button variant="default" onClick={() => setChanged(row)}>
                        {t.assign}
                      </Button>
                    ) : null}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {changed === undefined ? null : <Assign of={changed} onClose={() => setChanged(undefined)} />}
        </>
      )}
    </Shown>
  );
}

function Assign({ of: { channel, source: replaces }, onClose }: { of: Channel; onClose: () => void }) {
  const t = useWords(words);
  const sources = useAnswer(listSources, {});
  const [source, setSource] = useState<string | null>(null);
  const [from, setFrom] = useState('');
  const assign = useCommand(assignChannel, onClose);
  const confirm = (reason: string) => {
    if (source === null) return;
    const validFrom = from === '' ? {} : { validFrom: fromSeoulInput(from) };
    assign.mutate({ params: { channel }, body: { source, replaces, reason, ...validFrom } });
  };
  return (
    <WithReason
      title={`${t.assign}: ${channel}`}
      preview={
        <>
          <Text size="sm">{t.assignPreview}</Text>
          <Select
            label={t.source}
            required
            data={sources.data?.rows.map(({ id }) => id) ?? []}
            value={source}
            onChange={setSource}
          />
          <TextInput
            type="datetime-local"
            label={t.since}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
        </>
      }
      confirm={t.assign}
      isPending={assign.isPending}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}
