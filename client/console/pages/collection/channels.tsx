import { Group, Select, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { timeOfDay } from '../../../../domain/time-of-day';
import { assignChannel, listChannels, listSources } from '../../../api/contract/collection';
import type { Answer } from '../../../api/contract/route';
import { useAnswer, useCommand } from '../../api';
import { useFormat } from '../../format';
import { ListTable } from '../../parts/list-table';
import { MomentInput } from '../../parts/moment-input';
import { Opener } from '../../parts/opener';
import { Shown } from '../../parts/page-state';
import { WithReason } from '../../parts/with-reason';
import { useMay } from '../../session';
import { useWords } from '../../words';
import { SetChannelRule } from './set-channel-rule';
import { words } from './words';

type Channel = Answer<typeof listChannels>['rows'][number];

/** Whose word counts for which channel. */
export function Channels() {
  const t = useWords(words);
  const { time } = useFormat();
  const may = useMay(assignChannel);
  const channels = useAnswer(listChannels, {});
  const [changed, setChanged] = useState<Channel>();
  const [ruled, setRuled] = useState<Channel>();
  const listed = (all: Channel['planned']) =>
    all.map(({ source, validFrom }) => `${source} (${time(validFrom)})`).join(', ');
  return (
    <Shown of={channels} isEmpty={({ rows }) => rows.length === 0} empty={t.noChannels}>
      {({ rows }) => (
        <>
          <ListTable head={[t.channel, t.source, t.since, t.planned, t.earlier, t.expects]} action={t.assign}>
            {rows.map((row) => (
              <Table.Tr key={row.channel}>
                <Table.Td fw={600}>{row.channel}</Table.Td>
                <Table.Td>{row.source ?? t.nobody}</Table.Td>
                <Table.Td>{row.since === null ? '' : time(row.since)}</Table.Td>
                <Table.Td>{listed(row.planned)}</Table.Td>
                <Table.Td>{listed(row.earlier)}</Table.Td>
                <Table.Td>{row.rule === null ? null : <Expected of={row.rule} />}</Table.Td>
                <Table.Td ta="right">
                  {may ? (
                    <Group gap="xs" wrap="nowrap">
                      <Opener variant="default" onClick={() => setChanged(row)}>
                        {t.assign}
                      </Opener>
                      <Opener variant="default" onClick={() => setRuled(row)}>
                        {t.setRule}
                      </Opener>
                    </Group>
                  ) : null}
                </Table.Td>
              </Table.Tr>
            ))}
          </ListTable>
          {changed === undefined ? null : <Assign of={changed} onClose={() => setChanged(undefined)} />}
          {ruled === undefined ? null : <SetChannelRule of={ruled} onClose={() => setRuled(undefined)} />}
        </>
      )}
    </Shown>
  );
}

function Expected({ of: rule }: { of: NonNullable<Channel['rule']> }) {
  const t = useWords(words);
  const { cutOffMinutes, shipWithinDays, stockBuffer, driftPercent } = rule;
  return t.expected(timeOfDay(cutOffMinutes), shipWithinDays, stockBuffer, driftPercent);
}

function Assign({ of: { channel, source: replaces }, onClose }: { of: Channel; onClose: () => void }) {
  const t = useWords(words);
  const sources = useAnswer(listSources, {});
  const [source, setSource] = useState<string | null>(null);
  const [from, setFrom] = useState<string>();
  const assign = useCommand(assignChannel, onClose);
  const confirm = (reason: string) => {
    if (source === null) return;
    const validFrom = from === undefined ? {} : { validFrom: from };
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
          <MomentInput label={t.since} onChange={setFrom} />
        </>
      }
      confirm={t.assign}
      isPending={assign.isPending}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}
