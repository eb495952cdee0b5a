import { Button, Group, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link, useSearchParams } from 'react-router';
import { useWords } from '../../words';
import { catalogueWords } from './words';

const TYPING_MS = 250;

/** What is looked for, once the typing stops; it stands in the address. */
export function useFinder(): { readonly text: string; readonly q: string; set: (text: string) => void } {
  const [search, setSearch] = useSearchParams();
  const text = search.get('q') ?? '';
  const [q] = useDebouncedValue(text.trim(), TYPING_MS);
  return { text, q, set: (value) => setSearch(value === '' ? {} : { q: value }, { replace: true }) };
}

/** The search box of a list, and the way to something new in it. */
export function Finder({
  of,
  add,
}: {
  of: ReturnType<typeof useFinder>;
  add: { readonly to: string; readonly label: string } | undefined;
}) {
  const t = useWords(catalogueWords);
  return (
    <Group align="end" justify="space-between">
      <TextInput
        type="search"
        label={t.find}
        value={of.text}
        maxLength={100}
        w={320}
        onChange={({ currentTarget: { value } }) => of.set(value)}
      />
      {add === undefined ? null : (
        <Button component={Link} to={add.to}>
          {add.label}
        </Button>
      )}
    </Group>
  );
}
