import { TextInput } from '@mantine/core';
import { dictionary, useWords } from '../words';

const words = dictionary(
  { channel: '채널', item: '품목', any: '비우면 모두' },
  { channel: 'Channel', item: 'Item', any: 'Empty: all' },
);

/** Which orders a rule is for: those of a channel, those with an item, or all. */
export interface Scope {
  readonly channel: string;
  readonly itemCode: string;
}

export const EVERY_ORDER: Scope = { channel: '', itemCode: '' };

export function ScopeInputs({ scope, onChange }: { scope: Scope; onChange: (scope: Scope) => void }) {
  const t = useWords(words);
  return (
    <>
      <TextInput
        label={t.channel}
        description={t.any}
        value={scope.channel}
        onChange={({ currentTarget: { value } }) => onChange({ ...scope, channel: value.trim() })}
      />
      <TextInput
        label={t.item}
        description={t.any}
        value={scope.itemCode}
        onChange={({ currentTarget: { value } }) => onChange({ ...scope, itemCode: value.trim() })}
      />
    </>
  );
}
