import { Button } from '@mantine/core';
import type { ComponentProps } from 'react';

/** A button that opens a dialog, and says so to who cannot see it. */
export function Opener(props: ComponentProps<typeof Button<'button'>>) {
  return <Button aria-haspopup="dialog" {...props} />;
}
