import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';

/** A word in a box; only its ground has the colour, so that its text is always dark enough. */
export function Tag({
  color,
  label,
  children,
}: {
  color: 'indigo' | 'orange' | 'teal' | 'gray' | 'red';
  /** Where the text alone says too little to who does not see the page. */
  label?: string;
  children: ReactNode;
}) {
  return (
    <Badge
      variant="light"
      color={color}
      c="dark.8"
      style={{ flexShrink: 0, textTransform: 'none' }}
      {...(label === undefined ? {} : { 'aria-label': label, role: 'img' })}
    >
      {children}
    </Badge>
  );
}
