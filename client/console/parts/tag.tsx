import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';

/** A word in a box; its text is of the shade that small text needs on its ground. */
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
      c={`${color}.9`}
      style={{ flexShrink: 0, textTransform: 'none' }}
      {...(label === undefined ? {} : { 'aria-label': label, role: 'img' })}
    >
      {children}
    </Badge>
  );
}
