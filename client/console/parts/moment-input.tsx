import { TextInput } from '@mantine/core';
import { useState } from 'react';

/** A moment in Seoul, to the minute; undefined while nothing is entered. */
export function MomentInput({
  label,
  description,
  onChange,
}: {
  label: string;
  description?: string;
  onChange: (moment: string | undefined) => void;
}) {
  const [text, setText] = useState('');
  return (
    <TextInput
      type="datetime-local"
      label={label}
      {...(description === undefined ? {} : { description })}
      value={text}
      onChange={({ currentTarget: { value } }) => {
        setText(value);
        onChange(value === '' ? undefined : `${value.slice(0, 16)}:00+09:00`);
      }}
    />
  );
}
