import { NumberInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { seoulDay } from '../../../../domain/seoul';
import { saveFeeRule } from '../../../api/contract/sales';
import { useCommand } from '../../api';
import { CodeInput } from '../../parts/code-input';
import { WithReason } from '../../parts/with-reason';
import { useWords } from '../../words';
import type { Rule } from './fee-rules';
import { words } from './fee-words';

/** A new rule, or the percentage and the days of one that there is. */
export function FeeRuleForm({ rule, onClose }: { rule: Rule | undefined; onClose: () => void }) {
  const t = useWords(words);
  const [channel, setChannel] = useState(rule?.channel ?? '');
  const [validFrom, setValidFrom] = useState(rule?.validFrom ?? seoulDay(new Date()));
  const [percent, setPercent] = useState<number | string>((rule?.rate ?? 0) / 100);
  const [days, setDays] = useState<number | string>(rule?.settlementDays ?? 15);
  const save = useCommand(saveFeeRule, onClose);
  const isNew = rule === undefined;
  return (
    <WithReason
      title={isNew ? t.add : t.ruleOf(channel, validFrom)}
      confirm={t.save}
      isPending={save.isPending}
      onConfirm={(reason) =>
        save.mutate({
          params: { channel: channel.trim(), validFrom },
          body: {
            rate: Math.round(Number(percent) * 100),
            settlementDays: Number(days),
            version: rule?.version ?? 0,
            reason,
          },
        })
      }
      onClose={onClose}
      preview={
        <Stack gap="xs">
          {isNew ? (
            <>
              <CodeInput label={t.channel} value={channel} onChange={setChannel} />
              <TextInput
                type="date"
                label={t.validFrom}
                required
                value={validFrom}
                onChange={(event) => setValidFrom(event.currentTarget.value)}
              />
            </>
          ) : null}
          <NumberInput
            label={t.rate}
            required
            min={0}
            max={100}
            decimalScale={2}
            value={percent}
            onChange={setPercent}
          />
          <NumberInput
            label={t.days}
            required
            min={0}
            max={365}
            allowDecimal={false}
            value={days}
            onChange={setDays}
          />
        </Stack>
      }
    />
  );
}
