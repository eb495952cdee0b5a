import { Modal } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { dictionary, useWords } from '../words';

const words = dictionary({ close: '닫기' }, { close: 'Close' });

/** Mantine's header of a dialog would be a second banner of the page. */
const NO_BANNER = { header: { role: 'presentation' } };

const closesNever = () => undefined;

/** What has to be dealt with first. Once it is gone, the keyboard is where it was before. */
export function Dialog({
  title,
  size = 'md',
  onClose,
  children,
}: {
  title: string;
  size?: 'md' | 'lg' | 'xl';
  /** Left out: it goes by itself. */
  onClose?: () => void;
  children: ReactNode;
}) {
  const t = useWords(words);
  const [opener] = useState(() => document.activeElement);
  useEffect(() => {
    return () => {
      if (opener instanceof HTMLElement) opener.focus({ preventScroll: true });
    };
  }, [opener]);
  return (
    <Modal
      opened
      onClose={onClose ?? closesNever}
      withCloseButton={onClose !== undefined}
      closeButtonProps={{ 'aria-label': t.close }}
      size={size}
      title={title}
      attributes={NO_BANNER}
    >
      {children}
    </Modal>
  );
}
