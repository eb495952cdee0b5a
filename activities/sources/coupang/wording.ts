import type { SheetItem } from './sheet';

/** How a line is worded: the key by which it is matched to what is in the box. */
export interface Wording {
  readonly deal: string;
  readonly option: string;
}

/**
 * What the customer saw counts (`vendorItemName`), since that is what was bought. Its tail is the option, where it
 * is the one that the seller registered, but for spaces and punctuation; otherwise all of it is the deal.
 *
 * Coupang asks to hold a parcel whose composition (구성, 수량, 용량) is told otherwise by the seller's own wording. A
 * line like that is worded with both: it is a deal of its own then, which nobody has matched, so that it waits with
 * the two before somebody's eyes until they have decided what such a customer gets.
 */
export function wordingOf({ vendorItemName, sellerProductName, sellerProductItemName }: SheetItem): Wording {
  const registered = [sellerProductName, sellerProductItemName].filter(Boolean).join(', ');
  const shown = splitAt(vendorItemName, sellerProductItemName ?? '');
  if (registered === '' || isSameComposition(vendorItemName, registered)) return shown;
  const { deal, option } = shown;
  return { deal, option: [option, `(판매자 등록: ${registered})`].filter(Boolean).join(' ') };
}

function splitAt(shown: string, registeredOption: string): Wording {
  const wanted = bare(registeredOption);
  for (const { index } of shown.matchAll(/, /g)) {
    const option = shown.slice(index + 2);
    if (wanted !== '' && bare(option) === wanted) return { deal: shown.slice(0, index), option };
  }
  return { deal: shown, option: '' };
}

function bare(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

const AMOUNT = /(\d+(?:[.,]\d+)*)\s*(개입|개|세트|박스|묶음|팩|봉|매|병|포|캔|kg|g|ml|l)(?![a-z])/giu;

/** How many pieces are bought when nobody says so. */
const SILENTLY_ONE = '개';

/** Whether two wordings name the same amounts; a unit that one of them does not name says nothing. */
function isSameComposition(shown: string, registered: string): boolean {
  const [left, right] = [amountsIn(shown), amountsIn(registered)];
  return [...left].every(([unit, amounts]) => {
    const others = right.get(unit);
    return others === undefined || [...amounts].sort().join() === [...others].sort().join();
  });
}

function amountsIn(text: string): Map<string, Set<string>> {
  const amounts = new Map<string, Set<string>>([[SILENTLY_ONE, new Set()]]);
  for (const [, amount = '', unit = ''] of text.matchAll(AMOUNT)) {
    const named = amounts.get(unit.toLowerCase()) ?? new Set();
    amounts.set(unit.toLowerCase(), named.add(amount.replaceAll(',', '')));
  }
  amounts.get(SILENTLY_ONE)?.delete('1');
  return amounts;
}
