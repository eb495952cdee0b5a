import { Button } from '@mantine/core';
import { dictionary, useWords } from '../words';

const words = dictionary({ more: '더 보기' }, { more: 'More' });

interface Pages {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  fetchNextPage(): Promise<unknown>;
}

/** Reads the next part of a list, where there is one. */
export function More({ of }: { of: Pages }) {
  const t = useWords(words);
  if (!of.hasNextPage) return null;
  return (
    <Button variant="light" loading={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
      {t.more}
    </Button>
  );
}
