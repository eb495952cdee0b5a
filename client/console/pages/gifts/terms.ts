import { USUAL_TERMS } from '../../../../domain/gift';
import type { addGiftRule, listGiftRules } from '../../../api/contract/gifts';
import type { Answer, Call } from '../../../api/contract/route';
import { useFormat } from '../../format';
import { useWords } from '../../words';
import { boughtWords, giftWords, stackingWords } from './words';

export type Terms = Omit<Call<typeof addGiftRule>['body'], 'reason'>;
export type Rule = Answer<typeof listGiftRules>['rules'][number];

export const NEW_TERMS: Terms = {
  ...USUAL_TERMS,
  name: '',
  configuration: '',
  amountFrom: String(USUAL_TERMS.amountFrom),
};

/** The terms alone of a rule, to be changed. */
export function termsOf(rule: Terms): Terms {
  const names = Object.keys(NEW_TERMS) as (keyof Terms)[];
  return Object.fromEntries(names.map((name) => [name, rule[name]])) as unknown as Terms;
}

/** Whether they can be saved as far as the page can tell. */
export function isWhole({ name, configuration, bought, boughtCode }: Terms): boolean {
  return name.trim() !== '' && configuration !== '' && (bought === 'anything') === (boughtCode === '');
}

/** Says to whom a rule gives. */
export function useTermsInWords(): (terms: Terms) => string {
  const t = useWords(giftWords);
  const bought = useWords(boughtWords);
  const stacking = useWords(stackingWords);
  const { number, won } = useFormat();
  return (terms) => {
    const said = [
      terms.channel,
      terms.bought === 'anything' ? '' : `${bought[terms.bought]} ${terms.boughtCode}`,
      terms.amountFrom === '0' ? '' : t.from(won(terms.amountFrom)),
      terms.quantityFrom === 1 ? '' : t.from(number(terms.quantityFrom)),
      terms.dayFrom === null && terms.dayTo === null ? '' : `${terms.dayFrom ?? ''} – ${terms.dayTo ?? ''}`,
      terms.firstN === null ? '' : t.first(number(terms.firstN)),
      terms.oncePerReceiver ? t.once : '',
      terms.stacking === 'alone' ? stacking.alone : '',
    ].filter((part) => part !== '');
    return said.length === 0 ? t.everyOrder : said.join(' · ');
  };
}
