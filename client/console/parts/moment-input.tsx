import { TextInput } from '@mantine/core';
import { useState } from 'react';

const SEOUL_AHEAD_MS = 9 * 3_600_000;

/** A moment in Seoul, to the minute; undefined while nothing is entered. */
export function MomentInput({
  label,
  description,
  required = false,
  initial,
  onChange,
}: {
  label: string;
  description?: string;
  required?: boolean;
  /** ISO 8601. */
  initial?: string;
  onChange: (moment: string | undefined) => void;
}) {
  const [text, setText] = useState(initial === undefined ? '' : wallClock(initial));
  return (
    <TextInput
      type="datetime-local"
      label={label}
      {...(description === undefined ? {} : { description })}
      required={required}
      value={text}
      onChange={({ currentTarget: { value } }) => {
        setText(value);
        onChange(value === '' ? undefined : inSeoul(value));
      }}
    />
  );
}

/** What the input shows: the wall clock's time in Seoul. */
function wallClock(iso: string): string {
  return new Date(Date.parse(iso) + SEOUL_AHEAD_MS).toISOString().slice(0, 16);
}

/** Korea has had no summer time since 1988. */
function inSeoul(wall: string): string {
  return `${wall.slice(0, 16)}:00+09:00`;
}
