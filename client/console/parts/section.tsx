import { Group, Paper, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

/** A part of the page with a heading of its own, and what can be done there. */
export function Section({
  title,
  actions,
  isTall = false,
  children,
}: {
  title: string;
  actions?: ReactNode;
  /** As tall as what stands beside it. */
  isTall?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <Paper withBorder p="md" component="section" aria-labelledby={id} {...(isTall ? { h: '100%' } : {})}>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h5" id={id}>
          {title}
        </Title>
        {actions}
      </Group>
      {children}
    </Paper>
  );
}
