import { Stack, Table, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { addBan, endBan, listBans } from '../../../api/contract/packing';
import type { Answer } from '../../../api/contract/route';
import { useAnswer, useCommand } from '../../api';
import { useFormat } from '../../format';
import { ListTable } from '../../parts/list-table';
import { MomentInput } from '../../parts/moment-input';
import { Opener } from '../../parts/opener';
import { Shown } from '../../parts/page-state';
import { EVERY_ORDER, ScopeInputs } from '../../parts/scope-inputs';
import { Section } from '../../parts/section';
import { WithReason } from '../../parts/with-reason';
import { useMay } from '../../session';
import { dictionary, useWords } from '../../words';

const words = dictionary(
  {
    title: '합치지 않는 것',
    about: '이 규칙에 맞는 것이 든 주문은 다른 주문과 합치지 않습니다.',
    empty: '합치지 않는 규칙이 없습니다',
    add: '규칙 추가',
    channel: '채널',
    item: '품목',
    configuration: '구성안',
    any: '모두',
    anyConfiguration: '비우면 모두',
    why: '사유',
    when: '기간',
    by: '누가',
    from: '시작 (한국 시간, 비우면 지금부터)',
    to: '끝 (비우면 끝낼 때까지)',
    end: '끝내기',
  },
  {
    title: 'What is not packed with others',
    about: 'Orders with what fits such a rule are packed with no others.',
    empty: 'No rule keeps anything apart',
    add: 'Add a rule',
    channel: 'Channel',
    item: 'Item',
    configuration: 'Configuration',
    any: 'Any',
    anyConfiguration: 'Empty: all',
    why: 'Reason',
    when: 'When',
    by: 'By',
    from: 'From (time in Seoul, empty: now)',
    to: 'Until (empty: until it is ended)',
    end: 'End',
  },
);

type Ban = Answer<typeof listBans>['rules'][number];

/** The rules by which orders are packed with no others. */
export function PackingBans() {
  const t = useWords(words);
  const bans = useAnswer(listBans, {});
  const mayAdd = useMay(addBan);
  const [isAdding, setIsAdding] = useState(false);
  return (
    <Section
      title={t.title}
      actions={mayAdd ? <Opener onClick={() => setIsAdding(true)}>{t.add}</Opener> : undefined}
    >
      <Text size="sm" mb="xs">
        {t.about}
      </Text>
      <Shown of={bans} isEmpty={(all) => all.rules.length === 0} empty={t.empty}>
        {(all) => <BanTable bans={all.rules} />}
      </Shown>
      {isAdding ? <AddBan onClose={() => setIsAdding(false)} /> : null}
    </Section>
  );
}

function BanTable({ bans }: { bans: Ban[] }) {
  const t = useWords(words);
  const { time } = useFormat();
  const mayEnd = useMay(endBan);
  const [ending, setEnding] = useState<Ban>();
  const end = useCommand(endBan, () => setEnding(undefined));
  return (
    <>
      <ListTable
        head={[t.channel, t.item, t.configuration, t.why, t.when, t.by]}
        action={mayEnd ? t.end : undefined}
      >
        {bans.map((ban) => (
          <Table.Tr key={ban.id}>
            <Table.Td>{ban.channel || t.any}</Table.Td>
            <Table.Td>{ban.itemCode || t.any}</Table.Td>
            <Table.Td>{ban.configuration || t.any}</Table.Td>
            <Table.Td>{ban.reason}</Table.Td>
            <Table.Td>
              {time(ban.validFrom)} – {ban.validTo === null ? '' : time(ban.validTo)}
            </Table.Td>
            <Table.Td>{ban.madeBy}</Table.Td>
            {mayEnd ? (
              <Table.Td>
                <Opener variant="default" onClick={() => setEnding(ban)}>
                  {t.end}
                </Opener>
              </Table.Td>
            ) : null}
          </Table.Tr>
        ))}
      </ListTable>
      {ending === undefined ? null : (
        <WithReason
          title={`${t.end}: ${ending.reason}`}
          confirm={t.end}
          isPending={end.isPending}
          onConfirm={(reason) => end.mutate({ params: { id: ending.id }, body: { reason } })}
          onClose={() => setEnding(undefined)}
        />
      )}
    </>
  );
}

function AddBan({ onClose }: { onClose: () => void }) {
  const t = useWords(words);
  const [scope, setScope] = useState(EVERY_ORDER);
  const [configuration, setConfiguration] = useState('');
  const [validFrom, setValidFrom] = useState<string>();
  const [validTo, setValidTo] = useState<string>();
  const add = useCommand(addBan, onClose);
  return (
    <WithReason
      title={t.add}
      preview={
        <Stack gap="xs">
          <ScopeInputs scope={scope} onChange={setScope} />
          <TextInput
            label={t.configuration}
            description={t.anyConfiguration}
            value={configuration}
            onChange={({ currentTarget: { value } }) => setConfiguration(value.trim())}
          />
          <MomentInput label={t.from} onChange={setValidFrom} />
          <MomentInput label={t.to} onChange={setValidTo} />
        </Stack>
      }
      confirm={t.add}
      isPending={add.isPending}
      onConfirm={(reason) => add.mutate({ body: { ...scope, configuration, validFrom, validTo, reason } })}
      onClose={onClose}
    />
  );
}
