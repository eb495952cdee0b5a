import type { Ref } from 'react';
import { listConfigurations } from '../../api/contract/catalogue';
import { useAnswer } from '../api';
import { FindSelect, useTyped } from './find-select';

const SHOWN = 30;

/** Finds a configuration by a part of its code or name, and says which one was chosen. */
export function ConfigurationSelect({
  label,
  inputRef,
  onChoose,
}: {
  label: string;
  inputRef?: Ref<HTMLInputElement>;
  onChoose: (code: string, name: string) => void;
}) {
  const typed = useTyped();
  const found = useAnswer(listConfigurations, { query: { q: typed.q, limit: SHOWN } });
  return (
    <FindSelect
      label={label}
      typed={typed}
      found={found.data?.rows ?? []}
      onChoose={({ code, name }) => onChoose(code, name)}
      {...(inputRef === undefined ? {} : { inputRef })}
    />
  );
}
