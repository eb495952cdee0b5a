import { addGiftRule } from '../../client/use-cases/gift-rules';
import type { Database } from '../../db/database';
import { type GiftTerms, USUAL_TERMS } from '../../domain/gift';

/** One of a configuration for every order. */
export const ONE_FOR_ALL: GiftTerms = {
  ...USUAL_TERMS,
  name: '증정 김',
  configuration: 'C-KIM-1',
};

/** Has a rule that differs from {@link ONE_FOR_ALL} in these terms. @returns its number. */
export function giving(database: Database, terms: Partial<GiftTerms>): Promise<number> {
  return addGiftRule(database, { ...ONE_FOR_ALL, ...terms }, { by: 'kim', reason: 'autumn campaign' });
}
