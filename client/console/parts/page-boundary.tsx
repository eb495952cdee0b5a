import { Alert, Button, Group, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useLocation } from 'react-router';
import { dictionary, useWords } from '../words';

const words = dictionary(
  {
    failed: '페이지를 열지 못했습니다',
    why: '서버가 응답하지 않거나 Boosta가 새 버전으로 바뀌었습니다.',
    reload: '새로 고침',
  },
  {
    failed: 'The page could not be opened',
    why: 'The server does not answer, or Boosta has been updated.',
    reload: 'Reload',
  },
);

/** Keeps the navigation where a page's own code could not be loaded, or has failed. */
export function PageBoundary({ children }: { children: ReactNode }) {
  const page = useLocation().pathname.split('/')[1];
  return <Boundary key={page}>{children}</Boundary>;
}

/** React tells only classes of what has failed below them. */
class Boundary extends Component<{ children: ReactNode }, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? <CouldNotOpen /> : this.props.children;
  }
}

function CouldNotOpen() {
  const t = useWords(words);
  return (
    <Alert color="red" title={t.failed} role="alert">
      <Group>
        <Text size="sm">{t.why}</Text>
        <Button variant="light" color="red" onClick={() => window.location.reload()}>
          {t.reload}
        </Button>
      </Group>
    </Alert>
  );
}
