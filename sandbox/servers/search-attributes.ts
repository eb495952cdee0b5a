import type { Connection } from '@temporalio/client';
import type { Progress } from './progress';

export type SearchAttributeKind = 'Text' | 'Keyword' | 'Int' | 'Double' | 'Bool' | 'Datetime' | 'KeywordList';
export type SearchAttributes = Readonly<Record<string, SearchAttributeKind>>;

/** The numbers of the kinds in Temporal's API. */
const NUMBER_OF_KIND = {
  Text: 1,
  Keyword: 2,
  Int: 3,
  Double: 4,
  Bool: 5,
  Datetime: 6,
  KeywordList: 7,
} as const;

/**
 * Registers what is missing. The server's own start option does this for a new database only, so an attribute
 * that a later version of the code adds would never appear.
 *
 * An attribute that exists with another kind is left as it is, and said so: there is data of that kind.
 */
export async function registerSearchAttributes(
  { operatorService: operator }: Pick<Connection, 'operatorService'>,
  namespace: string,
  wanted: SearchAttributes,
  progress: Progress,
): Promise<void> {
  const present = (await operator.listSearchAttributes({ namespace })).customAttributes ?? {};
  const missing = Object.entries(wanted).filter(([name]) => !(name in present));
  if (missing.length > 0) {
    const searchAttributes = Object.fromEntries(missing.map(([name, kind]) => [name, NUMBER_OF_KIND[kind]]));
    await operator.addSearchAttributes({ namespace, searchAttributes });
  }
  for (const [name, kind] of Object.entries(wanted)) {
    if (!(name in present) || Number(present[name]) === NUMBER_OF_KIND[kind]) continue;
    progress(`Temporal: search attribute ${name} is not a ${kind} in this database, and stays what it is`);
  }
}
