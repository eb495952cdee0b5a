import { MantineThemeProvider, Notification } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { dictionary, useWords } from '../words';

const words = dictionary({ close: '닫기' }, { close: 'Close' });

/** What is said in a corner of the page, with a button of a name that closes it. */
export function Notices() {
  const closeButtonProps = { 'aria-label': useWords(words).close };
  // Beside what the theme has for it.
  const components = { Notification: Notification.extend({ defaultProps: { closeButtonProps } }) };
  return (
    <MantineThemeProvider inherit theme={{ components }}>
      <Notifications position="top-right" />
    </MantineThemeProvider>
  );
}
