import { TextInput } from '@mantine/core';

/** A name that we give to a thing of ours, as the API takes one: letters, digits, . _ - only. */
export function CodeInput({
  label,
  description,
  disabled = false,
  value,
  onChange,
}: {
  label: string;
  description?: string;
  disabled?: boolean;
  value: string;
  onChange: (code: string) => void;
}) {
  return (
    <TextInput
      label={label}
      {...(description === undefined ? {} : { description })}
      required
      disabled={disabled}
      pattern="[A-Za-z0-9._\-]{1,60}"
      maxLength={60}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
