import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

/** A number that leads to where it comes from. */
export function Counter({
  to,
  name,
  value,
  note,
  color,
}: {
  to: string;
  name: string;
  value: string;
  note?: ReactNode;
  color?: string;
}) {
  return (
    <Paper withBorder p="xs" component={Link} to={to} td="none" c="inherit">
      <Text size="sm" lineClamp={2}>
        {name}
      </Text>
      <Text fw={700} size="xl" {...(color === undefined ? {} : { c: color })}>
        {value}
      </Text>
      <Text size="xs" c="gray.7">
        {note}
      </Text>
    </Paper>
  );
}
