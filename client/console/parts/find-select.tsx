import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type Ref, useState } from 'react';

const TYPING_MS = 200;

interface Named {
  readonly code: string;
  readonly name: string;
}

/** What is being typed, and `q`: what it is once the typing stops. */
export function useTyped() {
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), TYPING_MS);
  return { text, setText, q };
}

/** Offers what the server has found for what is typed; choosing one empties the box again. */
export function FindSelect({
  label,
  typed: { text, setText },
  found,
  inputRef,
  onChoose,
}: {
  label: string;
  typed: ReturnType<typeof useTyped>;
  found: readonly Named[];
  inputRef?: Ref<HTMLInputElement>;
  onChoose: (named: Named) => void;
}) {
  return (
    <Select
      label={label}
      searchable
      value={null}
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      data={found.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))}
      onChange={(code) => {
        setText('');
        const chosen = found.find((named) => named.code === code);
        if (chosen !== undefined) onChoose(chosen);
      }}
      {...(inputRef === undefined ? {} : { ref: inputRef })}
    />
  );
}
