import { addGiftRule } from '../../client/use-cases/gift-rules';
import type { Database } from '../../db/database';
import type { GiftTerms } from '../../domain/gift';

/** One of a configuration for every order. */
export const ONE_FOR_ALL: GiftTerms = {
  name: '증정 김',
  priority: 100,
  stacking: 'with_others',
  channel: '',
  bought: 'anything',
  boughtCode: '',
  amountFrom: 0n,
  quantityFrom: 1,
  dayFrom: null,
  dayTo: null,
  firstN: null,
  oncePerReceiver: false,
  configuration: 'C-KIM-1',
  quantity: 1,
  whenShort: 'leave_out',
};

/** Has a rule that differs from {@link ONE_FOR_ALL} in these terms. @returns its number. */
export function giving(database: Database, terms: Partial<GiftTerms>): Promise<number> {
  return addGiftRule(database, { ...ONE_FOR_ALL, ...terms }, { by: 'kim', reason: 'autumn campaign' });
}
