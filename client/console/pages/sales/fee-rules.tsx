import { Group, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../../api/contract/route';
import { listFeeRules, removeFeeRule, saveFeeRule } from '../../../api/contract/sales';
import { useAnswer, useCommand } from '../../api';
import { useFormat } from '../../format';
import { ListTable } from '../../parts/list-table';
import { Opener } from '../../parts/opener';
import { Shown } from '../../parts/page-state';
import { WithReason } from '../../parts/with-reason';
import { useMay } from '../../session';
import { useWords } from '../../words';
import { FeeRuleForm } from './fee-rule-form';
import { words } from './fee-words';

export type Rule = Answer<typeof listFeeRules>['rows'][number];

/** The rules, a channel's newest first; managers change them. */
export function FeeRules() {
  const t = useWords(words);
  const may = useMay(saveFeeRule);
  const answer = useAnswer(listFeeRules, {});
  const [edited, setEdited] = useState<Rule | 'new'>();
  const [removed, setRemoved] = useState<Rule>();
  const remove = useCommand(removeFeeRule, () => setRemoved(undefined));
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={2} size="h5">
          {t.rules}
        </Title>
        {may ? <Opener onClick={() => setEdited('new')}>{t.add}</Opener> : null}
      </Group>
      <Text size="sm" c="gray.7">
        {t.rounding}
      </Text>
      <Shown of={answer} empty={t.noRules} isEmpty={({ rows }) => rows.length === 0}>
        {({ rows }) => <Rules rows={rows} {...(may ? { onEdit: setEdited, onRemove: setRemoved } : {})} />}
      </Shown>
      {edited === undefined ? null : (
        <FeeRuleForm rule={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
      )}
      {removed === undefined ? null : (
        <WithReason
          title={t.ruleOf(removed.channel, removed.validFrom)}
          confirm={t.remove}
          color="red"
          isPending={remove.isPending}
          onConfirm={(reason) => {
            const { channel, validFrom, version } = removed;
            remove.mutate({ params: { channel, validFrom }, body: { version, reason } });
          }}
          onClose={() => setRemoved(undefined)}
        />
      )}
    </Stack>
  );
}

function Rules(given: {
  rows: readonly Rule[];
  onEdit?: (rule: Rule) => void;
  onRemove?: (rule: Rule) => void;
}) {
  const { rows, onEdit, onRemove } = given;
  const t = useWords(words);
  const { number, time } = useFormat();
  return (
    <ListTable head={[t.channel, t.validFrom, t.rate, t.days, t.changed]} action={t.edit}>
      {rows.map((rule) => {
        const name = t.ruleOf(rule.channel, rule.validFrom);
        return (
          <Table.Tr key={name}>
            <Table.Td>{rule.channel}</Table.Td>
            <Table.Td>{rule.validFrom}</Table.Td>
            <Table.Td>{number(rule.rate / 100)}</Table.Td>
            <Table.Td>{number(rule.settlementDays)}</Table.Td>
            <Table.Td>
              {rule.changedBy}, {time(rule.changedAt)}
            </Table.Td>
            <Table.Td>
              <Group gap="xs" justify="flex-end">
                {onEdit === undefined ? null : (
                  <Opener variant="default" aria-label={`${t.edit}: ${name}`} onClick={() => onEdit(rule)}>
                    {t.edit}
                  </Opener>
                )}
                {onRemove === undefined ? null : (
                  <Opener
                    variant="subtle"
                    color="red"
                    aria-label={`${t.remove}: ${name}`}
                    onClick={() => onRemove(rule)}
                  >
                    {t.remove}
                  </Opener>
                )}
              </Group>
            </Table.Td>
          </Table.Tr>
        );
      })}
    </ListTable>
  );
}
