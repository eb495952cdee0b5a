import { Button, Group } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { dictionary, useWords } from '../words';

const words = dictionary({ first: '처음', next: '다음' }, { first: 'First page', next: 'Next page' });

/** Goes on in a list whose cursor is in the address; the browser's own button goes back. */
export function Pager({ next }: { next: string | null }) {
  const t = useWords(words);
  const [query, setQuery] = useSearchParams();
  const turnTo = (cursor: string | null) =>
    setQuery((before) => {
      if (cursor === null) before.delete('cursor');
      else before.set('cursor', cursor);
      return before;
    });
  const isFirst = query.get('cursor') === null;
  if (isFirst && next === null) return null;
  return (
    <Group justify="flex-end">
      <Button variant="default" disabled={isFirst} onClick={() => turnTo(null)}>
        {t.first}
      </Button>
      <Button variant="default" disabled={next === null} onClick={() => turnTo(next)}>
        {t.next}
      </Button>
    </Group>
  );
}
