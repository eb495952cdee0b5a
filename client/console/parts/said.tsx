import { koreanOf } from '../../../domain/korean';
import { useLanguage } from '../words';

/** Tells what the server says in the language of the page: it speaks English, whatever the language. */
export function useSaid(): (says: string) => string {
  return useLanguage() === 'ko' ? koreanOf : asItIs;
}

/** What the server says, in the language of the page. */
export function Said({ children }: { children: string | null | undefined }) {
  const said = useSaid();
  return children === null || children === undefined ? null : said(children);
}

const asItIs = (says: string): string => says;
